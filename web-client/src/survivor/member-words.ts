// The texts of what a member loads later, added to those that she has.

import { type Catalogue, catalogueLoader } from "../languages";
import { type WordKey, type Words, wordsIn } from "../words";
import type { SurvivorWordKey as MemberKey } from "./locales/word-ids";

export type { MemberKey };
export type MemberWords = Words<WordKey | MemberKey>;

export const loadMemberCatalogue = catalogueLoader(import.meta.glob("./locales/*.po", { import: "default" }));

export function memberWords(words: Words, catalogue: Catalogue): MemberWords {
  const added = wordsIn<MemberKey>(words.language, catalogue);
  const text = (key: WordKey | MemberKey, values?: Record<string, unknown>) =>
    key in catalogue ? added(key as MemberKey, values) : words(key as WordKey, values);
  return Object.assign(text, { language: words.language, locales: words.locales });
}
