// What the page shows, as one value, and how it changes: by what the core tells and by what she does. What belongs to a
// conversation, to the lane or to "alone" is folded by files of those names. No DOM, no worker.

import { type Alone, aloneDid, type AloneDid, aloneHeard, firstAlone } from "./alone";
import { aloneChannel } from "./commands";
import { type Conversation, emptyConversation, heard, wrote, type Wrote } from "./conversation";
import type { CoreEvent, LaneKind, Phase, TextInLanguage } from "./events";
import { emptyLane, type Lane, laneHeard, laneSaid } from "./lane";
import type { Problem } from "./messages";

export type { Line, Sending } from "./conversation";

// "welcome" with a link, "words" without, "returning" by a ticket ("doubled": another tab has the place); then in this
// order. A step never comes twice but by `start-again` and `come-back`. "list": what her second PIN opens.
export type Step =
  "list" | "welcome" | "words" | "returning" | "doubled" | "rules" | "name" | "waiting" | "group" | "closed";

// What lies over the group's foot, or over the whole of it: "break" covers what is said.
export type Sheet = "menu" | "note" | "break" | "not-safe" | "words" | "report" | "remember" | "unlock";

export interface Invitation {
  group: string; // empty: found words say no group's name
  rules: string;
  language: string;
  organisation: string;
  facilitator: string;
}

export interface Closing {
  text: string;
  from: string;
  nextSession: number; // Unix seconds; 0: not fixed
}

// How it ended: by the core's phase, or by a notice that says more than the phase does.
const tellingNotices = ["elsewhere", "no_way_back", "room_of_revoked_staff"] as const;
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
  agreedWord: string;
  door: Conversation; // in the waiting room, with staff
  group: Conversation;
  lane: Lane;
  notSafeTexts: TextInLanguage[]; // the organisation's own
  alone: Alone;
  rosterOpen: boolean;
  sheet: Sheet | null;
  note: string; // to the team, while she writes it
  leaving: boolean; // she pressed "leave" and is asked whether she means it
  returnWords: string; // hers, once she has asked for them
  closing: Closing | null; // what the facilitator said last
  refusal: string; // a facilitator's words with her no
  notice: string; // the last one's code
  inApp: string | null; // the app whose own browser this is; null: none
  remember: { kept: boolean; busy: boolean }; // is she remembered on this phone?
  keepsNothing: boolean; // the browser refuses to keep even the ticket
  closed: Closed | null;
}

export type Where = "group" | "door";

export type Did =
  | { did: "type-words"; text: string }
  | { did: "asked" } // a command went to the worker
  | { did: "went-on"; step: Step }
  | { did: "more-names"; names: string[] }
  | { did: "chose-name"; name: string }
  | { did: "wrote"; in: Where; what: Wrote }
  | { did: "failed"; problem: Problem }
  | { did: "show-roster"; open: boolean }
  | { did: "show-sheet"; sheet: Sheet | null }
  | { did: "note"; text: string }
  | { did: "lane"; kind: LaneKind } // something of it went to the team
  | { did: "hand"; up: boolean }
  | { did: "forgot-words" } // she has them elsewhere now, or they are void
  | { did: "alone"; what: AloneDid }
  | { did: "keeps-nothing" }
  | { did: "remember"; kept: boolean; busy: boolean }
  | { did: "in-app"; app: string | null }
  | { did: "leaving"; open: boolean }
  | { did: "come-back" } // to a place that another tab has
  | { did: "start-again"; names: string[] }
  | { did: "closed"; why: Closed };

export function firstState(from: "link" | "words" | "ticket", names: string[]): PageState {
  return {
    step: from === "link" ? "welcome" : from === "ticket" ? "returning" : "words",
    phase: null,
    invitation: null,
    problem: null,
    words: "",
    names,
    name: "",
    asking: false,
    agreedWord: "",
    door: emptyConversation(),
    group: emptyConversation(),
    lane: emptyLane,
    notSafeTexts: [],
    alone: firstAlone("en"),
    rosterOpen: false,
    sheet: null,
    note: "",
    leaving: false,
    returnWords: "",
    closing: null,
    refusal: "",
    notice: "",
    inApp: null,
    remember: { kept: false, busy: false },
    keepsNothing: false,
    closed: null,
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
    case "wrote":
      return { ...state, [what.in]: wrote(state[what.in], what.what) };
    case "failed": // shown where she is: in the sheet, where she writes, or on the step
      if (state.step === "group" && state.sheet === null)
        return { ...state, group: { ...state.group, problem: what.problem } };
      return { ...state, asking: false, problem: what.problem };
    case "show-roster":
      return { ...state, rosterOpen: what.open };
    case "show-sheet":
      return { ...state, sheet: what.sheet, problem: null };
    case "note":
      return { ...state, note: what.text, problem: null };
    case "lane":
      return { ...state, note: "", problem: null, lane: laneSaid(state.lane, what.kind) };
    case "hand":
      return { ...state, lane: { ...laneSaid(state.lane, "raised_hand"), handUp: what.up } };
    case "forgot-words":
      return { ...state, returnWords: "", lane: laneSaid(state.lane, "return_pass") };
    case "alone":
      return { ...state, alone: aloneDid(state.alone, what.what) };
    case "keeps-nothing":
      return { ...state, keepsNothing: true };
    case "remember":
      return { ...state, remember: { kept: what.kept, busy: what.busy } };
    case "in-app":
      return { ...state, inApp: what.app };
    case "leaving":
      return { ...state, leaving: what.open };
    case "come-back":
      return { ...firstState("ticket", []), ...whatStays(state) };
    case "start-again":
      return { ...firstState("words", what.names), ...whatStays(state) };
    case "closed":
      return close(state, what.why);
  }
}

