// Those who wait to be let in: what is known of each, what was said with her, the five words to compare.

import type { MemberEvent, StaffEvent } from "../../core/events";

export interface Knock {
  name: string;
  role: string;
  returning: boolean;
  wasRemoved: boolean;
  knownAs: string; // the name that stands in the group book, by her return words
  words: string; // to compare; empty until she has asked for them
  talk: { key: string; from: string; text: string; own: boolean }[];
  draft: string;
}

export function knocked(knocks: Knock[], event: Extract<StaffEvent, { event: "knock" }>): Knock[] {
  const before = knocks.find((it) => it.name === event.name);
  const others = knocks.filter((it) => it.name !== event.name);
  if (!event.waiting) return others;
  const knock: Knock = {
    name: event.name,
    role: event.role,
    returning: event.returning,
    wasRemoved: event.was_removed,
    knownAs: event.known_as,
    words: before?.words ?? "",
    talk: before?.talk ?? [],
    draft: before?.draft ?? "",
  };
  return before === undefined ? [...knocks, knock] : knocks.map((it) => (it === before ? knock : it));
}

export function knockTalked(knocks: Knock[], event: Extract<MemberEvent, { event: "talk" }>): Knock[] {
  const { from, text, own } = event;
  return knocks.map((it) =>
    it.name === event.name ? { ...it, talk: [...it.talk, { key: `${it.talk.length}`, from, text, own }] } : it,
  );
}

export function withWords(knocks: Knock[], event: Extract<MemberEvent, { event: "agreed_word" }>): Knock[] {
  return knocks.map((it) => (it.name === event.name ? { ...it, words: event.words } : it));
}
