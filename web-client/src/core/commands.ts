// What can be asked of the core: each command is its name and its arguments, in the order in which the core takes them
// (client-lib/wasm/commands.hpp; a test holds the two lists against each other). They are carried out on a channel: one
// connection to the relay with one client behind it. What opens a channel is said to the channel that it is to be.

export type ReactionSign = "heart" | "thanks" | "hug" | "strength" | "sad" | "yes" | "none";
export type Level = "speaks" | "held" | "listens"; // held: what she writes goes to a facilitator first
export type Urgency = "calm" | "soon" | "now" | "not_safe";
export type Flag = 0 | 1;

/** Opens a channel to a group, or works on one that is open: anybody's. */
export type MemberCommand =
  | [do: "open-link", fragment: string]
  | [do: "open-words", words: string] // the worker adds the organisation's file
  | [do: "return-by", ticket: string] // a reloaded or discarded tab; staff must have signed in
  | [do: "knock", name: string]
  | [do: "say", text: string]
  | [do: "reply", seq: number, text: string]
  | [do: "react", seq: number, sign: ReactionSign]
  | [do: "hide", seq: number, hidden: Flag] // her own; staff: anybody's
  | [do: "hand", up: Flag]
  | [do: "note", text: string] // to staff alone
  | [do: "not-safe", text: string] // may be empty
  | [do: "return-words"] // answered by an event of the same name
  | [do: "words-seen"] // somebody else has seen them
  | [do: "agree", agrees: Flag] // to being handed over
  | [do: "leave"];

/** "Talk to someone alone": on a channel of its own. `say`, `agree` and `leave` work there too. */
export type AskingCommand =
  | [do: "ask", language: string, urgency: Urgency, note: string, name: string]
  | [do: "leave-request"] // with nobody on duty: for later
  | [do: "read-answer", words: string]; // the worker adds the organisation's file

/** Of the whole worker, on no channel (0): staff's keys. Passphrases and keys never leave the worker in clear. */
export type StaffCommand =
  // Answers with two texts, the request to be certified and the sealed keys.
  | [do: "make-keys", name: string, passphrase: string]
  // The texts of FILE.staff and FILE.keys. Answers with name, role and the certificate's last day (Unix seconds).
  | [do: "sign-in", certificate: string, keys: string, passphrase: string]
  | [do: "desk-key", keys: string, passphrase: string] // of the organisation: to read requests that were left
  | [do: "open-book", book: string, passphrase: string] // before the host that goes on by it; empty: a new one
  | [do: "sign-out"];

/** A facilitator's, on the channel of her group. */
export type FacilitatorCommand =
  | [do: "host", plan: string] // a Plan as JSON
  | [do: "knock-as-staff"] // after open-link or open-words
  | [do: "invite", forStaff: Flag]
  | [do: "revoke-invites"]
  | [do: "admit", name: string, level: Level | ""] // "*": everyone who waits; "": the room's level for newcomers
  | [do: "refuse", name: string, words: string]
  | [do: "agreed-word", name: string]
  | [do: "wrong-word", name: string]
  | [do: "talk", name: string, text: string] // to one who waits
  | [do: "seen", name: string] // her alarm
  | [do: "lock", locked: Flag, clear: Flag]
  | [do: "remove", name: string]
  | [do: "set-level", name: string, level: Level, seconds: number] // 0: until lifted
  | [do: "lift", name: string]
  | [do: "slow-mode", seconds: number] // 0: off
  | [do: "pin", text: string] // empty: takes down
  | [do: "release", name: string]
  | [do: "decline", name: string]
  | [do: "undo"]
  | [do: "make-anew"]
  | [do: "end", lastWords: string];

export interface Plan {
  name: string;
  rules: string;
  language: string;
  minutes: number;
  members_max: number;
  newcomers: Level;
  slow_mode_seconds: number;
}

/** A counsellor's, on the channel of the desk; her talks come as channels of their own, each told by `talk-opened`. */
export type CounsellorCommand =
  | [do: "go-on-duty", languages: string] // tags with commas between them
  | [do: "go-off-duty"]
  | [do: "take", number: number]
  | [do: "end-request", number: number] // the talk of it ends with it
  | [do: "answer", number: number, text: string] // one that was left
  | [do: "put-back", number: number]
  | [do: "hand-over", number: number, colleague: string]; // asks the survivor first

export type CoreCommand = MemberCommand | AskingCommand | StaffCommand | FacilitatorCommand | CounsellorCommand;

/** What the worker does without the core. */
export type WorkerCommand =
  | [do: "look"] // the page is visible again: is the connection still alive?
  | [do: "close"] // this channel, without a word to the relay
  | [do: "forget"]; // wipes everything; the next open begins afresh

export type Command = CoreCommand | WorkerCommand;

// Channels that have a fixed number. A counsellor's talks are numbered from firstTalkChannel up.
export const groupChannel = 0;
export const aloneChannel = 1;
export const deskChannel = 2;
export const firstTalkChannel = 8;
