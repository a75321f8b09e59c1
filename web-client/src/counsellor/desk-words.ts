// Every text of a counsellor's screens, by its id: a catalogue of their own, which nobody else loads. The prepared
// phrases are in it too, in each language: they are written to whoever asked, whatever language the screens have.

import { setupI18n, type Messages } from "@lingui/core";
import type { Problem } from "../core/messages";
import { problemText as staffProblemText, type StaffWords } from "../staff/staff-words";
import type { Words } from "../words";
import english from "./locales/en.po";
import type { CounsellorWordKey } from "./locales/word-ids";

export type { CounsellorWordKey };
export type DeskWords = (key: CounsellorWordKey, values?: Record<string, unknown>) => string;

export function deskWordsIn(language: "en"): DeskWords {
  const i18n = setupI18n({ locale: language, messages: { [language]: english } });
  return (key, values) => i18n._(key, values);
}

/** An id that is put together at run time, if there is such a one. */
export function deskWordKey(prefix: string, code: string): CounsellorWordKey | null {
  const key = `${prefix}.${code}`;
  return key in english ? (key as CounsellorWordKey) : null;
}

/** The three catalogues that her screens speak out of. */
export interface Say {
  desk: DeskWords;
  staff: StaffWords;
  members: Words; // for the views that are shared with members
}

/** A problem in words: the desk's own where there are some, else those of staff, else of the members' page. */
export function problemText(problem: Problem, say: Say): string {
  const key = deskWordKey("trouble", problem.code);
  return key === null ? staffProblemText(problem, say.staff, say.members) : say.desk(key);
}

/** What a language is called by those who speak it; by its tag, where the browser knows no name. */
export function languageName(tag: string): string {
  if (tag === "pcm") return "Naijá";
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const catalogues = import.meta.glob<Messages>("./locales/*.po", { import: "default" });

/** Those who wrote the page have phrases in these languages. */
export const phraseLanguages = Object.keys(catalogues)
  .map((path) => path.replace(/^.*\/|\.po$/g, ""))
  .sort();

/** The phrases that come with the page, in one language. */
export async function loadPhrases(language: string): Promise<string[]> {
  const catalogue = await catalogues[`./locales/${language}.po`]!();
  const i18n = setupI18n({ locale: language, messages: { [language]: catalogue } });
  return Object.keys(catalogue)
    .filter((id) => id.startsWith("phrase."))
    .map((id) => i18n._(id));
}
