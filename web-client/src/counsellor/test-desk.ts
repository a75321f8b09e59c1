// For the tests of the desk: events as the core tells them, folded into a state.
import { deskChannel, firstTalkChannel } from "../core/commands";
import type { CoreEvent, StaffEvent } from "../core/events";
import memberEnglish from "../locales/en.po";
import memberLater from "../locales/en.po?later";
import staffEnglish from "../staff/locales/en.po";
import { wordsIn } from "../words";
import { deskHeard, type DeskState, firstDesk } from "./desk";
import type { Say } from "./desk-words";
import english from "./locales/en.po";

export const nowMs = 1_800_000_000_000;
export const say: Say = {
  desk: wordsIn("en", memberEnglish, memberLater, english),
  staff: wordsIn("en", memberEnglish, memberLater, staffEnglish),
  members: wordsIn("en", memberEnglish, memberLater),
};

type RequestEvent = Extract<StaffEvent, { event: "request" }>;

export function request(number: number, more: Partial<RequestEvent> = {}): RequestEvent {
  const about = { waiting_s: 0, language: "en", urgency: "calm", note: "", continuing: false, left: false } as const;
  return { event: "request", number, ...about, ...more };
}

export const channelOf = (number: number) => firstTalkChannel + number;
export const opened = (number: number): CoreEvent => ({
  event: "talk_opened",
  number,
  channel: channelOf(number),
});
export const gone = (number: number, why: Extract<StaffEvent, { event: "request_gone" }>["why"]): CoreEvent => ({
  event: "request_gone",
  number,
  why,
});

export const atDesk = (state: DeskState, ...events: CoreEvent[]) =>
  events.reduce((before, event) => deskHeard(before, deskChannel, event, nowMs), state);
export const inTalk = (state: DeskState, number: number, ...events: CoreEvent[]) =>
  events.reduce((before, event) => deskHeard(before, channelOf(number), event, nowMs), state);

export const onDuty = (...events: CoreEvent[]) =>
  atDesk(firstDesk(["en"]), { event: "duty", state: "on_duty" }, ...events);

/** She has come in, and this is what she said. */
export const comesIn = (name: string): CoreEvent => ({
  event: "roster",
  members: [
    { name: "Celia", role: "counsellor", presence: "here", self: true, vouched: true },
    { name, role: "member", presence: "here", self: false, vouched: true },
  ],
});
export const says = (from: string, text: string): CoreEvent => ({
  event: "message",
  from,
  role: from === "Celia" ? "counsellor" : "member",
  text,
  seq: 1,
  own: from === "Celia",
});

/** A state with this talk open, and somebody in it. */
export const talking = (state: DeskState, number: number, name = "Guest") =>
  inTalk(
    atDesk(state, request(number), opened(number)),
    number,
    { event: "state", state: "in_group" },
    { event: "composer", open: true, why: "" },
    comesIn(name),
  );
