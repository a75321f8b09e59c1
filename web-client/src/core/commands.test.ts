// @vitest-environment node
// The commands stand in two lists, core/commands.ts and the tables of client-lib/wasm: they are the same.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fieldsOf } from "./fields";

const tables = ["commands", "group_commands", "asking_commands", "staff_commands", "desk_commands"];
const workersOwn = ["look", "close", "forget"];

/** Name and number of arguments of each `| [what: "name", argument: type, ...]`. */
function ofThePage(): Map<string, number> {
  const source = readFileSync("src/core/commands.ts", "utf8");
  const found = new Map<string, number>();
  for (const [, name, rest] of source.matchAll(/\| \[what: "([a-z-]+)"((?:, \w+: [^,\]]+)*)\]/g))
    found.set(name!, (rest!.match(/, \w+:/g) ?? []).length);
  return found;
}

/** The same of each `{"name", number, handler}`. */
function ofTheCore(): Map<string, number> {
  const found = new Map<string, number>();
  for (const table of tables) {
    const source = readFileSync(`../client-lib/wasm/${table}.cpp`, "utf8");
    for (const [, name, count] of source.matchAll(/^ {4}\{"([a-z-]+)", (\d+), /gm)) found.set(name!, Number(count));
  }
  return found;
}

describe("commands", () => {
  it("are the same for the page and for the core, with as many arguments", () => {
    const page = ofThePage();
    for (const name of workersOwn) expect(page.delete(name)).toBe(true);
    page.set("host", fieldsOf(["host", "{}"]).length); // a plan is its fields
    const sorted = (list: Map<string, number>) => [...list].toSorted(([a], [b]) => a.localeCompare(b));
    expect(sorted(ofTheCore())).toEqual(sorted(page));
  });

  it("go to the core as texts, a plan as its fields", () => {
    expect(fieldsOf(["set-level", "Blue", "listens", 60])).toEqual(["Blue", "listens", "60"]);
    const plan = { rules: "Be kind", name: "Tuesday", language: "en", newcomers: "held", minutes: 90 };
    expect(fieldsOf(["host", JSON.stringify({ ...plan, members_max: 12, slow_mode_seconds: 0 })])).toEqual([
      "Tuesday",
      "Be kind",
      "en",
      "90",
      "12",
      "held",
      "0",
    ]);
  });
});
