// Every text of staff's screens, by its id. A catalogue of their own: a member's page never loads it.

import type { Problem } from "../core/messages";
import { problemText as memberProblemText } from "../survivor/problem-text";
import { catalogueLoader } from "../languages";
import { wordKey, type Words } from "../words";
import type { StaffWordKey } from "./locales/word-ids";

export type { StaffWordKey };
export type StaffWords = Words<StaffWordKey>;

export const loadStaffCatalogue = catalogueLoader(import.meta.glob("./locales/*.po", { import: "default" }));

/** An id that is put together at run time, if there is such a one. */
export function staffWordKey(prefix: string, code: string): StaffWordKey | null {
  return wordKey<StaffWordKey>(prefix, code);
}

/** A problem in words: staff's own where there are some, else those of the members' page. */
export function problemText(problem: Problem, staffWords: StaffWords, words: Words): string {
  const key = staffWordKey("problem", problem.code);
  return key === null ? memberProblemText(problem, words) : staffWords(key);
}
