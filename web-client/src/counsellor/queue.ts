// Who waits at the desk, as a counsellor sees it, and what became of a request. Reducers only.

import type { Urgency } from "../core/commands";
import type { StaffEvent } from "../core/events";

export interface Asked {
  language: string;
  urgency: Urgency;
  note: string;
  continuing: boolean;
}

export interface Waiting extends Asked {
  number: number;
  since: number; // milliseconds, by this device's clock
  left: boolean;
  taking: boolean; // she asked for it, and the desk has not answered yet
}

/** A request that she could have taken, and cannot any more. */
export interface Gone {
  number: number;
  why: "taken" | "withdrawn";
  wanted: boolean; // she had asked for it
}

const goneMax = 3;
const order: Urgency[] = ["not_safe", "now", "soon", "calm"];

/** The most urgent first, and of these whoever waits longest. */
export function inOrder(queue: Waiting[]): Waiting[] {
  return [...queue].sort((a, b) => order.indexOf(a.urgency) - order.indexOf(b.urgency) || a.since - b.since);
}

export function withRequest(
  queue: Waiting[],
  event: Extract<StaffEvent, { event: "request" }>,
  nowMs: number,
): Waiting[] {
  const { number, language, urgency, note, continuing, left } = event;
  const since = nowMs - event.waiting_s * 1_000;
  const others = queue.filter((each) => each.number !== number);
  return [...others, { number, language, urgency, note, continuing, left, since, taking: false }];
}

export function withGone(gone: Gone[], request: Waiting, why: "taken" | "withdrawn"): Gone[] {
  const others = gone.filter((each) => each.number !== request.number);
  return [...others, { number: request.number, why, wanted: request.taking }].slice(-goneMax);
}

export function waitedMinutes(request: Waiting, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - request.since) / 60_000));
}
