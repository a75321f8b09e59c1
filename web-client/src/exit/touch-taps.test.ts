// Three taps with two fingers, and everything that is not that.
import { beforeEach, describe, expect, it } from "vitest";
import { type Finger, TwoFingerTaps } from "./touch-taps";

const left: Finger = { id: 1, x: 100, y: 300 };
const right: Finger = { id: 2, x: 200, y: 320 };
const third: Finger = { id: 3, x: 150, y: 400 };

describe("TwoFingerTaps", () => {
  let taps: TwoFingerTaps;
  beforeEach(() => (taps = new TwoFingerTaps()));
  const tap = (atMs: number, ...fingers: Finger[]) => {
    fingers.forEach((finger, i) => taps.down(finger, atMs + i * 20));
    return fingers.map((finger, i) => taps.up(finger, atMs + 100 + i * 20)).at(-1);
  };

  it("counts three, one after the other", () => {
    expect([0, 400, 800].map((at) => tap(at, left, right))).toEqual([1, 2, 3]);
  });

  it("forgets a tap after two seconds", () => {
    tap(0, left, right);
    tap(1_000, left, right);
    expect(tap(2_500, left, right)).toBe(2);
  });

  it("does not count one finger, however often: that is how everything else is pressed", () => {
    expect([0, 200, 400, 600].map((at) => tap(at, left))).toEqual([0, 0, 0, 0]);
  });

  it("starts anew after one finger, and after three", () => {
    for (const other of [[left], [left, right, third]]) {
      taps = new TwoFingerTaps();
      tap(0, left, right);
      tap(300, left, right);
      tap(600, ...other);
      expect(tap(900, left, right)).toBe(1);
    }
  });

  it("does not count a zoom or a scroll with two fingers", () => {
    tap(0, left, right);
    taps.down(left, 400);
    taps.down(right, 410);
    taps.move({ ...right, x: right.x + 60 });
    taps.up(left, 500);
    expect(taps.up({ ...right, x: right.x + 60 }, 500)).toBe(0);
  });

  it("does not count a hand that rests on the screen", () => {
    taps.down(left, 0);
    taps.down(right, 10);
    taps.up(left, 1_000);
    expect(taps.up(right, 1_000)).toBe(0);
  });

  it("starts anew when the browser takes the fingers for something of its own", () => {
    tap(0, left, right);
    tap(400, left, right);
    expect(taps.cancel()).toBe(0);
    expect(tap(800, left, right)).toBe(1);
  });
});
