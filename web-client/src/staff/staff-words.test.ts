// Staff's problems in words: in staff's own where there are some, else in everybody's.
import { expect, it } from "vitest";
import { problemText } from "../survivor/problem-text";
import { say } from "./test-words";

it("says a problem in staff's words, else in everybody's, else by its name", () => {
  expect(problemText({ code: "keys_passphrase" }, say)).toContain("passphrase");
  expect(problemText({ code: "text_empty" }, say)).toBe("There is nothing to send yet.");
  expect(problemText({ code: "brand_new" }, say)).toContain("brand_new");
});
