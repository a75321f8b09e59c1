// One talk of a counsellor's, as it stands on her screen, and how it changes. It is a channel of its own, with the
// number of its request. Reducers only.

import { type Conversation, emptyConversation, heard, wrote, type Wrote } from "../core/conversation";
import type { CoreEvent, RosterMember } from "../core/events";
import type { Problem } from "../core/messages";
import type { Asked } from "./queue";

export type TalkStep = "opening" | "talk" | "over";
export type TalkEnd = "ended" | "handed" | "left" | "removed" | "refused";
export type Sheet = "end" | "hand-over" | "phrases";

export interface HandingOver {
  step: "looking" | "nobody" | "asked" | "agreed" | "declined" | "failed" | "here";
  name: string;
}

export interface Talk {
  number: number;
  channel: number;
  asked: Asked | null; // what was asked; null: handed over by a colleague
  from: string; // by whom it was handed over
  step: TalkStep;
  connected: boolean;
  withdrawn: boolean; // whoever asked took it back before the talk began
  lost: boolean; // the relay does not hold the request for her any more
  conversation: Conversation;
  unread: number;
  sheet: Sheet | null;
  colleague: string; // as she types it
  handOver: HandingOver | null;
  hard: boolean; // it ends because it cannot go on like this
  lastWords: string;
  ending: boolean; // on its way
  problem: Problem | null; // of what she did with the talk as a whole
  how: TalkEnd;
  erasure: { confirmed: number; of: number; final: boolean } | null;
}

export type TalkDid =
  | { did: "wrote"; what: Wrote }
  | { did: "sheet"; sheet: Sheet | null }
  | { did: "colleague"; name: string }
  | { did: "looks-for"; name: string }
  | { did: "nobody-found" }
  | { did: "last-words"; text: string; hard: boolean }
  | { did: "ends" }
  | { did: "failed"; problem: Problem };

export function newTalk(number: number, channel: number, asked: Asked | null, from: string): Talk {
  return {
    number,
    channel,
    asked,
    from,
    step: "opening",
    connected: false,
    withdrawn: false,
    lost: false,
    conversation: emptyConversation(),
    unread: 0,
    sheet: null,
    colleague: "",
    handOver: null,
    hard: false,
    lastWords: "",
    ending: false,
    problem: null,
    how: "ended",
    erasure: null,
  };
}

/** The one she talks with: whoever is there and is no member of staff. */
export function partnerOf(talk: Talk): RosterMember | null {
  return talk.conversation.roster.find((member) => !member.self && member.role === "member") ?? null;
}

/** She was there, and is not any more: she has ended it on her side. While nothing is connected, nobody knows. */
export function hasLeft(talk: Talk): boolean {
  return talk.step === "talk" && talk.connected && partnerOf(talk) === null;
}

export function talkDid(talk: Talk, what: TalkDid): Talk {
  switch (what.did) {
    case "wrote":
      return { ...talk, conversation: wrote(talk.conversation, what.what) };
    case "sheet":
      return { ...talk, sheet: what.sheet, problem: null };
    case "colleague":
      return { ...talk, colleague: what.name, problem: null };
    case "looks-for":
      return { ...talk, handOver: { step: "looking", name: what.name }, problem: null };
    case "nobody-found":
      if (talk.handOver?.step !== "looking") return talk;
      return { ...talk, handOver: { ...talk.handOver, step: "nobody" } };
    case "last-words":
      return { ...talk, lastWords: what.text, hard: what.hard, problem: null };
    case "ends":
      return { ...talk, ending: true, problem: null };
    case "failed": {
      const looked = talk.handOver?.step === "looking";
      return { ...talk, ending: false, handOver: looked ? null : talk.handOver, problem: what.problem };
    }
  }
}

export function talkHeard(talk: Talk, event: CoreEvent, inFront: boolean): Talk {
  switch (event.event) {
    case "state":
      return withPhase(talk, event.state);
    case "erasure":
      return { ...talk, erasure: { confirmed: event.confirmed, of: event.of, final: event.final } };
    case "hand_over":
      return withHandOver(talk, event.state, event.name);
    default: {
      if (talk.step === "over") return talk; // nothing of it is kept
      const next = { ...talk, conversation: heard(talk.conversation, event) };
      const isNews = event.event === "message" && !event.own && !inFront;
      const begun = talk.step === "opening" && partnerOf(next) !== null;
      return { ...next, step: begun ? "talk" : next.step, unread: next.unread + (isNews ? 1 : 0) };
    }
  }
}

function withPhase(talk: Talk, phase: Extract<CoreEvent, { event: "state" }>["state"]): Talk {
  switch (phase) {
    case "in_group":
      return { ...talk, connected: true };
    case "reconnecting":
      return { ...talk, connected: false };
    case "ended":
    case "left":
    case "removed":
    case "refused":
      return over(talk, phase === "left" && talk.handOver?.step === "here" ? "handed" : phase);
    default:
      return talk;
  }
}

// Of what was said nothing stays; of whom, only who goes on with them.
function over(talk: Talk, how: TalkEnd): Talk {
  if (talk.step === "over") return talk;
  const { number, channel, from, hard, handOver, erasure, unread, withdrawn } = talk;
  const kept = { hard, handOver, erasure, unread, withdrawn };
  return { ...newTalk(number, channel, null, from), ...kept, step: "over", how };
}

function withHandOver(talk: Talk, step: Extract<CoreEvent, { event: "hand_over" }>["state"], name: string): Talk {
  if (step === "handed") return talk; // said at the desk
  return { ...talk, handOver: { step, name } };
}
