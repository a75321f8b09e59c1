// Every text of the page, in every language: none missing, none that nobody needs, none outside the catalogues; short
// sentences, no hard words; names to suggest that nobody bears; and docs/languages.md says who has read them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogueIds, compileCatalogue, isFirst } from "../../build/catalogues.mjs";
import { areas, typeOf, wordIds } from "../../build/word-ids.mjs";
import { type Language, languageCodes, languages } from "../languages";
import type { Message } from "../message";
import { givenNamesIn, hardCodedTexts, importedBy, longSentences, unusedIds, waysToSay, wordsOf } from "./checks";
import { givenNames } from "./given-names";
import { knownToStaff, wordsToAvoid } from "./hard-words";
import { unfinished } from "./unfinished";

const read = (path: string) => readFileSync(path, "utf8");

// "src/staff/views/x.tsx" and so on: what the page is made of, without tests and what is only for them.
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/u.test(path) && !/(\.test\.tsx?|word-ids\.ts|test-page\.tsx|^texts\/.*)$/u.test(path))
  .map((path) => ({ path, text: read(`src/${path}`) }));

interface Catalogue {
  name: string; // as in unfinished.ts
  area: string;
  language: Language;
  text: string;
}

const catalogues: Catalogue[] = areas().flatMap((area) =>
  languageCodes.map((language) => {
    const path = `src/${area}${language}.po`;
    return { name: `${area} ${language}`, area, language, text: existsSync(path) ? read(path) : "" };
  }),
);
const english = (area: string) => read(`src/${area}en.po`);
const messages = (it: Catalogue) => Object.entries(compileCatalogue(it.text)).filter(([id]) => id !== "name.pool");

/** What `check` finds in the texts of a catalogue, each with its id. */
const findings = (it: Catalogue, check: (message: Message) => string[]) =>
  messages(it).flatMap(([id, message]) => check(message).map((found) => `${id}: ${found}`));

