// What a facilitator's screens show, as one value, and how it changes: by what the core tells (`hostTold`) and by what
// she does (`hostDid`). What people say is folded by core/conversation.ts, whoever reads it. No DOM, no worker.

import { type Conversation, emptyConversation, heard, wrote, type Wrote } from "../../core/conversation";
import type { CoreEvent, InviteState, Phase, StaffEvent } from "../../core/events";
import type { Problem } from "../../core/messages";
import type { Invitation } from "../../core/state";
import type { ChosenFile } from "../door";
import { firstPlan, type PlanDraft } from "./plan-draft";
import { knocked, type Knock, knockTalked, withWords } from "./knocks";

export type HostStep = "home" | "plan" | "join" | "asking" | "group" | "over";
export type Tab = "talk" | "people" | "needs"; // on a phone; beside each other where there is room
export type Sheet = "invites" | "running" | "ending" | "book";

export interface Note {
  key: string;
  from: string;
  text: string;
  waiting: boolean;
}
export interface Held {
  from: string;
  text: string;
  number: number;
}
/** `link` and `words` are empty when it is another facilitator's, and once nobody can come by it any more. */
export interface Invite {
  number: number;
  link: string;
  words: string;
  forStaff: boolean;
  own: boolean;
  stands: InviteState;
  names: string[]; // who waits by it, or was let in
}

/** Something that was done in the group, for whoever looks after it. */
export interface Done {
  key: string;
  what: "speaks" | "held" | "listens" | "lift" | "slow_mode" | "slow_mode_off" | "lock" | "unlock" | "remove" | "seen";
  by: string; // empty: its time was over
  name: string;
  seconds: number;
}

/** Something a facilitator has to know; she takes it off when she has read it. */
export interface Warning {
  key: string;
  code: string;
  text: string;
}

// How it ended: by the phase, or by a notice that says more.
const tellingNotices = ["elsewhere", "no_way_back", "session_elsewhere", "session_over"] as const;
export type Over = "ended" | "left" | "removed" | "refused" | (typeof tellingNotices)[number];

export interface HostState {
  step: HostStep;
  phase: Phase | null;
  asking: boolean; // a command of this step is on its way
  problem: Problem | null; // of what she did last
  plan: PlanDraft;
  trial: boolean; // a group with herself
  wayBack: boolean; // into the group that this tab was in a moment ago
  link: string; // of a colleague
  invitation: Invitation | null; // of a colleague
  groupName: string; // of the group that she is in
  talk: Conversation;
  knocks: Knock[];
  hands: string[];
  notes: Note[];
  alarms: Note[];
  held: Held[];
  warnings: Warning[];
  lately: Done[];
  invites: Invite[];
  inviting: boolean;
  copied: boolean | null; // whether the browser let the page copy; null: not asked
  locked: boolean;
  slowSeconds: number;
  tab: Tab;
  sheet: Sheet | null;
  person: string; // whose orders are open; empty: nobody's
  removing: boolean; // that person: she is asked whether she means it
  door: string; // which of those who wait is open
  refusing: boolean; // that one
  refusal: string; // kind words with it
  pin: string;
  lastWords: string;
  undoable: string; // what she did last, as an id of its words; empty: nothing any more
  undoName: string;
  mayMakeAnew: boolean;
  book: { name: string; text: string; saved: boolean } | null;
  erasure: { confirmed: number; of: number; final: boolean } | null;
  notice: string;
  over: Over | null;
  counter: number; // makes keys
}

export type HostDid =
  | { did: "went-to"; step: HostStep; trial?: boolean }
  | { did: "found-way-back" }
  | { did: "goes-back" }
  | { did: "plan"; change: Partial<PlanDraft> }
  | { did: "link"; text: string }
  | { did: "asked" }
  | { did: "failed"; problem: Problem }
  | { did: "answered" } // well
  | { did: "read-problem" }
  | { did: "wrote"; what: Wrote }
  | { did: "tab"; tab: Tab }
  | { did: "sheet"; sheet: Sheet | null }
  | { did: "person"; name: string }
  | { did: "removing"; removing: boolean }
  | { did: "door"; name: string }
  | { did: "door-draft"; name: string; text: string }
  | { did: "refusing"; refusing: boolean }
  | { did: "refusal"; text: string }
  | { did: "noted"; key: string } // she has read a note
  | { did: "warned"; key: string }
  | { did: "pin"; text: string }
  | { did: "last-words"; text: string }
  | { did: "inviting" }
  | { did: "copied"; well: boolean }
  | { did: "did-undoable"; what: string; name: string }
  | { did: "undo-over" }
  | { did: "saved-book" };

export function firstHost(): HostState {
  return {
    step: "home",
    phase: null,
    asking: false,
    problem: null,
    plan: firstPlan,
    trial: false,
    wayBack: false,
    link: "",
    invitation: null,
    groupName: "",
    talk: emptyConversation(),
    knocks: [],
    hands: [],
    notes: [],
    alarms: [],
    held: [],
    warnings: [],
    lately: [],
    invites: [],
    inviting: false,
    copied: null,
    locked: false,
    slowSeconds: 0,
    tab: "talk",
    sheet: null,
    person: "",
    removing: false,
    door: "",
    refusing: false,
    refusal: "",
    pin: "",
    lastWords: "",
    undoable: "",
    undoName: "",
    mayMakeAnew: false,
    book: null,
    erasure: null,
    notice: "",
    over: null,
    counter: 0,
  };
}

