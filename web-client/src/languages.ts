// The languages of the page: what each is called by those who speak it, which way it runs, and where its texts are.
// Small, and without any text but names: the first module has it, so that nobody loads a language she does not read.

import type { Message } from "./message";

/** A catalogue as it was compiled from its PO file: messages by their ids. */
export type Catalogue = Readonly<Record<string, Message>>;

export interface LanguageFacts {
  name: string; // by itself
  leave: string; // the exit, which has to be there before any catalogue; a test holds it to exit.leave
  locale: string; // for dates and numbers where the browser names none that is closer
}

export const languages = {
  en: { name: "English", leave: "Leave quickly", locale: "en-GB" },
  it: { name: "Italiano", leave: "Esci subito", locale: "it" },
  fr: { name: "Français", leave: "Sortir vite", locale: "fr" },
  pcm: { name: "Naijá", leave: "Comot quick", locale: "en-NG" },
  ar: { name: "العربية", leave: "خروج سريع", locale: "ar" },
} satisfies Record<string, LanguageFacts>;

export type Language = keyof typeof languages;

export const languageCodes = Object.keys(languages) as Language[];

/** The language of ours that a tag ("it-CH") means, or null. Nigerian English is English: the tag says no more. */
export function languageOf(tag: string): Language | null {
  const code = tag.toLowerCase().split(/[-_]/u)[0]!;
  return Object.hasOwn(languages, code) ? (code as Language) : null;
}

/** The first that she reads and we write, by her browser's list. English if there is none. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = languageOf(tag);
    if (language !== null) return language;
  }
  return "en";
}

/** For dates and numbers: as they are written where she is from, if her browser says so. */
export function localesOf(language: Language, wanted: readonly string[]): string[] {
  const own = wanted.filter((tag) => languageOf(tag) === language && tag.includes("-"));
  return [...own, languages[language].locale];
}

/** Which language it is, and which way it runs: on the page as a whole, for the eye and for screen readers. */
export function markLanguage(document: Document, language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
}

/** The catalogues of an area of the page, each a file of its own, loaded when somebody reads that language. */
export function catalogueLoader(files: Record<string, () => Promise<unknown>>) {
  return (language: Language): Promise<Catalogue> =>
    (files[`./locales/${language}.po`] ?? files["./locales/en.po"])!() as Promise<Catalogue>;
}

/** The texts that everybody sees first. Those from her knock on are loadLater's (src/later-words.ts). */
export const loadCatalogue = catalogueLoader(import.meta.glob("./locales/*.po", { import: "default" }));
