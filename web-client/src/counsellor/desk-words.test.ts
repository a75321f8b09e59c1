// The words of the desk: problems in words, languages by their own names.
import { describe, expect, it } from "vitest";
import { languageName, problemText } from "./desk-words";
import { say } from "./test-desk";

describe("the words of the desk", () => {
  it("say a problem in the desk's words, else in staff's, else in the members'", () => {
    expect(problemText({ code: "too_many_at_once" }, say)).toContain("End one first");
    expect(problemText({ code: "keys_damaged" }, say)).toContain("damaged");
    expect(problemText({ code: "text_empty" }, say)).toBe("There is nothing to send yet.");
  });

  it("name a language as those who speak it do, and one that is no tag by what stands there", () => {
    expect(languageName("it")).toBe("Italiano");
    expect(languageName("pcm")).toBe("Naijá");
    expect(languageName("es")).toBe("español");
    expect(languageName("!")).toBe("!");
  });
});
