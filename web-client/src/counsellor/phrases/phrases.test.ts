// The prepared phrases: one set a language, hers to change while she is signed in; and the catalogues behind them.
import { describe, expect, it } from "vitest";
import { loadPhrases, phraseLanguages } from "../desk-words";
import { firstPhrases, type PhraseDid, phrasesDid } from "./phrases";

const after = (...all: PhraseDid[]) => all.reduce((book, what) => phrasesDid(book, what), firstPhrases);
const english = { did: "loaded", language: "en", phrases: ["Hello.", "Bye."] } as const;

describe("phrases", () => {
  it("are changed, added and taken out, and empty ones do not stay", () => {
    const book = after(
      { ...english, phrases: [...english.phrases] },
      { did: "edits", editing: true },
      { did: "changes", at: 0, text: "Good evening." },
      { did: "adds" },
      { did: "removes", at: 1 },
      { did: "edits", editing: false },
    );
    expect(book.byLanguage["en"]).toEqual(["Good evening."]);
    expect(book.editing).toBe(false);
  });

  it("of one language are not those of another, and what she changed is not loaded over", () => {
    const book = after(
      { ...english, phrases: ["Hello."] },
      { did: "changes", at: 0, text: "Hi." },
      { did: "language", language: "it" },
      { did: "loaded", language: "it", phrases: ["Ciao."] },
      { did: "loaded", language: "en", phrases: ["Hello."] },
    );
    expect(book.byLanguage).toEqual({ it: ["Ciao."], en: ["Hi."] });
  });

  it("are as many in each language, and none is missing", async () => {
    const all = await Promise.all(phraseLanguages.map(loadPhrases));
    expect(new Set(all.map((phrases) => phrases.length))).toEqual(new Set([8]));
    expect(new Set(all.flat()).size).toBe(8 * phraseLanguages.length);
    for (const phrases of all) expect(phrases.every((text) => text.length > 3)).toBe(true);
  });
});
