// Every text of a counsellor's screens, by its id: a catalogue of their own, which nobody else loads. The prepared
// phrases are in it too, in each language: they are written to whoever asked, whatever language the screens have.

import type { Problem } from "../core/messages";
import { catalogueLoader, type Language, languageCodes, languageOf, languages } from "../languages";
import type { StaffWords } from "../staff/staff-words";
import { problemText as problemTextOfAll } from "../survivor/problem-text";
import { wordKey, type Words, wordsIn } from "../words";
import type { CounsellorWordKey } from "./locales/word-ids";

export type { CounsellorWordKey };
export type DeskWords = Words<CounsellorWordKey>;

export const loadDeskCatalogue = catalogueLoader(import.meta.glob("./locales/*.po", { import: "default" }));

/** The three catalogues that her screens speak out of. */
export interface Say {
  desk: DeskWords;
  staff: StaffWords;
  members: Words; // for the views that are shared with members
}

/** A problem in words: the desk's own where there are some, else those of staff, else of the members' page. */
export function problemText(problem: Problem, say: Say): string {
  const key = wordKey<CounsellorWordKey>("trouble", problem.code);
  return key === null ? problemTextOfAll(problem, say.staff) : say.desk(key);
}

/** What a language is called by those who speak it; by its tag, where the browser knows no name. */
export function languageName(tag: string): string {
  const ours = languageOf(tag);
  if (ours !== null) return languages[ours].name;
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Those who wrote the page have phrases in these languages. */
export const phraseLanguages: readonly Language[] = languageCodes;

/** The phrases that come with the page, in one language. */
export async function loadPhrases(language: Language): Promise<string[]> {
  const catalogue = await loadDeskCatalogue(language);
  const say = wordsIn<CounsellorWordKey>(language, catalogue);
  const phrases: string[] = [];
  for (let n = 1; ; ++n) {
    const key = wordKey<CounsellorWordKey>("phrase", String(n));
    if (key === null) return phrases;
    phrases.push(say(key));
  }
}
