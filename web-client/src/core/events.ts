// What the core tells: the JSON of client-lib/client/events.hpp, as types. Each event belongs to a channel
// (core/commands.ts), which stands beside it in core/messages.ts.
import type { Level, ReactionSign, Urgency } from "./commands";

export type Phase =
  "connecting" | "connected" | "waiting" | "in_group" | "reconnecting" | "removed" | "refused" | "ended" | "left";

export interface RosterMember {
  name: string;
  role: string;
  presence: "here" | "away";
  self: boolean;
  vouched: boolean;
  level?: Level; // of oneself; to staff: of everyone
}

/** What the organisation says to whoever is not safe: its own words, signed by its root. */
export interface TextInLanguage {
  language: string; // BCP 47
  text: string;
}

export type InviteState = "unused" | "at_door" | "let_in" | "void";

export type LaneKind = "raised_hand" | "private_note" | "not_safe" | "return_pass" | "words_seen" | "other";

export type MemberEvent =
  | { event: "state"; state: Phase }
  | { event: "not_safe_texts"; texts: TextInLanguage[] }
  | { event: "invitation"; group: string; rules: string; language: string; organisation: string; facilitator: string }
  | { event: "knocked"; id: string; ticket: string } // by its id a page that is loaded again takes its place
  | { event: "group_name"; name: string } // she came back by what tells no name
  | { event: "roster"; members: RosterMember[] }
  | {
      event: "message";
      from: string;
      role: string;
      text: string;
      seq: number;
      own: boolean;
      id?: string;
      reply_to?: number; // the seq of the message that it answers; 0: none
      through?: string; // the member of staff who passed a held message on
      warned?: boolean; // its author says that it may be hard to read
    }
  | { event: "reaction"; from: string; seq: number; sign: ReactionSign; own: boolean }
  | { event: "hidden"; author: string; seq: number; id: string; hidden: boolean }
  | { event: "pinned"; text: string; from: string }
  | { event: "notice"; code: string; text: string }
  | { event: "gap"; from_seq: number; to_seq: number }
  | { event: "composer"; open: boolean; why: string; wait_ms?: number }
  | { event: "error"; code: string; text: string }
  | { event: "talk"; from: string; text: string; own: boolean; name: string } // before admission; name: who knocks
  | { event: "agreed_word"; name: string; words: string }
  | { event: "lane"; kind: LaneKind; state: "sent" | "at_server" | "seen" | "nobody"; by: string }
  | { event: "return_words"; words: string }
  | {
      event: "order";
      kind: "set_level" | "lift" | "slow_mode" | "lock" | "remove";
      by: string; // empty: its time was over
      name: string;
      self: boolean;
      level: Level;
      seconds: number; // set_level: 0 until lifted; slow_mode: 0 off
      flag: boolean; // lock: locked
    }
  | {
      event: "held";
      from: string;
      text: string;
      number: number;
      state: "waiting" | "shown" | "not_passed_on";
      own: boolean;
    }
  | { event: "closing"; text: string; from: string; next_session: number } // Unix seconds; 0: not fixed
  | {
      event: "hand_over";
      state: "asked" | "agreed" | "declined" | "handed" | "here" | "failed";
      name: string;
      by: string;
    }
  // The worker has kept a ticket in the page's stead, or has to be given the place to keep it (core/ticket.ts).
  | { event: "ticket"; ticket: string };

export type AskingEvent =
  | {
      event: "desk";
      state: "looking" | "nobody" | "waiting" | "claimed" | "counsellor" | "broken_off" | "left";
      counsellors: number; // who can read the request
      can_leave: boolean; // nobody: it can be left for later
      name: string; // counsellor: hers
      words: string; // left: by which the answer is read
    }
  | {
      event: "answer";
      state: "answered" | "not_answered" | "no_such_answer";
      name: string;
      text: string;
      asked_at: number; // Unix seconds
      answered_at: number;
    };

export type StaffEvent =
  | { event: "invite"; link: string; words: string; for_staff: boolean; number: number }
  | {
      event: "invite_stands"; // what has become of one, hers or another facilitator's
      number: number;
      state: InviteState;
      names: string[]; // who waits by it, or was let in
      for_staff: boolean;
      own: boolean;
    }
  | {
      event: "knock";
      name: string;
      role: string;
      waiting: boolean; // false: she went away again, or was answered
      returning: boolean;
      was_removed: boolean;
      known_as: string; // by her return words: the name that stands in the group book
    }
  | { event: "hands"; names: string[] } // that are up, in order
  | { event: "note"; from: string; text: string; waiting: boolean }
  | { event: "alarm"; from: string; text: string; waiting: boolean; open: boolean }
  | { event: "erasure"; confirmed: number; of: number; final: boolean }
  // The group book has changed, sealed under its passphrase: the text of the file that she saves.
  | { event: "book"; file: string }
  | { event: "duty"; state: "connecting" | "on_duty" | "reconnecting" | "off_duty" | "refused" }
  | {
      event: "request";
      number: number;
      waiting_s: number;
      language: string;
      urgency: Urgency;
      note: string;
      continuing: boolean; // an earlier talk of hers was broken off
      left: boolean; // with nobody on duty
    }
  | { event: "request_gone"; number: number; why: "taken" | "withdrawn" | "ended" | "answered" | "put_back" | "lost" }
  | { event: "talk_opened"; number: number; channel: number }; // a request that was taken: the channel of its talk

export type CoreEvent = MemberEvent | AskingEvent | StaffEvent;

const readable = (event: unknown): event is CoreEvent =>
  typeof event === "object" && event !== null && "event" in event && typeof event.event === "string";

/** Null for what is no event. One that a page does not know is passed over by its state. */
export function readEvent(json: string): CoreEvent | null {
  const event: unknown = JSON.parse(json);
  return readable(event) ? event : null;
}
