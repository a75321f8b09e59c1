// "Talk to someone alone", as it stands on her screen: what she asks, how far it has come, the talk, and an answer that
// was left for her. It is a channel of its own: the group goes on beside it, and knows nothing of it.

import type { Urgency } from "./commands";
import { type Conversation, emptyConversation, heard, wrote, type Wrote } from "./conversation";
import type { AskingEvent, CoreEvent } from "./events";
import type { Problem } from "./messages";

type DeskTold = Extract<AskingEvent, { event: "desk" }>;
export type AnswerTold = Extract<AskingEvent, { event: "answer" }>;

// "ask": the form; "read": the words of an answer; "left": left for later, with the words by which it is read.
export type AloneStep = "ask" | "wait" | "talk" | "left" | "read" | "answer" | "over";

export interface Alone {
  shown: boolean; // its screen is in front
  step: AloneStep;
  language: string;
  urgency: Urgency;
  note: string;
  name: string;
  asking: boolean; // a command of this step is on its way
  problem: Problem | null;
  desk: DeskTold["state"] | null;
  readers: number; // counsellors who can read what she asked
  canLeave: boolean; // nobody is there, and it can be left for later
  counsellor: string;
  words: string; // left: shown; read: typed
  answer: AnswerTold | null;
  handOver: { name: string; by: string } | null; // asked of her
  connected: boolean;
  talk: Conversation;
  unread: number; // said while she looked elsewhere
  how: "ended" | "left" | "removed" | "refused" | "gone"; // over
}

export type AloneDid =
  | { did: "show"; shown: boolean }
  | { did: "fill"; with: Partial<Pick<Alone, "language" | "urgency" | "note" | "name" | "words">> }
  | { did: "go"; step: AloneStep }
  | { did: "asked" }
  | { did: "failed"; problem: Problem }
  | { did: "agreed" }
  | { did: "wrote"; what: Wrote };

export function firstAlone(language: string): Alone {
  return {
    shown: false,
    step: "ask",
    language,
    urgency: "calm",
    note: "",
    name: "",
    asking: false,
    problem: null,
    desk: null,
    readers: 0,
    canLeave: false,
    counsellor: "",
    words: "",
    answer: null,
    handOver: null,
    connected: false,
    talk: emptyConversation(),
    unread: 0,
    how: "ended",
  };
}

/** Is something going on that would be lost? */
export const isAsking = ({ step }: Alone) => step === "wait" || step === "talk";

export function aloneDid(state: Alone, what: AloneDid): Alone {
  switch (what.did) {
    case "show":
      return { ...state, shown: what.shown, unread: 0 };
    case "fill":
      return { ...state, ...what.with, problem: null };
    case "go":
      return { ...firstAlone(state.language), shown: true, name: state.name, step: what.step };
    case "asked":
      return { ...state, asking: true, problem: null };
    case "failed":
      return { ...state, asking: false, problem: what.problem };
    case "agreed":
      return { ...state, handOver: null };
    case "wrote":
      return { ...state, talk: wrote(state.talk, what.what) };
  }
}

export function aloneHeard(state: Alone, event: CoreEvent): Alone {
  switch (event.event) {
    case "desk":
      return withDesk(state, event);
    case "answer":
      return { ...state, step: "answer", answer: event, asking: false, problem: null, words: "" };
    case "state":
      return withPhase(state, event.state);
    case "hand_over":
      return withHandOver(state, event);
    case "notice":
      if (event.code === "desk_request_gone") return { ...state, how: "gone" };
      return { ...state, talk: heard(state.talk, event) };
    case "error":
      if (state.step === "talk") return { ...state, talk: heard(state.talk, event) };
      return { ...state, asking: false, problem: { code: event.code } };
    case "message": {
      const unread = state.shown || event.own ? state.unread : state.unread + 1;
      return { ...state, unread, talk: heard(state.talk, event) };
    }
    default:
      return { ...state, talk: heard(state.talk, event) };
  }
}

function withDesk(state: Alone, { state: desk, counsellors, can_leave, name, words }: DeskTold): Alone {
  const next = { ...state, asking: false, problem: null, desk, readers: counsellors, canLeave: can_leave };
  if (desk === "left") return { ...next, step: "left", words, note: "" };
  return { ...next, step: "wait", counsellor: desk === "counsellor" ? name : "" };
}

function withPhase(state: Alone, phase: Extract<CoreEvent, { event: "state" }>["state"]): Alone {
  switch (phase) {
    case "in_group": // what she asked with has been read
      return { ...state, step: "talk", note: "", asking: false, connected: true };
    case "reconnecting":
      return { ...state, connected: false };
    case "ended":
    case "left":
    case "removed":
    case "refused":
      return over(state, phase);
    default:
      return state;
  }
}

// Words and an answer stay until she goes; what was said is gone at once.
function over(state: Alone, phase: "ended" | "left" | "removed" | "refused"): Alone {
  if (state.step === "left" || state.step === "answer" || state.step === "over") return state;
  // Taken back, by her, or because her alarm was seen after all: nothing has begun that could be over.
  if (state.step === "wait" && phase === "left")
    return { ...firstAlone(state.language), shown: state.shown, name: state.name };
  if ((state.step === "read" || state.step === "ask") && state.problem !== null) return { ...state, asking: false };
  const { language, shown, counsellor, name, problem } = state;
  const how = state.how === "gone" ? "gone" : phase;
  return { ...firstAlone(language), shown, counsellor, name, problem, step: "over", how };
}

function withHandOver(state: Alone, event: Extract<CoreEvent, { event: "hand_over" }>): Alone {
  if (event.state === "asked") return { ...state, handOver: { name: event.name, by: event.by } };
  const line = { event: "notice", code: `hand_over_${event.state}`, text: event.name } as const;
  const counsellor = event.state === "here" ? event.name : state.counsellor;
  return { ...state, handOver: null, counsellor, talk: heard(state.talk, line) };
}