describe.each(areas())("the catalogue of %s", (area) => {
  it("has its ids as a type (else: npm run word-ids)", () => {
    expect(read(`src/${area}word-ids.ts`)).toBe(wordIds(english(area), typeOf(area)));
  });

  // What another area has as well is said here in this one's words.
  it("names each id once", () => {
    const ids = catalogueIds(english(area));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it("has no text that nobody needs", () => {
    const unused = unusedIds(
      catalogueIds(english(area)),
      sources.map((it) => it.text),
    );
    expect(unused).toEqual([]);
  });
});

const isUnfinished = ({ name, area, language }: Catalogue) =>
  unfinished.includes(name) || unfinished.includes(area) || (language !== "en" && unfinished.includes(`${area} *`));
const styled = catalogues.filter((it) => it.text !== "" && !(it.language === "en" && isUnfinished(it)));
const kinds = ["hard", "telling", "gendered"] as const;

/** Staff know a few words that members need not. */
const avoid = ({ area, language }: Catalogue, kind: (typeof kinds)[number]) =>
  wordsToAvoid[language][kind].filter((it) => area === "locales/" || !knownToStaff.includes(it));

describe.each(catalogues)("the texts of $name", (catalogue) => {
  const { name, area, language, text } = catalogue;
  const source = compileCatalogue(english(area));
  const own = compileCatalogue(text);

  it("are all there, and no others", () => {
    const missing = Object.keys(source).filter((id) => !(id in own));
    const others = Object.keys(own).filter((id) => !(id in source));
    expect(others).toEqual([]);
    if (!isUnfinished(catalogue)) expect(missing).toEqual([]);
    else if (unfinished.includes(name)) expect(missing, "finished: take it out of unfinished.ts").not.toEqual([]);
  });

  it("have places for values and for counts, and no others", () => {
    const kinds = Object.values(own).flatMap((message) => tokensOf(message).map(([, kind]) => String(kind)));
    expect(kinds.filter((kind) => !["undefined", "plural"].includes(kind))).toEqual([]);
  });

  it("put in the same values as English", () => {
    const values = (message: Message) => [...new Set(valuesOf(message))].sort();
    const differ = Object.keys(own).filter((id) => String(values(own[id]!)) !== String(values(source[id]!)));
    expect(differ).toEqual([]);
  });

  it("have no case of a plural too few for the language", () => {
    const needed = new Intl.PluralRules(languages[language].locale).resolvedOptions().pluralCategories;
    const lacking = Object.keys(own).flatMap((id) =>
      pluralsOf(own[id]!, source[id]!).flatMap((cases) =>
        needed.filter((it) => it !== "other" && !romance(language, it) && !(it in cases)).map((it) => `${id}: ${it}`),
      ),
    );
    expect(lacking).toEqual([]);
  });
});

describe.each(styled)("the style of $name", (catalogue) => {
  it("has no long sentence", () => {
    expect(findings(catalogue, longSentences)).toEqual([]);
  });

  it.each(kinds)("has no word that is %s", (kind) => {
    expect(findings(catalogue, (message) => wordsOf(avoid(catalogue, kind), message))).toEqual([]);
  });

  it("has no slip of typing", () => {
    const slips = findings(catalogue, (message) =>
      waysToSay(message).filter((it) => it !== it.trim() || /  |--|\.\.\.|\s\.(?!\p{L})|\w'\w|"/u.test(it)),
    );
    expect(slips).toEqual([]);
  });
});

// French and Italian say "many" of whole millions only.
const romance = (language: Language, category: string) =>
  (language === "fr" || language === "it") && category === "many";

function valuesOf(message: Message): string[] {
  return tokensOf(message).flatMap(([name, , cases]) => [name, ...Object.values(cases ?? {}).flatMap(valuesOf)]);
}

const tokensOf = (message: Message) =>
  typeof message === "string" ? [] : message.filter((token) => typeof token !== "string");

// Where English needs no "one", it is no counting: a choice between a few numbers.
function pluralsOf(message: Message, source: Message): Readonly<Record<string, Message>>[] {
  const plurals = (it: Message) => tokensOf(it).flatMap(([, , cases]) => (cases === undefined ? [] : [cases]));
  return plurals(source).every((cases) => "one" in cases) ? plurals(message) : [];
}

describe("what is loaded first", () => {
  const files = new Map(sources.map((it) => [it.path, it.text]));
  const first = new Set<string>();
  const follow = (path: string): void => {
    if (first.has(path)) return;
    first.add(path);
    for (const imported of importedBy(files.get(path)!)) {
      const target = join(dirname(path), imported);
      const found = [target, `${target}.ts`, `${target}.tsx`].find((it) => files.has(it));
      if (found !== undefined) follow(found);
    }
  };
  follow("first.ts");
  follow("page.tsx");

  it("says nothing that is in the later part of the catalogue", () => {
    const later = catalogueIds(english("locales/")).filter((id) => !isFirst(id));
    const said = [...first].map((path) => files.get(path)!);
    const unused = unusedIds(later, said);
    expect(later.filter((id) => !unused.includes(id))).toEqual([]);
    expect([...first]).toContain("survivor/name/name.tsx");
  });
});

describe("views", () => {
  it("have no text of their own", () => {
    expect(sources.filter((it) => it.path.endsWith("x")).flatMap((it) => hardCodedTexts(it.path, it.text))).toEqual([]);
  });
});

describe.each(catalogues.filter((it) => it.area === "locales/"))("the names to suggest in $name", (catalogue) => {
  const pool = String(compileCatalogue(catalogue.text)["name.pool"] ?? "").split(", ");

  it.skipIf(pool.length === 1 && isUnfinished(catalogue))("are enough, short, and nobody's", () => {
    expect(pool.length).toBeGreaterThanOrEqual(24);
    expect(pool.filter((name, at) => pool.indexOf(name) !== at)).toEqual([]);
    expect(pool.filter((name) => name.trim() !== name || name === "" || [...name].length > 24)).toEqual([]);
    expect(givenNamesIn(pool, Object.values(givenNames).flat())).toEqual([]);
  });
});

describe("docs/languages.md", () => {
  it("says of each catalogue whether a native speaker has read it, as the catalogue itself does", () => {
    const page = read("../docs/languages.md");
    const rows = catalogues
      .filter((it) => it.text !== "" && it.language !== "en")
      .map((it) => `| ${languages[it.language].name} | \`src/${it.area}${it.language}.po\` | ${readBy(it.text)} |`);
    expect(page.split("\n").filter((line) => line.includes(".po` |"))).toEqual(rows);
  });
});

function readBy(text: string): string {
  if (text.includes("# Not yet read by a native speaker")) return "not yet";
  return /^# Read by a native speaker: (.+)$/mu.exec(text)?.[1] ?? "the file does not say";
}
