// Every text of the page, by its id. The catalogues are PO files with explicit ids (src/locales/, and a folder of the
// same name in each area that loads its own), compiled when built. English fills the gaps of a language then, so that
// no text is ever missing; what is loaded, and when, is for languages.ts and for the areas.

import { type Catalogue, type Language, localesOf } from "./languages";
import type { WordKey } from "./locales/word-ids";
import { say, type Values } from "./message";

export type { WordKey };

/** `Key`: the ids that may be asked for. An area names its own beside these: Words<WordKey | StaffKey>. */
export interface Words<Key extends string = WordKey> {
  (key: Key, values?: Values): string;
  readonly language: Language;
  readonly locales: string[]; // for Intl: dates and numbers
}

const known = new Set<string>();

/** The texts of a language out of its loaded catalogues. What two of them have is said in the later one's words. */
export function wordsIn<Key extends string = WordKey>(language: Language, ...catalogues: Catalogue[]): Words<Key> {
  const texts: Catalogue = Object.assign({}, ...catalogues);
  for (const id of Object.keys(texts)) known.add(id);
  const locales = localesOf(language, navigator.languages);
  const words = (key: Key, values: Values = {}) => say(texts[key] ?? key, values, locales);
  return Object.assign(words, { language, locales });
}

/** An id that is put together at run time, if there is such a one. */
export function wordKey<Key extends string = WordKey>(prefix: string, code: string): Key | null {
  const key = `${prefix}.${code}`;
  return known.has(key) ? (key as Key) : null;
}
