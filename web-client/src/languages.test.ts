// Which language somebody reads: by her browser's list, by a tag of a group, and how the page is marked with it.
import { describe, expect, it } from "vitest";
import { dateIn } from "./dates";
import {
  catalogueLoader,
  chooseLanguage,
  languageCodes,
  languageOf,
  languages,
  loadCatalogue,
  localesOf,
  markLanguage,
} from "./languages";
import { wordsIn } from "./words";

describe("chooseLanguage", () => {
  it("takes the first that is written here, whatever its region", () => {
    expect(chooseLanguage(["ar-MA", "fr"])).toBe("ar");
    expect(chooseLanguage(["yo-NG", "PCM", "en"])).toBe("pcm");
    expect(chooseLanguage(["ro", "it_IT"])).toBe("it");
  });

  it("takes English where there is none, or no list", () => {
    expect(chooseLanguage(["yo", "constructor", "arc"])).toBe("en");
    expect(chooseLanguage([])).toBe("en");
  });
});

describe("languageOf", () => {
  it("knows nothing of what is no language of ours", () => {
    expect(["", "de", "toString", "english"].map(languageOf)).toEqual([null, null, null, null]);
  });
});

describe("localesOf", () => {
  it("writes dates and numbers as where she is from, if her browser says so", () => {
    expect(localesOf("ar", ["fr-FR", "ar-EG", "ar"])).toEqual(["ar-EG", "ar"]);
    expect(localesOf("pcm", ["it-IT"])).toEqual(["en-NG"]);
    const eg = { locales: localesOf("ar", ["ar-EG"]) };
    expect(dateIn(eg, 1_796_000_000)).toMatch(/[٠-٩]/u);
  });

  it.each(languageCodes)("has a date in: %s", (language) => {
    const date = dateIn({ locales: localesOf(language, []) }, 1_796_083_200);
    expect(date).toMatch(/[0-9]/);
    if (language !== "en" && language !== "pcm") expect(date).not.toMatch(/day/);
  });
});

describe("markLanguage", () => {
  it("turns the page round for Arabic, and back", () => {
    markLanguage(document, "ar");
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["ar", "rtl"]);
    markLanguage(document, "en");
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["en", "ltr"]);
  });
});

describe("catalogues", () => {
  it.each(languageCodes)("says on the exit what the first module says, in: %s", async (language) => {
    expect(wordsIn(language, await loadCatalogue(language))("exit.leave")).toBe(languages[language].leave);
  });

  it("of an area that has not got the language are English", async () => {
    const load = catalogueLoader({ "./locales/en.po": () => Promise.resolve({ "a.b": "English" }) });
    expect(await load("fr")).toEqual({ "a.b": "English" });
  });
});
