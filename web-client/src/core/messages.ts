// What page and worker say to each other.
import type { CoreEvent } from "./events";

export type Command =
  | { do: "open-link"; fragment: string }
  | { do: "open-words"; words: string }
  | { do: "knock"; name: string }
  | { do: "say"; text: string }
  | { do: "leave" }
  | { do: "look" } // the page is visible again: is the connection still alive?
  | { do: "forget" }; // wipes everything; the next open begins afresh

export interface Request {
  id: number;
  command: Command;
}

/** A command that could not be meant: the rule's name, and for words_unknown which ones they are. */
export interface Problem {
  code: string;
  words?: string[];
}

export type Told =
  | { tell: "event"; event: CoreEvent }
  | { tell: "answer"; id: number; problem: Problem | null }
  | { tell: "broken"; why: "no-wasm" | "trap" };
