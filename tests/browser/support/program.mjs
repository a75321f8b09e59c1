// One program as a child process: lines are typed into it, and what it says is waited for. It ends with the test,
// whichever way the test ends.

import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createInterface } from "node:readline";

const patienceMs = 30_000; // the most that a test waits for a condition
const started = [];

/** Ends what was started, the last first. */
export async function endAll() {
  for (const program of started.reverse()) await program.end().catch(() => program.kill());
}

export class Program {
  #child;
  #name;
  #lines = [];
  #read = 0; // lines that were waited for
  #ended = false;
  #news = new EventEmitter();

  constructor(path, args) {
    this.#name = path.split("/").at(-1);
    // A test that is killed leaves no program behind.
    this.#child = spawn("setpriv", ["--pdeathsig", "KILL", path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdin.on("error", () => null); // it has ended; whoever waits for an answer hears of it
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      this.#lines.push(line);
      this.#news.emit("news");
    });
    this.#child.on("close", () => {
      this.#ended = true;
      this.#news.emit("news");
    });
    started.push(this);
  }

  say(line) {
    this.#child.stdin.write(`${line}\n`);
  }

  /** The first line after the last one found for which `wanted` holds. */
  line(wanted, what) {
    return this.#until(() => {
      while (this.#read < this.#lines.length) {
        const line = this.#lines[this.#read++];
        if (wanted(line)) return line;
      }
    }, what);
  }

  /** The same, of the events of a program with --json. */
  async event(wanted, what) {
    return JSON.parse(await this.line((line) => line.startsWith("{") && wanted(JSON.parse(line)), what));
  }

  /** The newest event of this name, as soon as `wanted` holds for it. Whatever was found before counts as well. */
  newest(name, wanted, what) {
    return this.#until(() => {
      const event = this.#events(name).at(-1);
      return event !== undefined && wanted(event) ? event : undefined;
    }, what);
  }

  /** All messages so far, in the order in which they came. */
  messages() {
    return this.#events("message");
  }

  /** Until it has heard each of these texts, in whatever order. */
  hears(texts) {
    return this.#until(
      () => {
        const heard = new Set(this.messages().map((message) => message.text));
        return texts.every((text) => heard.has(text)) || undefined;
      },
      `the texts ${texts.join(", ")}`,
    );
  }

  /** Its exit status, when it has ended and all it said is here. */
  async exit() {
    await this.#until(() => this.#ended || undefined, "its end");
    return this.#child.exitCode;
  }

  /** Asks it to end, and says how it did. */
  end() {
    if (!this.#ended) this.#child.kill("SIGTERM");
    return this.exit();
  }

  /** Sends a signal, and does not wait. */
  signal(name) {
    this.#child.kill(name);
  }

  kill() {
    this.#child.kill("SIGKILL");
  }

  #events(name) {
    return this.#lines
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line))
      .filter((event) => event.event === name);
  }

  // What `look` finds; looked for again whenever there is something new.
  async #until(look, what) {
    const deadline = AbortSignal.timeout(patienceMs);
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      const said = `${this.#name} said:\n${this.#lines.join("\n")}`;
      if (this.#ended) throw new Error(`the program ended before ${what}; ${said}`);
      if (deadline.aborted) throw new Error(`waited in vain for ${what}; ${said}`);
      await once(this.#news, "news", { signal: deadline }).catch(() => null);
    }
  }
}
