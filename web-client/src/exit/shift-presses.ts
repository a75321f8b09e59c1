// Three presses of Shift within five seconds leave quickly. Not Escape: screen readers and dialogs use it.

const presses = 3;
const withinMs = 5_000;

/** Counts presses of Shift alone; any other key between them starts anew. Returns how many count at this moment. */
export class ShiftPresses {
  #times: number[] = [];

  press(key: string, repeated: boolean, nowMs: number): number {
    if (repeated) return this.#times.length;
    if (key !== "Shift") this.#times = [];
    else this.#times = [...this.#times.filter((time) => nowMs - time < withinMs), nowMs];
    return this.#times.length;
  }

  static readonly enough = presses;
}
