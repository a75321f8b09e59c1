// What the screens of staff stand in, once one of them has signed in: the worker, her account, the words, a place to
// draw. Signing in decides which screens these are: of a counsellor counsellor/desk-page, of everybody else
// staff/facilitator-page. Each exports `start(shell)`, which draws into `shell.place` and may go on using the shell
// until `onOver` is called; nothing of a person's may be kept after that.

import type { Command } from "../core/commands";
import type { CoreEvent } from "../core/events";
import type { Problem } from "../core/messages";
import type { Words } from "../words";
import type { StaffWords } from "./staff-words";

/** Who has signed in, as her certificate says. */
export interface Account {
  name: string;
  role: string; // facilitator, counsellor, mediator, lead
  lastDay: number; // of the certificate, in Unix seconds
}

/** How a command ended. `texts`: what it answers with, if it is one that answers. */
export interface Answer {
  problem: Problem | null;
  texts: string[];
}

export interface Shell {
  readonly account: Account;
  readonly place: HTMLElement; // empty; the exit is outside of it
  readonly words: Words; // of the members' page, for the views that are shared with it
  readonly staffWords: StaffWords;
  ask(channel: number, command: Command): Promise<Answer>;
  /** Every event from now on, of every channel. Answers with what ends it. */
  hear(listener: (channel: number, event: CoreEvent) => void): () => void;
  /** Wipes everything in the worker and goes back to the first screen. */
  signOut(): void;
  /** Runs once, when she signs out, leaves quickly, or the core has stopped. Must not wait. */
  onOver(forget: () => void): void;
}

/** What counsellor/desk-page and staff/facilitator-page export as `start`. */
export type StartScreens = (shell: Shell) => void;
