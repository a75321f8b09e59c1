// The line to the worker: requests go out with a number, and each answer comes to whoever asked.
import type { Command } from "./commands";
import type { Problem, Request, Told } from "./messages";

export type Answered = (problem: Problem | null, texts: string[]) => void;
export type News = Exclude<Told, { tell: "answer" }>;

export class CoreLine {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Answered>();
  #lastId = 0;

  constructor(worker: Worker, hear: (news: News) => void) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if (data.tell !== "answer") return hear(data);
      this.#waiting.get(data.id)?.(data.problem, data.texts);
      this.#waiting.delete(data.id);
    });
    worker.addEventListener("error", () => hear({ tell: "broken", why: "no-wasm" }));
  }

  ask(channel: number, command: Command, answered: Answered = () => undefined): void {
    const request: Request = { id: ++this.#lastId, channel, command };
    this.#waiting.set(request.id, answered);
    this.#worker.postMessage(request);
  }
}
