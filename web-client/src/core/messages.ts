// What page and worker say to each other.
import type { Command } from "./commands";
import type { CoreEvent } from "./events";

export interface Request {
  id: number;
  channel: number;
  command: Command;
}

/** A command that could not be meant: the rule's name, and for words_unknown which ones they are. */
export interface Problem {
  code: string;
  words?: string[];
}

export type Told =
  | { tell: "event"; channel: number; event: CoreEvent }
  | { tell: "answer"; id: number; problem: Problem | null; texts: string[] } // texts: what the command answers with
  | { tell: "broken"; why: "no-wasm" | "trap" };
