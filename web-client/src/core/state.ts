// What the page shows, as one value, and how it changes: by what the core tells and by what she does. No DOM, no
// worker.

import type { CoreEvent, Phase, RosterMember } from "./events";
import type { Problem } from "./messages";

// "welcome" with a link, "words" without; then in this order. A step never comes twice but by `startAgain`.
export type Step = "welcome" | "words" | "rules" | "name" | "waiting" | "group" | "closed";

export interface Invitation {
  group: string;
  rules: string;
  language: string;
  organisation: string;
  facilitator: string;
}

export type Line =
  | { kind: "message"; key: string; from: string; role: string; text: string; own: boolean }
  | { kind: "notice"; key: string; code: string; text: string }
  | { kind: "gap"; key: string };

export interface Sending {
  key: string;
  text: string;
}

// How it ended: by the core's phase, or by a notice that says more than the phase does.
const tellingNotices = ["elsewhere", "room_forgotten", "left_behind"] as const;
export type Closed = "left" | "removed" | "refused" | "ended" | "broken" | "no-wasm" | (typeof tellingNotices)[number];

export interface PageState {
  step: Step;
  phase: Phase | null;
  invitation: Invitation | null;
  problem: Problem | null; // of what she did last on this step
  words: string;
  names: string[]; // suggested
  name: string;
  asking: boolean; // a command of this step is on its way
  lines: Line[];
  sending: Sending[]; // said, not yet back from the relay
  roster: RosterMember[];
  composer: { open: boolean; why: string };
  draft: string;
  rosterOpen: boolean;
  leaving: boolean; // she pressed "leave" and is asked whether she means it
  notice: string; // the last one's code
  closed: Closed | null;
  counter: number; // makes keys
}

export type Did =
  | { did: "type-words"; text: string }
  | { did: "asked" } // a command went to the worker
  | { did: "went-on"; step: Step }
  | { did: "more-names"; names: string[] }
  | { did: "chose-name"; name: string }
  | { did: "draft"; text: string }
  | { did: "said"; text: string }
  | { did: "not-said"; text: string; problem: Problem }
  | { did: "failed"; problem: Problem }
  | { did: "show-roster"; open: boolean }
  | { did: "leaving"; open: boolean }
  | { did: "closed"; why: Closed };

export function firstState(hasLink: boolean, names: string[]): PageState {
  return {
    step: hasLink ? "welcome" : "words",
    phase: null,
    invitation: null,
    problem: null,
    words: "",
    names,
    name: "",
    asking: false,
    lines: [],
    sending: [],
    roster: [],
    composer: { open: false, why: "connecting" },
    draft: "",
    rosterOpen: false,
    leaving: false,
    notice: "",
    closed: null,
    counter: 0,
  };
}

export function did(state: PageState, what: Did): PageState {
  switch (what.did) {
    case "type-words":
      return { ...state, words: what.text, problem: null };
    case "asked":
      return { ...state, asking: true, problem: null };
    case "went-on":
      return { ...state, step: what.step, asking: false, problem: null };
    case "more-names":
      return { ...state, names: what.names, name: "" };
    case "chose-name":
      return { ...state, name: what.name, problem: null };
    case "draft":
      return { ...state, draft: what.text, problem: null };
    case "said": {
      const line = { key: `sending-${state.counter}`, text: what.text };
      return { ...state, sending: [...state.sending, line], draft: "", problem: null, counter: state.counter + 1 };
    }
    case "not-said": {
      // Her text goes back to where she wrote it, before what she may have typed since.
      const at = state.sending.findLastIndex((line) => line.text === what.text);
      const draft = state.draft === "" ? what.text : `${what.text}\n${state.draft}`;
      return { ...state, sending: state.sending.filter((_, i) => i !== at), draft, problem: what.problem };
    }
    case "failed":
      return { ...state, asking: false, problem: what.problem };
    case "show-roster":
      return { ...state, rosterOpen: what.open };
    case "leaving":
      return { ...state, leaving: what.open };
    case "closed":
      return close(state, what.why);
  }
}

export function told(state: PageState, event: CoreEvent): PageState {
  if (state.closed !== null) return state; // what comes late changes nothing that she was told
  switch (event.event) {
    case "state":
      return phaseIs(state, event.state);
    case "invitation": {
      const { event: _, ...invitation } = event;
      if (!opens(state.step)) return { ...state, invitation };
      return { ...state, invitation, asking: false, problem: null, step: "rules" };
    }
    case "roster":
      return { ...state, roster: event.members };
    case "message":
      return withMessage(state, event);
    case "notice":
      // A name that is taken is no refusal of hers: the invite is still open.
      if (event.code === "pseudonym_taken")
        return { ...state, step: "name", asking: false, problem: { code: event.code }, lines: [] };
      return addLine({ ...state, notice: event.code }, { kind: "notice", key: "", code: event.code, text: event.text });
    case "gap":
      return addLine(state, { kind: "gap", key: "" });
    case "composer":
      return { ...state, composer: { open: event.open, why: event.why } };
    case "error":
      return { ...state, asking: false, problem: { code: event.code } };
    default:
      return state;
  }
}

const opens = (step: Step) => step === "welcome" || step === "words";

function phaseIs(state: PageState, phase: Phase): PageState {
  const next = { ...state, phase };
  switch (phase) {
    case "waiting":
      return { ...next, step: state.step === "group" ? "group" : "waiting", asking: false, problem: null };
    case "in_group":
      return { ...next, step: "group", asking: false, problem: null };
    case "refused":
      return refused(next);
    case "removed":
    case "ended":
    case "left":
      return close(next, phase);
    default:
      return next;
  }
}

// Before she has asked to come in, nobody has refused her: the invite did not open, and she may try again.
function refused(state: PageState): PageState {
  if (opens(state.step)) return { ...state, asking: false, problem: state.problem ?? { code: "no_such_card" } };
  return close(state, "refused");
}

// What was said is gone from the page's memory as soon as it is over.
function close(state: PageState, why: Closed): PageState {
  const { group, organisation, facilitator } = state.invitation ?? { group: "", organisation: "", facilitator: "" };
  return {
    ...firstState(false, []),
    step: "closed",
    closed: tellingNotices.find((code) => code === state.notice) ?? why,
    phase: state.phase,
    invitation: { group, organisation, facilitator, rules: "", language: "" },
  };
}

function withMessage(state: PageState, event: Extract<CoreEvent, { event: "message" }>): PageState {
  const at = event.own ? state.sending.findIndex((line) => line.text === event.text) : -1;
  const key = at === -1 ? "" : state.sending[at]!.key; // keeps its place on the screen
  const { from, role, text, own } = event;
  const sending = at === -1 ? state.sending : state.sending.filter((_, i) => i !== at);
  return addLine({ ...state, sending }, { kind: "message", key, from, role, text, own });
}

function addLine(state: PageState, line: Line): PageState {
  const keyed = line.key === "" ? { ...line, key: `line-${state.counter}` } : line;
  return { ...state, lines: [...state.lines, keyed], counter: state.counter + 1 };
}
