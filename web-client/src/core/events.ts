// What the core tells: the JSON of client-lib/client/events.hpp, as types. Checked once, at the worker's door.

export type Phase =
  "connecting" | "connected" | "waiting" | "in_group" | "reconnecting" | "removed" | "refused" | "ended" | "left";

export interface RosterMember {
  name: string;
  role: string;
  presence: "here" | "away";
  self: boolean;
  vouched: boolean;
}

export type CoreEvent =
  | { event: "state"; state: Phase }
  | { event: "invitation"; group: string; rules: string; language: string; organisation: string; facilitator: string }
  | { event: "roster"; members: RosterMember[] }
  | { event: "message"; from: string; role: string; text: string; seq: number; own: boolean }
  | { event: "notice"; code: string; text: string }
  | { event: "gap"; from_seq: number; to_seq: number }
  | { event: "composer"; open: boolean; why: string }
  | { event: "error"; code: string; text: string };

const known = new Set(["state", "invitation", "roster", "message", "notice", "gap", "composer", "error"]);

/** Null for an event that this page has no use for (those of facilitators). */
export function readEvent(json: string): CoreEvent | null {
  const event = JSON.parse(json) as CoreEvent;
  return known.has(event.event) ? event : null;
}
