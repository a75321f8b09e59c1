// mls_peer as a process: one line there, one line back.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

// A message that the core refused. `rule` is the rule's name.
export class Refused extends Error {
  constructor(rule, section) {
    super(`refused: ${rule} (${section})`);
    this.rule = rule;
  }
}

export class Peer {
  #process;
  #waiting = [];

  constructor(program) {
    this.#process = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.#waiting.shift().resolve(line));
    this.#process.on("exit", (code) => {
      for (const { reject } of this.#waiting) reject(new Error(`mls_peer ended with ${code}`));
    });
  }

  // The words of the answer.
  async ask(...words) {
    const line = await new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(words.join(" ") + "\n");
    });
    const [how, ...answer] = line.split(" ");
    if (how === "refused") throw new Refused(answer[0], answer.slice(1).join(" "));
    return answer;
  }

  end() {
    this.#process.stdin.end();
  }
}

export const hex = (bytes) => (bytes?.length ? Buffer.from(bytes).toString("hex") : "-");
export const unhex = (text) => (text === "-" ? new Uint8Array() : Uint8Array.from(Buffer.from(text, "hex")));
