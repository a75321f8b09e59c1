// Messages as the build compiles them: values, exact numbers, and the plurals of languages that have one, two or six.
import { describe, expect, it } from "vitest";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { formatMessage, type Message } from "./message-format";

const say = (text: string, values: Record<string, unknown> = {}, locale = "en") =>
  formatMessage(compileMessage(text) as Message, values, [locale]);

describe("formatMessage", () => {
  it("leaves a plain text as it is", () => {
    expect(say("Nothing to put in.")).toBe("Nothing to put in.");
  });

  it("puts in values, each where it belongs, and never reads them as messages", () => {
    expect(say("{by} asks {name}.", { by: "Ana", name: "{by} #" })).toBe("Ana asks {by} #.");
  });

  it("chooses the exact number first, then the case of the language", () => {
    const text = "{count, plural, =12 {All} one {# word} other {# words}}";
    expect([12, 1, 0, 3].map((count) => say(text, { count }))).toEqual(["All", "1 word", "0 words", "3 words"]);
    expect(say("{n, plural, one {# mot} other {# mots}}", { n: 0 }, "fr")).toBe("0 mot");
  });

  it("knows the six cases of Arabic", () => {
    const text = "{n, plural, zero {0} one {1} two {2} few {few} many {many} other {other}}";
    const cases = [0, 1, 2, 3, 11, 100].map((n) => say(text, { n }, "ar"));
    expect(cases).toEqual(["0", "1", "2", "few", "many", "other"]);
  });

  it("puts values into a case, too", () => {
    expect(say("{n, plural, one {{name} is alone} other {{name} and # more}}", { n: 4, name: "Ana" })).toBe(
      "Ana and 4 more",
    );
  });
});
