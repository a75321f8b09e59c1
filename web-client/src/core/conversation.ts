// One conversation as it stands on a screen, and how it changes: by what the core tells and by what she writes. The
// group, the waiting room and a talk for two are such; a reader of whatever role. No DOM, no worker.

import type { MemberCommand, ReactionSign } from "./commands";
import type { CoreEvent, RosterMember } from "./events";
import type { Problem } from "./messages";

export interface Reaction {
  from: string;
  sign: ReactionSign;
  own: boolean;
}

export interface MessageLine {
  kind: "message";
  key: string;
  seq: number; // by which it is pointed at; 0: nothing can point at it
  from: string;
  role: string;
  text: string;
  own: boolean;
  replyTo: number; // the seq of what it answers; 0: none
  through: string; // who passed it on, of a held one
  warned: boolean; // may be hard to read, as its author says: shown closed
  hidden: boolean;
  reactions: Reaction[]; // one a person
}

export type Line =
  | MessageLine
  | { kind: "notice"; key: string; code: string; text: string }
  | { kind: "order"; key: string; code: string; by: string }
  | { kind: "gap"; key: string };

export interface Sending {
  key: string;
  text: string;
  held: boolean; // it lies with a facilitator
  warned: boolean;
}

export interface Conversation {
  lines: Line[];
  sending: Sending[]; // said, not yet back from the relay
  roster: RosterMember[];
  composer: { open: boolean; why: string };
  draft: string;
  replyTo: number; // the seq of the message that her draft answers; 0: none
  warns: boolean; // she says of her draft that it may be hard to read
  pinned: { text: string; from: string } | null;
  problem: Problem | null; // of what she did last here
  counter: number; // makes keys
}

export type Wrote =
  | { did: "draft"; text: string }
  | { did: "answers"; seq: number } // 0: none any more
  | { did: "warns"; warns: boolean }
  | { did: "said"; text: string }
  | { did: "not-said"; text: string; problem: Problem };

export function emptyConversation(): Conversation {
  return {
    lines: [],
    sending: [],
    roster: [],
    composer: { open: false, why: "connecting" },
    draft: "",
    replyTo: 0,
    warns: false,
    pinned: null,
    problem: null,
    counter: 0,
  };
}

/** The message with this place in the log, if it is on the screen. */
export function messageAt(lines: Line[], seq: number): MessageLine | null {
  const found = lines.filter((line): line is MessageLine => line.kind === "message" && line.seq === seq);
  return seq === 0 ? null : (found.at(-1) ?? null);
}

/** What is asked of the core so that her draft goes out as she means it. A held one has no mark: a person reads it. */
export function sayCommand({ replyTo, warns, composer }: Conversation, text: string): MemberCommand {
  if (warns && composer.why !== "held") return ["say-warned", replyTo, text];
  return replyTo === 0 ? ["say", text] : ["reply", replyTo, text];
}

export function wrote(state: Conversation, what: Wrote): Conversation {
  switch (what.did) {
    case "draft":
      return { ...state, draft: what.text, problem: null };
    case "answers":
      return { ...state, replyTo: what.seq };
    case "warns":
      return { ...state, warns: what.warns };
    case "said": {
      const line = { key: `sending-${state.counter}`, text: what.text, held: false, warned: state.warns };
      const sending = [...state.sending, line];
      return { ...state, sending, draft: "", replyTo: 0, warns: false, problem: null, counter: state.counter + 1 };
    }
    case "not-said":
      return { ...giveBack(state, what.text), problem: what.problem };
  }
}

/** Folds one event in. What is not of a conversation changes nothing. */
export function heard(state: Conversation, event: CoreEvent): Conversation {
  switch (event.event) {
    case "roster":
      return { ...state, roster: event.members };
    case "message": {
      const { from, role, text, seq, own, reply_to: replyTo = 0, through = "", warned = false } = event;
      return withMessage(state, { from, role, text, seq, own, replyTo, through, warned });
    }
    case "talk":
      return withTalk(state, event);
    case "reaction":
      return change(state, event.seq, (line) => ({ ...line, reactions: withReaction(line.reactions, event) }));
    case "hidden":
      return change(state, event.seq, (line) => ({ ...line, hidden: event.hidden, reactions: [] }));
    case "pinned":
      return { ...state, pinned: event.text === "" ? null : { text: event.text, from: event.from } };
    case "gap":
      return addLine(state, { kind: "gap", key: "" });
    case "composer":
      return { ...state, composer: { open: event.open, why: event.why } };
    case "held":
      return event.own ? withHeld(state, event) : state;
    case "order":
      return withOrder(state, event);
    case "notice":
      return withNotice(state, event);
    case "error":
      return { ...state, problem: { code: event.code } };
    default:
      return state;
  }
}

