// What stands on a counsellor's screen, as one value, and how it changes: by what the core tells and by what she does.
// No DOM, no worker.

import { deskChannel } from "../core/commands";
import type { CoreEvent, StaffEvent } from "../core/events";
import type { Problem } from "../core/messages";
import { type Asked, type Gone, type Waiting, withGone, withRequest } from "./queue";
import { newTalk, type Talk, talkDid, type TalkDid, talkHeard } from "./talk";

export const atOnceMax = 4; // client-lib/client/client_limits.hpp: requests_at_once_max
export const languagesMax = 8; // protocol/limits.hpp: duty_languages_max
export const answerBytesMax = 2_000; // protocol/limits.hpp: desk_answer_bytes_max

export type DutyState = "off" | "connecting" | "on_duty" | "reconnecting" | "refused";

/** A request that was left, and that she has taken to answer. */
export interface Answering extends Asked {
  number: number;
  text: string;
  asking: boolean;
  problem: Problem | null;
}

/** What has just become of something, in a word of the catalogue. */
export interface News {
  code: "answered" | "put_back" | "lost" | "hand_over_missed" | "ended";
  number: number;
}

export type Front = "queue" | number; // a talk or an answer, by the number of its request

export interface DeskState {
  duty: DutyState;
  languages: string[]; // that she speaks, by their tags
  deskKey: boolean; // what was left can be read
  queue: Waiting[];
  gone: Gone[];
  talks: Talk[];
  answers: Answering[];
  front: Front;
  visible: boolean; // the page is; else what is in front is not seen either
  handedBy: string; // by whom the next talk without a request is handed over
  news: News | null;
  problem: Problem | null; // of what she did last at the desk
  asking: boolean; // going on duty, or off
}

export type DeskDid =
  | { did: "languages"; languages: string[] }
  | { did: "has-desk-key" }
  | { did: "asked" }
  | { did: "answered" } // the command that was asked
  | { did: "failed"; problem: Problem }
  | { did: "takes"; number: number }
  | { did: "take-failed"; number: number; problem: Problem }
  | { did: "shows"; front: Front }
  | { did: "sees"; visible: boolean }
  | { did: "dismisses"; number: number } // a request that is gone
  | { did: "dismisses-news" }
  | { did: "closes"; number: number } // a talk that is over
  | { did: "types-answer"; number: number; text: string }
  | { did: "sends-answer"; number: number }
  | { did: "answer-failed"; number: number; problem: Problem }
  | { did: "talk"; number: number; what: TalkDid };

export function firstDesk(languages: string[]): DeskState {
  return {
    duty: "off",
    languages,
    deskKey: false,
    queue: [],
    gone: [],
    talks: [],
    answers: [],
    front: "queue",
    visible: true,
    handedBy: "",
    news: null,
    problem: null,
    asking: false,
  };
}

/** What counts for the most that she may have at once: talks that go on, answers, and what is on its way to her. */
export function hasAtOnce({ talks, answers, queue }: DeskState): number {
  const open = talks.filter((talk) => talk.step !== "over").length;
  return open + answers.length + queue.filter((request) => request.taking).length;
}

export const isPaused = (state: DeskState) =>
  state.duty === "off" && (state.talks.length > 0 || state.answers.length > 0);

export function deskDid(state: DeskState, what: DeskDid): DeskState {
  switch (what.did) {
    case "languages":
      return { ...state, languages: what.languages.slice(0, languagesMax) };
    case "has-desk-key":
      return { ...state, deskKey: true, asking: false, problem: null };
    case "asked":
      return { ...state, asking: true, problem: null };
    case "answered":
      return { ...state, asking: false };
    case "failed":
      return { ...state, asking: false, problem: what.problem };
    case "takes":
      return { ...withTaking(state, what.number, true), problem: null };
    case "take-failed":
      return { ...withTaking(state, what.number, false), problem: what.problem };
    case "shows":
      return seen({ ...state, front: what.front });
    case "sees":
      return seen({ ...state, visible: what.visible });
    case "dismisses":
      return { ...state, gone: state.gone.filter((each) => each.number !== what.number) };
    case "dismisses-news":
      return { ...state, news: null };
    case "closes":
      return toQueueFrom({ ...state, talks: state.talks.filter((talk) => talk.number !== what.number) }, what.number);
    case "types-answer":
      return withAnswer(state, what.number, (answer) => ({ ...answer, text: what.text, problem: null }));
    case "sends-answer":
      return withAnswer(state, what.number, (answer) => ({ ...answer, asking: true, problem: null }));
    case "answer-failed":
      return withAnswer(state, what.number, (answer) => ({ ...answer, asking: false, problem: what.problem }));
    case "talk":
      return withTalk(state, what.number, (talk) => talkDid(talk, what.what));
  }
}

export function deskHeard(state: DeskState, channel: number, event: CoreEvent, nowMs: number): DeskState {
  if (event.event === "talk_opened") return withOpened(state, event.number, event.channel);
  const talk = state.talks.find((each) => each.channel === channel);
  if (talk !== undefined) {
    const inFront = state.visible && state.front === talk.number;
    return withTalk(state, talk.number, (before) => talkHeard(before, event, inFront));
  }
  if (channel !== deskChannel) return state;
  switch (event.event) {
    case "duty":
      return withDuty(state, event.state);
    case "request":
      return { ...state, queue: withRequest(state.queue, event, nowMs) };
    case "request_gone":
      return withoutRequest(state, event.number, event.why);
    case "notice":
      return event.code === "request_to_answer" ? withAnswering(state) : state;
    case "hand_over":
      return event.state === "handed" ? withGiver(state, event.name) : state;
    case "error":
      return withError(state, event.code);
    default:
      return state;
  }
}

