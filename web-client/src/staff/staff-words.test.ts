// Staff's own words: each id once, as the type says, and problems in words.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogueIds } from "../../build/catalogues.mjs";
import { wordIds } from "../../build/word-ids.mjs";
import { compileCatalogue } from "../../build/catalogues.mjs";
import { words } from "../survivor/test-page";
import { wordsIn } from "../words";
import { problemText, type StaffWordKey } from "./staff-words";

const read = (file: string) => readFileSync(`src/staff/locales/${file}`, "utf8");

describe("staff's words", () => {
  it("have the ids of the catalogue as their type (else: npm run word-ids)", () => {
    expect(read("word-ids.ts")).toBe(wordIds(read("en.po"), "StaffWordKey"));
  });

  it("name each id once", () => {
    const ids = catalogueIds(read("en.po"));
    expect(ids).toHaveLength(new Set(ids).size);
  });

  const both = wordsIn<StaffWordKey>(
    "en",
    compileCatalogue(readFileSync("src/locales/en.po", "utf8")),
    compileCatalogue(read("en.po")),
  );

  it("say a problem in staff's words, else in the members', else by its name", () => {
    const say = (code: string) => problemText({ code }, both, words);
    expect(say("decryption")).toContain("passphrase");
    expect(say("text_empty")).toBe("There is nothing to send yet.");
    expect(say("brand_new")).toContain("brand_new");
  });
});