// Her text goes back to where she wrote it, before what she may have typed since.
function giveBack(state: Conversation, text: string): Conversation {
  const at = state.sending.map((line) => line.text).lastIndexOf(text);
  const draft = state.draft === "" ? text : `${text}\n${state.draft}`;
  const warns = state.warns || state.sending[at]?.warned === true;
  return { ...state, sending: state.sending.filter((_, i) => i !== at), draft, warns };
}

type Said = Omit<MessageLine, "kind" | "key" | "hidden" | "reactions">;

function withMessage(state: Conversation, said: Said): Conversation {
  const at = said.own ? state.sending.findIndex((line) => line.text === said.text) : -1;
  const key = at === -1 ? "" : state.sending[at]!.key; // keeps its place on the screen
  const sending = at === -1 ? state.sending : state.sending.filter((_, i) => i !== at);
  return addLine({ ...state, sending }, { ...said, kind: "message", key, hidden: false, reactions: [] });
}

// Before she is let in, only she and staff talk; the core has checked that the others are staff.
function withTalk(state: Conversation, event: Extract<CoreEvent, { event: "talk" }>): Conversation {
  const { from, text, own, name } = event;
  const role = from === name ? "member" : "facilitator";
  return withMessage(state, { from, role, text, own, seq: 0, replyTo: 0, through: "", warned: false });
}

function withReaction(reactions: Reaction[], { from, sign, own }: Reaction): Reaction[] {
  const others = reactions.filter((each) => each.from !== from);
  return sign === "none" ? others : [...others, { from, sign, own }];
}

function withHeld(state: Conversation, event: Extract<CoreEvent, { event: "held" }>): Conversation {
  const at = state.sending.findIndex((line) => line.text === event.text);
  if (event.state === "waiting")
    return { ...state, sending: state.sending.map((line, i) => (i === at ? { ...line, held: true } : line)) };
  if (event.state === "shown") return state; // it came as a message as well
  const sending = state.sending.filter((_, i) => i !== at);
  return addLine({ ...state, sending }, { kind: "notice", key: "", code: "not_passed_on", text: event.text });
}

// What concerns her, or everyone. Whom else it concerned is nobody's business here.
function withOrder(state: Conversation, event: Extract<CoreEvent, { event: "order" }>): Conversation {
  const { kind, by } = event;
  const line = (code: string) => addLine(state, { kind: "order", key: "", code, by });
  if (kind === "slow_mode") return line(event.seconds === 0 ? "slow_mode_off" : "slow_mode");
  if (!event.self) return state;
  if (kind === "set_level") return line(event.level);
  return kind === "lift" ? line("speaks") : state;
}

// What the screen as a whole says stands in no line.
const notOfALine = ["ended", "removed", "elsewhere", "pseudonym_taken", "knock_refused", "no_way_back"];

function withNotice(state: Conversation, event: Extract<CoreEvent, { event: "notice" }>): Conversation {
  const { code, text } = event;
  if (notOfALine.includes(code)) return state;
  if (code === "not_sent") return { ...giveBack(state, text), problem: { code } };
  return addLine(code === "room_remade" ? outOfReach(state) : state, { kind: "notice", key: "", code, text });
}

// In a room that was made anew the places begin again: nothing points at what was said before.
function outOfReach(state: Conversation): Conversation {
  const lines = state.lines.map((line) => (line.kind === "message" ? { ...line, seq: 0, replyTo: 0 } : line));
  return { ...state, lines, replyTo: 0 };
}

function change(state: Conversation, seq: number, how: (line: MessageLine) => MessageLine): Conversation {
  const message = messageAt(state.lines, seq);
  if (message === null) return state;
  return { ...state, lines: state.lines.map((line) => (line === message ? how(message) : line)) };
}

function addLine(state: Conversation, line: Line): Conversation {
  const keyed = line.key === "" ? { ...line, key: `line-${state.counter}` } : line;
  return { ...state, lines: [...state.lines, keyed], counter: state.counter + 1 };
}