function withDuty(state: DeskState, duty: Extract<StaffEvent, { event: "duty" }>["state"]): DeskState {
  const gone = duty === "off_duty" || duty === "refused";
  if (!gone) return { ...state, duty, asking: false, problem: duty === "on_duty" ? null : state.problem };
  return { ...state, duty: duty === "refused" ? duty : "off", asking: false, queue: [], gone: [] };
}

function withOpened(state: DeskState, number: number, channel: number): DeskState {
  const asked = state.queue.find((request) => request.number === number) ?? null;
  const talk = newTalk(number, channel, asked, asked === null ? state.handedBy : "");
  const queue = state.queue.filter((request) => request.number !== number);
  const goesThere = asked !== null || state.front === "queue"; // one handed over does not take the screen from another
  const next = { ...state, queue, talks: [...state.talks, talk], handedBy: asked === null ? "" : state.handedBy };
  return goesThere ? { ...next, front: number } : withTalk(next, number, (it) => ({ ...it, unread: 1 }));
}

// Told before the talk opens, or after.
function withGiver(state: DeskState, name: string): DeskState {
  const nameless = state.talks.find((talk) => talk.asked === null && talk.from === "" && talk.step === "opening");
  if (nameless === undefined) return { ...state, handedBy: name };
  return withTalk(state, nameless.number, (talk) => ({ ...talk, from: name }));
}

// The desk answers in the order in which it was asked; there is one at most of those that were left.
function withAnswering(state: DeskState): DeskState {
  const request = state.queue.find((each) => each.taking && each.left);
  if (request === undefined) return state;
  const { number, language, urgency, note, continuing } = request;
  const answer = { number, language, urgency, note, continuing, text: "", asking: false, problem: null };
  const queue = state.queue.filter((each) => each !== request);
  return { ...state, queue, answers: [...state.answers, answer], front: number };
}

type Why = Extract<StaffEvent, { event: "request_gone" }>["why"];

function withoutRequest(state: DeskState, number: number, why: Why): DeskState {
  const request = state.queue.find((each) => each.number === number);
  if (request !== undefined) {
    const queue = state.queue.filter((each) => each !== request);
    const gone = why === "taken" || why === "withdrawn" ? withGone(state.gone, request, why) : state.gone;
    return { ...state, queue, gone };
  }
  if (state.answers.some((each) => each.number === number)) return withoutAnswer(state, number, why);
  if (why === "lost") return withTalk(state, number, (talk) => ({ ...talk, lost: true }));
  if (why === "withdrawn") return withTalk(state, number, (talk) => ({ ...talk, withdrawn: true }));
  return state;
}

function withoutAnswer(state: DeskState, number: number, why: Why): DeskState {
  const code = why === "answered" || why === "put_back" || why === "ended" ? why : "lost";
  const answers = state.answers.filter((each) => each.number !== number);
  return toQueueFrom({ ...state, answers, news: { code, number } }, number);
}

// An error at the desk is of the search for a colleague, of an answer on its way, or of the desk as a whole.
function withError(state: DeskState, code: string): DeskState {
  if (code === "hand_over_missed") return { ...state, news: { code, number: 0 } };
  const looking = state.talks.find((talk) => talk.handOver?.step === "looking");
  if (looking !== undefined && code === "nobody_on_duty")
    return withTalk(state, looking.number, (talk) => talkDid(talk, { did: "nobody-found" }));
  if (looking !== undefined && code === "too_many_requests")
    return withTalk(state, looking.number, (talk) => talkDid(talk, { did: "failed", problem: { code } }));
  const sent = state.answers.find((answer) => answer.asking);
  if (sent !== undefined) return withAnswer(state, sent.number, (it) => ({ ...it, asking: false, problem: { code } }));
  const queue = state.queue.map((request) => ({ ...request, taking: false }));
  return { ...state, queue, asking: false, problem: { code } };
}

function withTaking(state: DeskState, number: number, taking: boolean): DeskState {
  return { ...state, queue: state.queue.map((it) => (it.number === number ? { ...it, taking } : it)) };
}

function withTalk(state: DeskState, number: number, how: (talk: Talk) => Talk): DeskState {
  return { ...state, talks: state.talks.map((talk) => (talk.number === number ? how(talk) : talk)) };
}

function withAnswer(state: DeskState, number: number, how: (answer: Answering) => Answering): DeskState {
  return { ...state, answers: state.answers.map((answer) => (answer.number === number ? how(answer) : answer)) };
}

// What is in front of her eyes is no news.
function seen(state: DeskState): DeskState {
  const { front } = state;
  return state.visible && front !== "queue" ? withTalk(state, front, (talk) => ({ ...talk, unread: 0 })) : state;
}

function toQueueFrom(state: DeskState, number: number): DeskState {
  return state.front === number ? { ...state, front: "queue" } : state;
}
