// How texts are asked for. What they have to be like is held by texts/texts.test.ts.
import { describe, expect, it } from "vitest";
import english from "./locales/en.po";
import englishLater from "./locales/en.po?later";
import { wordKey, wordsIn } from "./words";

describe("words", () => {
  const words = wordsIn("en", english, englishLater);

  it("puts in values and counts", () => {
    expect(words("name.goOnAs", { name: "Heron" })).toBe("Ask to come in as Heron");
    expect(words("group.here", { count: 1 })).toBe("1 person here");
    expect(words("group.here", { count: 3 })).toBe("3 people here");
    expect(words("invite.words.count", { count: 12 })).toBe("All twelve words are there");
  });

  it("finds an id that is put together, or says that there is none", () => {
    expect(wordKey("closed", "no_facilitator")).toBe("closed.no_facilitator");
    expect(wordKey("closed", "something new")).toBeNull();
    expect(wordKey("role", "member")).toBeNull();
  });
});
