// The prepared phrases, by language: those that come with the page, and what she makes of them. In memory only.

import type { Language } from "../../languages";

export interface PhraseBook {
  language: Language; // shown
  byLanguage: Partial<Record<Language, string[]>>; // what was loaded, as she has changed it
  failed: boolean; // those of the language that is shown did not load
  editing: boolean;
}

export type PhraseDid =
  | { did: "language"; language: Language }
  | { did: "loaded"; language: Language; phrases: string[] }
  | { did: "failed" }
  | { did: "edits"; editing: boolean }
  | { did: "changes"; at: number; text: string }
  | { did: "adds" }
  | { did: "removes"; at: number };

export const firstPhrases: PhraseBook = { language: "en", byLanguage: {}, failed: false, editing: false };

export function phrasesDid(book: PhraseBook, what: PhraseDid): PhraseBook {
  const shown = book.byLanguage[book.language] ?? [];
  const withShown = (phrases: string[]): PhraseBook => ({
    ...book,
    byLanguage: { ...book.byLanguage, [book.language]: phrases },
  });
  switch (what.did) {
    case "language":
      return { ...book, language: what.language, failed: false };
    case "loaded":
      // What she has changed meanwhile is hers.
      return { ...book, byLanguage: { [what.language]: what.phrases, ...book.byLanguage }, failed: false };
    case "failed":
      return { ...book, failed: true };
    case "edits": {
      const kept = shown.map((text) => text.trim()).filter((text) => text !== "");
      return what.editing ? { ...book, editing: true } : { ...withShown(kept), editing: false };
    }
    case "changes":
      return withShown(shown.map((text, i) => (i === what.at ? what.text : text)));
    case "adds":
      return withShown([...shown, ""]);
    case "removes":
      return withShown(shown.filter((_, i) => i !== what.at));
  }
}
