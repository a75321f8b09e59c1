// Every text of staff's screens, by its id. A catalogue of their own: a member's page never loads it.

import type { Problem } from "../core/messages";
import { catalogueLoader } from "../languages";
import { problemText as memberProblemText } from "../survivor/problem-text";
import { type Words, wordsOfArea } from "../words";
import type { StaffWordKey } from "./locales/word-ids";

export type { StaffWordKey };
export type StaffWords = Words<StaffWordKey>;

/** Beside the members' texts, and after them. */
export const loadStaffCatalogue = catalogueLoader(import.meta.glob("./locales/*.po", { import: "default" }));

export const { wordsIn: staffWordsIn, wordKey: staffWordKey } = wordsOfArea<StaffWordKey>();

/** A problem in words: staff's own where there are some, else those of the members' page. */
export function problemText(problem: Problem, staffWords: StaffWords, words: Words): string {
  const key = staffWordKey("problem", problem.code);
  return key === null ? memberProblemText(problem, words) : staffWords(key);
}
