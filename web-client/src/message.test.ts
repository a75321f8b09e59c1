// A message put together: every kind of place that a catalogue's text can have.
import { describe, expect, it } from "vitest";
import { compileCatalogue } from "../build/catalogues.mjs";
import { say, type Values } from "./message";

const said = (text: string, values: Values, locale = "en") =>
  say(compileCatalogue(`msgid "a"\nmsgstr "${text}"`)["a"] ?? "", values, [locale]);

describe("say", () => {
  it("puts values in, and nothing where there is none", () => {
    expect(said("{a} and {b}", { a: "Heron", b: 3 })).toBe("Heron and 3");
    expect(said("{a}!", {})).toBe("!");
    expect(said("plain", {})).toBe("plain");
  });

  it("shows what somebody typed as it was typed", () => {
    expect(said("{a}", { a: "{b} # \\u0041" })).toBe("{b} # \\u0041");
  });

  it("counts: an exact case first, then the language's rule", () => {
    const text = "{n, plural, =12 {all} one {# word} other {# words}} of {m}";
    expect([1, 3, 12].map((n) => said(text, { n, m: "x" }))).toEqual(["1 word of x", "3 words of x", "all of x"]);
  });

  it("counts in Arabic in six ways", () => {
    const text = "{n, plural, zero {0} one {1} two {2} few {3} many {4} other {5}}";
    expect([0, 1, 2, 3, 11, 100].map((n) => said(text, { n }, "ar")).join("")).toBe("012345");
    expect(said("{n, plural, other {#}}", { n: 12 }, "ar-EG")).toBe("١٢");
  });
});
