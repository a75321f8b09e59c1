// Three presses of Shift within five seconds, and everything that is not that.
import { describe, expect, it } from "vitest";
import { ShiftPresses } from "./shift-presses";

describe("ShiftPresses", () => {
  it("counts three within five seconds", () => {
    const shift = new ShiftPresses();
    expect([0, 2_000, 4_900].map((at) => shift.press("Shift", false, at))).toEqual([1, 2, 3]);
  });

  it("forgets a press after five seconds", () => {
    const shift = new ShiftPresses();
    expect([0, 4_000, 5_000].map((at) => shift.press("Shift", false, at))).toEqual([1, 2, 2]);
  });

  it("does not count Shift that is held for a capital letter", () => {
    const shift = new ShiftPresses();
    shift.press("Shift", false, 0);
    shift.press("H", false, 100);
    shift.press("Shift", false, 200);
    shift.press("I", false, 300);
    expect(shift.press("Shift", false, 400)).toBe(1);
  });

  it("does not count the repeats of a key that is held down", () => {
    const shift = new ShiftPresses();
    shift.press("Shift", false, 0);
    expect(shift.press("Shift", true, 50)).toBe(1);
  });
});
