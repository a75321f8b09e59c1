// What the screens of staff stand in, once one of them has signed in: the worker, her account, the words, a place to
// draw. Signing in decides which screens these are: of a counsellor counsellor/desk-page, of everybody else
// staff/facilitator-page. Each exports `start(shell)`, which draws into `shell.place` and may go on using the shell
// until `onOver` is called; nothing of a person's may be kept after that.

import type { Command } from "../core/commands";
import type { CoreEvent } from "../core/events";
import type { Problem, Request, Told } from "../core/messages";
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

/** Asks the worker and passes on what it tells: one for the whole page. */
export class CoreLine {
  readonly #worker: Pick<Worker, "postMessage">;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #listeners = new Set<(channel: number, event: CoreEvent) => void>();
  readonly #broken: (why: "no-wasm" | "trap") => void;
  #lastId = 0;

  constructor(worker: Pick<Worker, "postMessage">, broken: (why: "no-wasm" | "trap") => void) {
    this.#worker = worker;
    this.#broken = broken;
  }

  ask(channel: number, command: Command): Promise<Answer> {
    return new Promise((answered) => {
      const request: Request = { id: ++this.#lastId, channel, command };
      this.#waiting.set(request.id, answered);
      this.#worker.postMessage(request);
    });
  }

  hear(listener: (channel: number, event: CoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  told(what: Told): void {
    switch (what.tell) {
      case "event":
        for (const listener of [...this.#listeners]) listener(what.channel, what.event);
        return;
      case "answer":
        this.#waiting.get(what.id)?.({ problem: what.problem, texts: what.texts });
        this.#waiting.delete(what.id);
        return;
      case "broken":
        this.#broken(what.why);
    }
  }

  /** Nobody waits or listens any more. */
  forget(): void {
    this.#waiting.clear();
    this.#listeners.clear();
  }
}
