// Every word of the page: no key missing, none unused, short sentences, no hard words.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogueIds } from "../build/catalogues.mjs";
import { wordIds } from "../build/word-ids.mjs";
import english from "./locales/en.po";
import { wordKey, wordsIn } from "./words";

const read = (path: string) => readFileSync(`src/${path}`, "utf8");
const source = read("locales/en.po");

describe("words", () => {
  const words = wordsIn("en", english);

  it("has the ids of the catalogue as its type (else: npm run word-ids)", () => {
    expect(read("locales/word-ids.ts")).toBe(wordIds(source));
  });

  it("names each id once", () => {
    const ids = catalogueIds(source);
    expect(ids).toHaveLength(new Set(ids).size);
  });

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

  it("has at least 24 names to suggest, none twice, none too long", () => {
    const names = words("name.pool").split(", ");
    expect(names.length).toBeGreaterThanOrEqual(24);
    expect(new Set(names).size).toBe(names.length);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(24);
  });
});
