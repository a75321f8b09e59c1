// What a plan still lacks, and what the core is given of it.
import { describe, expect, it } from "vitest";
import { firstPlan, lackOf, planOf } from "./plan-draft";

const named = { ...firstPlan, name: " Tuesday " };

describe("a plan", () => {
  it("needs a name that fits, unless a book has one", () => {
    expect(lackOf(firstPlan)).toBe("name");
    expect(lackOf(named)).toBeNull();
    expect(lackOf({ ...firstPlan, name: "ش".repeat(61) })).toBe("nameLong");
    const book = { bookUse: "open" as const, bookFile: { name: "b", text: "B" }, bookPassphrase: "x" };
    expect(lackOf({ ...firstPlan, ...book })).toBeNull();
  });

  it("counts its rules in bytes", () => {
    expect(lackOf({ ...named, rules: "ش".repeat(751) })).toBe("rulesLong");
    expect(lackOf({ ...named, rules: "a".repeat(1_500) })).toBeNull();
  });

  it("needs the file and the passphrase of a book, and a new one's twice", () => {
    expect(lackOf({ ...named, bookUse: "open" })).toBe("bookFile");
    expect(lackOf({ ...named, bookUse: "open", bookFile: { name: "b", text: "B" } })).toBe("bookPassphrase");
    expect(lackOf({ ...named, bookUse: "new", bookPassphrase: "short" })).toBe("bookShort");
    const passphrase = "kettle river orange";
    expect(lackOf({ ...named, bookUse: "new", bookPassphrase: passphrase })).toBe("bookDiffers");
    expect(lackOf({ ...named, bookUse: "new", bookPassphrase: passphrase, bookAgain: passphrase })).toBeNull();
  });

  it("gives the core no passphrase and no space around its texts", () => {
    const plan = planOf({ ...named, rules: "Be kind.\n", bookPassphrase: "secret" });
    expect(plan).toEqual({
      name: "Tuesday",
      rules: "Be kind.",
      language: "en",
      minutes: 120,
      members_max: 12,
      newcomers: "speaks",
      slow_mode_seconds: 0,
    });
  });
});
