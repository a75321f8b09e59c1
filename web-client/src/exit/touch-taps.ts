// Three quick taps with two fingers leave quickly, for who has no keyboard. Two fingers, because one hand that holds
// the phone, a pocket or a scroll makes no such taps; taps, because two fingers that move are zooming or scrolling.

const taps = 3;
const withinMs = 2_000; // from the first tap to the last
const tapMs = 350; // longer is a rest of the hand
const movedPx = 24; // further is a zoom or a scroll

export interface Finger {
  id: number;
  x: number;
  y: number;
}

/** Counts taps that two fingers make together. Anything else between them starts anew. */
export class TwoFingerTaps {
  #times: number[] = [];
  #down = new Map<number, Finger>();
  #beganMs = 0;
  #most = 0; // fingers that were down at once
  #spoilt = false;

  /** A finger comes down. Returns how many taps count at this moment. */
  down(finger: Finger, nowMs: number): number {
    if (this.#down.size === 0) {
      this.#beganMs = nowMs;
      this.#most = 0;
      this.#spoilt = false;
    }
    this.#down.set(finger.id, finger);
    this.#most = Math.max(this.#most, this.#down.size);
    return this.#times.length;
  }

  move(finger: Finger): void {
    const from = this.#down.get(finger.id);
    if (from !== undefined && Math.hypot(finger.x - from.x, finger.y - from.y) > movedPx) this.#spoilt = true;
  }

  /** A finger goes up. Returns how many taps count now. */
  up(finger: Finger, nowMs: number): number {
    this.move(finger);
    this.#down.delete(finger.id);
    if (this.#down.size > 0) return this.#times.length;
    if (this.#most !== 2 || this.#spoilt || nowMs - this.#beganMs > tapMs) this.#times = [];
    else this.#times = [...this.#times.filter((time) => nowMs - time < withinMs), nowMs];
    return this.#times.length;
  }

  /** The browser took the fingers for something of its own. */
  cancel(): number {
    this.#down.clear();
    this.#times = [];
    return 0;
  }

  static readonly enough = taps;
}
