// The words of the desk: each id once, as the type says; problems in words; languages by their own names.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogueIds } from "../../build/catalogues.mjs";
import { wordIds } from "../../build/word-ids.mjs";
import { languageName, problemText } from "./desk-words";
import { say } from "./test-desk";

const read = (file: string) => readFileSync(`src/counsellor/locales/${file}`, "utf8");

describe("the words of the desk", () => {
  it("have the ids of the catalogue as their type (else: npm run word-ids)", () => {
    expect(read("word-ids.ts")).toBe(wordIds(read("en.po"), "CounsellorWordKey"));
  });

  it("name each id once", () => {
    const ids = catalogueIds(read("en.po"));
    expect(ids).toHaveLength(new Set(ids).size);
  });

  it("say a problem in the desk's words, else in staff's, else in the members'", () => {
    expect(problemText({ code: "too_many_at_once" }, say)).toContain("End one first");
    expect(problemText({ code: "sealed_blob" }, say)).toContain("damaged");
    expect(problemText({ code: "text_empty" }, say)).toBe("There is nothing to send yet.");
  });

  it("name a language as those who speak it do, and one that is no tag by what stands there", () => {
    expect(languageName("it")).toBe("italiano");
    expect(languageName("pcm")).toBe("Naijá");
    expect(languageName("!")).toBe("!");
  });
});