export function hostDid(state: HostState, what: HostDid): HostState {
  switch (what.did) {
    case "went-to": // a plan that is half made is kept, but no passphrase of a book
      return {
        ...firstHost(),
        plan: { ...state.plan, bookPassphrase: "", bookAgain: "" },
        step: what.step,
        trial: what.trial ?? false,
      };
    case "found-way-back":
      return { ...state, wayBack: true };
    case "goes-back":
      return { ...state, step: "asking", phase: "reconnecting" };
    case "plan":
      return { ...state, plan: { ...state.plan, ...what.change }, problem: null };
    case "link":
      return { ...state, link: what.text, problem: null };
    case "asked":
      return { ...state, asking: true, problem: null };
    case "failed":
      return { ...state, asking: false, inviting: false, problem: what.problem };
    case "answered":
      return { ...state, asking: false, problem: null };
    case "read-problem":
      return { ...state, problem: null };
    case "wrote":
      return { ...state, talk: wrote(state.talk, what.what) };
    case "tab":
      return { ...state, tab: what.tab, sheet: null };
    case "sheet":
      return { ...state, sheet: what.sheet, copied: null, pin: state.talk.pinned?.text ?? "", problem: null };
    case "person":
      return { ...state, person: state.person === what.name ? "" : what.name, removing: false };
    case "removing":
      return { ...state, removing: what.removing };
    case "door":
      return { ...state, door: state.door === what.name ? "" : what.name, refusing: false, refusal: "" };
    case "door-draft":
      return { ...state, knocks: state.knocks.map((it) => (it.name === what.name ? { ...it, draft: what.text } : it)) };
    case "refusing":
      return { ...state, refusing: what.refusing };
    case "refusal":
      return { ...state, refusal: what.text };
    case "noted":
      return { ...state, notes: state.notes.filter((note) => note.key !== what.key) };
    case "warned":
      return { ...state, warnings: state.warnings.filter((warning) => warning.key !== what.key) };
    case "pin":
      return { ...state, pin: what.text };
    case "last-words":
      return { ...state, lastWords: what.text };
    case "inviting":
      return { ...state, inviting: true, problem: null };
    case "copied":
      return { ...state, copied: what.well };
    case "did-undoable":
      return { ...state, undoable: what.what, undoName: what.name, problem: null };
    case "undo-over":
      return { ...state, undoable: "", undoName: "" };
    case "saved-book":
      return { ...state, book: state.book && { ...state.book, saved: true } };
  }
}

/** What the core tells of the group's channel. */
export function hostTold(state: HostState, event: CoreEvent): HostState {
  // After the end only what was erased, and the last state of the book, still count.
  if (state.over !== null && event.event !== "erasure" && event.event !== "book") return state;
  switch (event.event) {
    case "state":
      return phaseIs(state, event.state);
    case "group_name":
      return { ...state, groupName: event.name };
    case "invitation": {
      const { event: _, ...invitation } = event;
      return { ...state, invitation, asking: false };
    }
    case "notice":
      return noticed(state, event);
    case "error":
      return { ...state, asking: false, inviting: false, problem: { code: event.code } };
    case "talk":
      return { ...state, knocks: knockTalked(state.knocks, event) };
    case "agreed_word":
      return { ...state, knocks: withWords(state.knocks, event) };
    case "order":
      return ordered(state, event);
    case "held":
      return event.own ? { ...state, talk: heard(state.talk, event) } : heldOf(state, event);
    case "knock":
    case "hands":
    case "note":
    case "alarm":
    case "invite":
    case "invite_stands":
    case "erasure":
    case "book":
      return staffTold(state, event);
    default:
      return { ...state, talk: heard(state.talk, event) };
  }
}

function staffTold(state: HostState, event: StaffEvent): HostState {
  switch (event.event) {
    case "knock": {
      const knocks = knocked(state.knocks, event);
      const door = knocks.some((it) => it.name === state.door) ? state.door : "";
      return { ...state, knocks, door };
    }
    case "hands":
      return { ...state, hands: event.names };
    case "note":
      return keyed(state, (key) => ({ notes: [...state.notes, noteOf(key, event)] }));
    case "alarm":
      return alarmed(state, event);
    case "invite": {
      const { words, for_staff: forStaff } = event;
      const link = forStaff ? event.link.replace("/join#", "/staff#") : event.link; // where a colleague signs in
      const invite: Invite = { number: event.number, link, words, forStaff, own: true, stands: "unused", names: [] };
      return { ...state, inviting: false, invites: withInvite(state.invites, invite) };
    }
    case "invite_stands":
      return { ...state, invites: withInvite(state.invites, standing(state.invites, event)) };
    case "erasure":
      return { ...state, erasure: { confirmed: event.confirmed, of: event.of, final: event.final } };
    case "book":
      return { ...state, book: { name: state.book?.name ?? "", text: event.file, saved: false } };
    default:
      return state;
  }
}

