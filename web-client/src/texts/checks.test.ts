// That each check of the texts can find what it is there for, and lets pass what is right.
import { describe, expect, it } from "vitest";
import { compileCatalogue } from "../../build/catalogues.mjs";
import {
  countWords,
  givenNamesIn,
  hardCodedTexts,
  importedBy,
  longSentences,
  unusedIds,
  waysToSay,
  wordsOf,
} from "./checks";
import { wordsToAvoid } from "./hard-words";

const message = (text: string) => compileCatalogue(`msgid "a"\nmsgstr "${text}"`)["a"]!;
const long = "one two three four five six seven eight nine ten eleven twelve";

describe("long sentences", () => {
  it("are found wherever in a text, and in each case of a plural", () => {
    expect(longSentences(message(`Short. ${long}. Short.`))).toEqual([]);
    expect(longSentences(message(`Short. ${long} thirteen. Short.`))).toEqual([`${long} thirteen.`]);
    expect(longSentences(message(`{n, plural, one {Short.} other {${long} # times.}}`))).toEqual([`${long} 7 times.`]);
    expect(longSentences(message(`{name} says: ${long}.`))).toHaveLength(1);
  });

  it("end with the marks of their language, which count as no word", () => {
    expect(longSentences(message("نعم نعم نعم نعم نعم نعم نعم؟ لا لا لا لا لا لا لا."))).toEqual([]);
    expect(countWords("Tu es là ?")).toBe(3);
  });

  it("cannot hide in a plural", () => {
    expect(waysToSay(message("{n, plural, =0 {none} one {# word} other {# words}} of {m}"))).toEqual([
      "none of Name",
      "7 word of Name",
      "7 words of Name",
    ]);
  });
});

describe("words to avoid", () => {
  it("are found whole or by their beginning, and not within another", () => {
    expect(wordsOf(["encrypt-", "via"], message("It is Encrypted via a relay."))).toEqual(["encrypt-", "via"]);
    expect(wordsOf(["via", "user"], message("Trivial. A reuser."))).toEqual([]);
    expect(wordsOf(wordsToAvoid.ar.gendered, message("اضغطي هنا"))).toEqual(["اضغطي"]);
    expect(wordsOf(wordsToAvoid.it.gendered, message("Benvenuta! Sei stata qui."))).toHaveLength(2);
    expect(wordsOf(wordsToAvoid.fr.gendered, message("Tu es invité(e)."))).not.toEqual([]);
  });
});

describe("unused ids", () => {
  it("are those that no source names, whole or put together", () => {
    const sources = ['words("a.b")', "words(`end.${why}.title`)", 'staffWordKey("problem", code)', 'x ? "c.d" : "e"'];
    expect(unusedIds(["a.b", "end.left.title", "problem.full", "c.d"], sources)).toEqual([]);
    expect(unusedIds(["a.bc", "end.left", "problems.full", "end.left.title.more"], sources)).toHaveLength(4);
  });
});

describe("hard-coded texts", () => {
  const found = (jsx: string) => hardCodedTexts("a.tsx", `const a = ${jsx};`);

  it("are found between tags, in choices and in what is read out", () => {
    expect(found("<p>Hello</p>")).toEqual(["a.tsx: Hello"]);
    expect(found('<p>{open ? "Shut it" : words("a.b")}</p>')).toHaveLength(1);
    expect(found("<p>{`Hello ${name}`}</p>")).toHaveLength(1);
    expect(found('<input placeholder="Your name" aria-label={open && "Open"} />')).toHaveLength(2);
    expect(found("<>Hello</>")).toHaveLength(1);
  });

  it("are not what nobody reads", () => {
    expect(
      found('<p class="a b" id="heading" lang="en">{words("a.b")} · {state === "open" && words("c.d")}</p>'),
    ).toEqual([]);
    expect(found('<ul>{list.map((it) => <li key="some key">{it.name}</li>)}</ul>')).toEqual([]);
  });
});

describe("imports", () => {
  it("are those of values, written over any number of lines", () => {
    const source =
      'import { a,\n  type B } from "./a";\nimport type { C } from "./c";\nimport { type D } from "./d";\n';
    expect(importedBy(`${source}const e = import("./e");\nexport { f } from "../f";`)).toEqual(["./a", "../f"]);
  });
});

describe("given names", () => {
  it("are found as a whole or as a part", () => {
    expect(givenNamesIn(["Heron", "Rose", "Wild rose", "Roses"], ["Rose"])).toEqual(["Rose", "Wild rose"]);
  });
});
