// Staff's own words beside the members'. What texts have to be like is held by texts/texts.test.ts.
import { describe, expect, it } from "vitest";
import { words } from "../survivor/test-page";
import english from "./locales/en.po";
import { problemText, staffWordsIn } from "./staff-words";

const staffWords = staffWordsIn("en", english);

describe("staff's words", () => {
  it("say a problem in staff's words, else in the members', else by its name", () => {
    const say = (code: string) => problemText({ code }, staffWords, words);
    expect(say("decryption")).toContain("passphrase");
    expect(say("text_empty")).toBe("There is nothing to send yet.");
    expect(say("brand_new")).toContain("brand_new");
  });
});
