// Every text of the page, by its id. The catalogues are PO files with explicit ids (src/locales/), compiled when built.

import { setupI18n } from "@lingui/core";
import english from "./locales/en.po";
import type { WordKey } from "./locales/word-ids";

export type { WordKey };
export type Words = (key: WordKey, values?: Record<string, unknown>) => string;

/** English comes with the page; the others will be loaded one by one, when somebody asks for them. */
export function wordsIn(language: "en"): Words {
  const i18n = setupI18n({ locale: language, messages: { [language]: english } });
  return (key, values) => i18n._(key, values);
}

/** An id that is put together at run time, if there is such a one. */
export function wordKey(prefix: string, code: string): WordKey | null {
  const key = `${prefix}.${code}`;
  return key in english ? (key as WordKey) : null;
}
