// @vitest-environment node
// What the core notices has words here, in whatever language the page has; else its English would be shown.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogueIds } from "../../build/catalogues.mjs";
import { areas } from "../../build/word-ids.mjs";

// A screen of its own, or a part of one.
const saidOtherwise = new Set([
  "ended",
  "removed",
  "elsewhere",
  "pseudonym_taken",
  "knock_refused",
  "no_way_back",
  "room_of_revoked_staff",
  "may_make_anew",
  "session_elsewhere",
  "session_over",
  "request_to_answer",
  "request_yours",
]);

const folder = "../client-lib/client";
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".cpp"))
  .map((path) => readFileSync(`${folder}/${path}`, "utf8"));

export function codesIn(source: string): string[] {
  return [...source.matchAll(/(?:\bnotice\(|NoticeEvent\{)\s*"([a-z_]+)"/g)].map((match) => match[1]!);
}

const known = new Set(areas().flatMap((area) => catalogueIds(readFileSync(`src/${area}en.po`, "utf8"))));
const wordless = (codes: string[]) =>
  [...new Set(codes)].filter(
    (code) => !known.has(`notice.${code}`) && !known.has(`warning.${code}`) && !saidOtherwise.has(code),
  );

describe("what the core notices", () => {
  it("has words", () => {
    const codes = sources.flatMap(codesIn);
    expect(codes.length).toBeGreaterThan(20);
    expect(wordless(codes)).toEqual([]);
  });

  it("is missed when it has none", () => {
    expect(wordless(codesIn('notice("quite_new",\n  "Something.");'))).toEqual(["quite_new"]);
  });
});