const withInvite = (invites: Invite[], changed: Invite): Invite[] =>
  [...invites.filter((it) => it.number !== changed.number), changed].sort((a, b) => a.number - b.number);

// What nobody can come by any more is not kept.
function standing(invites: Invite[], event: Extract<StaffEvent, { event: "invite_stands" }>): Invite {
  const { number, state: stands, names, for_staff: forStaff, own } = event;
  const known = isOpen(stands) ? invites.find((it) => it.number === number) : undefined;
  return { number, link: known?.link ?? "", words: known?.words ?? "", forStaff, own, stands, names };
}

export const isOpen = (stands: InviteState): boolean => stands === "unused" || stands === "at_door";

function phaseIs(state: HostState, phase: Phase): HostState {
  const next = { ...state, phase };
  switch (phase) {
    case "waiting":
      return { ...next, step: state.step === "group" ? "group" : "asking", asking: false };
    case "in_group":
      if (state.step === "group") return { ...next, mayMakeAnew: false };
      return { ...entered(next), asking: false, problem: null, mayMakeAnew: false, plan: firstPlan };
    case "refused":
      // The invite did not open, or her group could not be: she may try again.
      if (state.step === "join" || state.step === "plan")
        return { ...next, asking: false, problem: state.problem ?? { code: "no_such_card" } };
      return over(next, "refused");
    case "ended":
    case "left":
    case "removed":
      return over(next, phase);
    default:
      return next;
  }
}

// A group that goes on by its book has the name that the core has read in it.
function entered(state: HostState): HostState {
  const { invitation, plan } = state;
  return { ...state, step: "group", groupName: invitation?.group || plan.name.trim() || state.groupName };
}

// What was said is gone from the page's memory as soon as it is over; the book is not, until she has saved it.
function over(state: HostState, why: Over): HostState {
  const { phase, groupName, book, erasure, trial, plan } = state;
  const told = tellingNotices.find((code) => code === state.notice);
  return { ...firstHost(), step: "over", over: told ?? why, phase, groupName, book, erasure, trial, plan };
}

const warningCodes = [
  "invite_seen_twice",
  "agreed_word_wrong_thrice",
  "staff_list_differs",
  "staff_revoked",
  "log_forked",
  "pulse_differs",
  "room_full",
  "unlocked",
  "not_ordered",
  "book_not_saved",
  "book_full",
  "book_other_group",
  "book_entry_writer",
  "book_entry_signature",
  "book_entry_form",
];

function noticed(state: HostState, event: Extract<CoreEvent, { event: "notice" }>): HostState {
  const { code, text } = event;
  if (code === "may_make_anew") return { ...state, mayMakeAnew: true };
  const next = { ...state, notice: code };
  if (warningCodes.includes(code))
    return keyed(next, (key) => ({ warnings: [...state.warnings, { key, code, text }] }));
  return { ...next, talk: heard(state.talk, event) };
}

const latelyMax = 30;

function ordered(state: HostState, event: Extract<CoreEvent, { event: "order" }>): HostState {
  const { kind, by, name, seconds, flag } = event;
  const locked = kind === "lock" ? flag : state.locked;
  const slowSeconds = kind === "slow_mode" ? seconds : state.slowSeconds;
  const what: Done["what"] =
    kind === "set_level"
      ? event.level
      : kind === "lock"
        ? flag
          ? "lock"
          : "unlock"
        : kind === "slow_mode" && seconds === 0
          ? "slow_mode_off"
          : kind;
  return keyed({ ...state, locked, slowSeconds }, (key) => ({
    lately: [{ key, what, by, name, seconds }, ...state.lately].slice(0, latelyMax),
    person: kind === "remove" && name === state.person ? "" : state.person,
  }));
}

function heldOf(state: HostState, event: Extract<CoreEvent, { event: "held" }>): HostState {
  const others = state.held.filter((it) => it.number !== event.number);
  const { from, text, number } = event;
  return { ...state, held: event.state === "waiting" ? [...others, { from, text, number }] : others };
}

function alarmed(state: HostState, event: Extract<StaffEvent, { event: "alarm" }>): HostState {
  if (event.open) return keyed(state, (key) => ({ alarms: [...state.alarms, noteOf(key, event)] }));
  const at = state.alarms.findIndex((alarm) => alarm.from === event.from);
  if (at === -1) return state;
  return keyed(state, (key) => ({
    alarms: state.alarms.filter((_, i) => i !== at),
    lately: [{ key, what: "seen" as const, by: "", name: event.from, seconds: 0 }, ...state.lately],
  }));
}

const noteOf = (key: string, { from, text, waiting }: Omit<Note, "key">): Note => ({ key, from, text, waiting });

function keyed(state: HostState, change: (key: string) => Partial<HostState>): HostState {
  return { ...state, ...change(`it-${state.counter}`), counter: state.counter + 1 };
}

/** What closing the tab would lose. */
export function hasUnsaved(state: HostState): boolean {
  return state.book !== null && !state.book.saved;
}

export type { ChosenFile };