/** What the core tells, of the group's channel or of that of "alone". */
export function told(state: PageState, event: CoreEvent, channel = 0): PageState {
  if (channel === aloneChannel) return { ...state, alone: aloneHeard(state.alone, event) };
  if (state.closed !== null) return state; // what comes late changes nothing that she was told
  switch (event.event) {
    case "state":
      return phaseIs(state, event.state);
    case "invitation":
      return invited(state, event);
    case "not_safe_texts":
      return { ...state, notSafeTexts: event.texts };
    case "group_name":
      return { ...state, invitation: { ...(state.invitation ?? noInvitation), group: event.name } };
    case "talk":
      return { ...state, door: heard(state.door, event) };
    case "agreed_word":
      return { ...state, agreedWord: event.words };
    case "lane":
      return { ...state, lane: laneHeard(state.lane, event) };
    case "return_words":
      return { ...state, returnWords: event.words };
    case "closing":
      return { ...state, closing: { text: event.text, from: event.from, nextSession: event.next_session } };
    case "notice":
      return noticed(state, event);
    case "error": {
      const problem = { code: event.code };
      if (state.step === "group") return { ...state, group: heard(state.group, event) };
      return { ...state, asking: false, problem };
    }
    default:
      return { ...state, group: heard(state.group, event) };
  }
}

const noInvitation: Invitation = { group: "", rules: "", language: "", organisation: "", facilitator: "" };

// What is not the group's.
const whatStays = ({ alone, keepsNothing, remember }: PageState) => ({ alone, keepsNothing, remember });

const opens = (step: Step) => step === "welcome" || step === "words";

// By return words she has agreed before, and the card says no group's name: she only says what she is called.
function invited(state: PageState, event: Extract<CoreEvent, { event: "invitation" }>): PageState {
  const { event: _, ...invitation } = event;
  if (!opens(state.step)) return { ...state, invitation };
  return { ...state, invitation, asking: false, problem: null, step: invitation.group === "" ? "name" : "rules" };
}

function noticed(state: PageState, event: Extract<CoreEvent, { event: "notice" }>): PageState {
  // A name that is taken is no refusal of hers: the invite is still open.
  if (event.code === "pseudonym_taken")
    return { ...state, step: "name", asking: false, problem: { code: event.code }, door: emptyConversation() };
  const refusal = event.code === "knock_refused" ? event.text : state.refusal;
  const where: Where = state.step === "group" ? "group" : "door";
  return { ...state, notice: event.code, refusal, [where]: heard(state[where], event) };
}

function phaseIs(state: PageState, phase: Phase): PageState {
  const next = { ...state, phase };
  const mayTalk = phase === "waiting" ? { open: true, why: "" } : { open: false, why: "reconnecting" };
  const door = { ...state.door, composer: mayTalk };
  switch (phase) {
    case "waiting":
      return { ...next, door, step: state.step === "group" ? "group" : "waiting", asking: false, problem: null };
    case "in_group": // what she said at the door stays there
      return { ...next, step: "group", asking: false, problem: null, door: emptyConversation(), agreedWord: "" };
    case "refused":
      return refused(next);
    case "removed":
    case "ended":
    case "left":
      return close(next, phase);
    default:
      return { ...next, door };
  }
}

// Before she has asked to come in, nobody has refused her: the invite did not open, and she may try again.
function refused(state: PageState): PageState {
  if (opens(state.step)) return { ...state, asking: false, problem: state.problem ?? { code: "no_such_card" } };
  return close(state, state.invitation === null ? "no_way_back" : "refused");
}

// What was said is gone from the page's memory as soon as it is over, but for what she may take with her.
function close(state: PageState, why: Closed): PageState {
  const { group, organisation, facilitator } = state.invitation ?? noInvitation;
  const { returnWords, closing, refusal, phase } = state;
  return {
    ...firstState("words", []),
    step: "closed",
    closed: tellingNotices.find((code) => code === state.notice) ?? why,
    phase,
    invitation: { group, organisation, facilitator, rules: "", language: "" },
    ...{ returnWords, closing, refusal },
    ...whatStays(state),
  };
}
