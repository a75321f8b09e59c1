// What can be asked of the core: each command is its name and its arguments, in the order in which the core takes them
// (client-lib/wasm/commands.hpp; a test holds the two lists against each other). They are carried out on a channel: one
// connection to the relay with one client behind it. What opens a channel is said to the channel that it is to be.

export type ReactionSign = "heart" | "thanks" | "hug" | "strength" | "sad" | "yes" | "none";
export type Level = "speaks" | "held" | "listens"; // held: what she writes goes to a facilitator first
export type Urgency = "calm" | "soon" | "now" | "not_safe";
export type Flag = 0 | 1;

/** Opens a channel to a group, or works on one that is open: anybody's. */
export type MemberCommand =
  | [what: "open-link", fragment: string]
  | [what: "open-words", words: string] // the worker adds the organisation's file
  | [what: "return-by", ticket: string] // a reloaded or discarded tab; staff must have signed in
  | [what: "whose"] // answers with the fingerprint of the organisation's root that a link or ticket named, or ""
  | [what: "knock", name: string]
  | [what: "knock-anew", name: string, id: string] // in place of the knock of this id, which a reload lost
  | [what: "say", text: string]
  | [what: "reply", seq: number, text: string]
  | [what: "say-warned", replyTo: number, text: string] // may be hard to read; 0: answers nothing
  | [what: "react", seq: number, sign: ReactionSign]
  | [what: "hide", seq: number, hidden: Flag] // her own; staff: anybody's
  | [what: "hand", up: Flag]
  | [what: "note", text: string] // to staff alone
  | [what: "not-safe", text: string] // may be empty
  | [what: "return-words"] // answered by an event of the same name
  | [what: "words-seen"] // somebody else has seen them
  | [what: "agree", agrees: Flag] // to being handed over
  | [what: "leave"]
  // "Remember me": up to 512 bytes, always sealed to the same length, under a PIN or words. Answers with one text. A
  // wrong one: "decryption".
  | [what: "seal", secret: string, passphrase: string]
  | [what: "unseal", sealed: string, passphrase: string];

/** "Talk to someone alone": on a channel of its own. `say`, `agree` and `leave` work there too. */
export type AskingCommand =
  | [what: "of", fingerprint: string] // the organisation has to fit it; the worker asks the group's module for it
  | [what: "ask", language: string, urgency: Urgency, note: string, name: string]
  | [what: "leave-request"] // with nobody on duty: for later
  | [what: "read-answer", words: string]; // the worker adds the organisation's file

/** Of the whole worker, on no channel (0): staff's keys. Passphrases and keys never leave the worker in clear. */
export type StaffCommand =
  // Answers with three texts: the request to be certified, the sealed keys, and the key in hex, to compare by voice.
  | [what: "make-keys", name: string, passphrase: string]
  // The texts of FILE.staff and FILE.keys. Answers with name, role and the certificate's last day (Unix seconds).
  | [what: "sign-in", certificate: string, keys: string, passphrase: string]
  | [what: "desk-key", keys: string, passphrase: string] // of the organisation: to read requests that were left
  | [what: "open-book", book: string, passphrase: string] // before the host that goes on by it; empty: a new one
  | [what: "sign-out"];

/** A facilitator's, on the channel of her group. */
export type FacilitatorCommand =
  | [what: "host", plan: string] // a Plan as JSON
  | [what: "knock-as-staff"] // after open-link or open-words
  | [what: "invite", forStaff: Flag]
  | [what: "revoke-invite", number: number] // who waits by it still waits
  | [what: "revoke-invites"] // every one by which nobody was let in
  | [what: "admit", name: string, level: Level | ""] // "*": everyone who waits; "": the room's level for newcomers
  | [what: "refuse", name: string, words: string]
  | [what: "agreed-word", name: string]
  | [what: "wrong-word", name: string]
  | [what: "talk", name: string, text: string] // to one who waits
  | [what: "seen", name: string] // her alarm
  | [what: "lock", locked: Flag, clear: Flag]
  | [what: "remove", name: string]
  | [what: "set-level", name: string, level: Level, seconds: number] // 0: until lifted
  | [what: "lift", name: string]
  | [what: "slow-mode", seconds: number] // 0: off
  | [what: "pin", text: string] // empty: takes down
  | [what: "release", name: string]
  | [what: "decline", name: string]
  | [what: "undo"]
  | [what: "make-anew"]
  | [what: "end", lastWords: string];

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
  | [what: "go-on-duty", languages: string] // tags with commas between them
  | [what: "go-off-duty"]
  | [what: "take", number: number]
  | [what: "end-request", number: number] // the talk of it ends with it
  | [what: "answer", number: number, text: string] // one that was left
  | [what: "put-back", number: number]
  | [what: "hand-over", number: number, colleague: string]; // asks the survivor first

export type CoreCommand = MemberCommand | AskingCommand | StaffCommand | FacilitatorCommand | CounsellorCommand;

/** What the worker does without the core. */
export type WorkerCommand =
  | [what: "look"] // the page is visible again: is the connection still alive?
  | [what: "close"] // this channel, without a word to the relay
  | [what: "forget"]; // wipes everything; the next open begins afresh

export type Command = CoreCommand | WorkerCommand;

// Channels that have a fixed number. A counsellor's talks are numbered from firstTalkChannel up.
export const groupChannel = 0;
export const aloneChannel = 1;
export const deskChannel = 2;
export const firstTalkChannel = 8;
