// Every text of staff's screens, by its id. A catalogue of their own: a member's page never loads it.

import { setupI18n } from "@lingui/core";
import type { Problem } from "../core/messages";
import { problemText as memberProblemText } from "../survivor/problem-text";
import type { Words } from "../words";
import english from "./locales/en.po";
import type { StaffWordKey } from "./locales/word-ids";

export type { StaffWordKey };
export type StaffWords = (key: StaffWordKey, values?: Record<string, unknown>) => string;

export function staffWordsIn(language: "en"): StaffWords {
  const i18n = setupI18n({ locale: language, messages: { [language]: english } });
  return (key, values) => i18n._(key, values);
}

/** An id that is put together at run time, if there is such a one. */
export function staffWordKey(prefix: string, code: string): StaffWordKey | null {
  const key = `${prefix}.${code}`;
  return key in english ? (key as StaffWordKey) : null;
}

/** A problem in words: staff's own where there are some, else those of the members' page. */
export function problemText(problem: Problem, staffWords: StaffWords, words: Words): string {
  const key = staffWordKey("problem", problem.code);
  return key === null ? memberProblemText(problem, words) : staffWords(key);
}
