// Suggested pseudonyms: three, different, and within the protocol's limits.
import { describe, expect, it } from "vitest";
import { chance, suggestNames } from "./pseudonyms";

describe("suggestNames", () => {
  it("draws different names", () => {
    expect(suggestNames("Heron, Maple, Comet", 3, () => 0)).toEqual(["Heron", "Maple", "Comet"]);
    expect(new Set(suggestNames("a, b, c, d, e", 5, chance)).size).toBe(5);
  });

  it("gives what there is when there are fewer", () => {
    expect(suggestNames("Heron", 3, () => 0)).toEqual(["Heron"]);
  });
});
