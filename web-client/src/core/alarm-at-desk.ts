// An alarm that nobody in the group has seen for a minute goes to the support desk, as a request of its own beside the
// group. Decides only when, and when it need not any more. Specification: docs/protocol.md, 8.1 and 14.
import type { Command } from "./commands";
import type { CoreEvent } from "./events";

const noteBytesMax = 1_000; // protocol/limits.hpp, desk_note_bytes_max
const over = new Set(["removed", "refused", "ended", "left"]);

/** As much of it as a request holds; a letter is never cut in two. */
function beginningOf(words: string): string {
  const bytes = new TextEncoder().encode(words);
  if (bytes.length <= noteBytesMax) return words;
  return new TextDecoder().decode(bytes.subarray(0, noteBytesMax)).replace(/\uFFFD$/, "");
}

export class AlarmAtDesk {
  #words = "";
  #name = "";
  #language = "en";
  #asking = false; // something is on the alone channel, be it hers or ours
  #ours = false;
  #answered = false;

  /** Whatever she does in her group, and alone. */
  did(command: Command): void {
    if (command[0] === "not-safe") this.#words = command[1];
    if (command[0] === "knock") this.#name = command[1];
    if (command[0] === "ask") this.#asking = true;
  }

  /** What her group tells. Answers with what is to be done at the desk, if anything. */
  heard(event: CoreEvent): Command | null {
    if (event.event === "invitation" && event.language !== "") this.#language = event.language;
    if (event.event !== "lane" || event.kind !== "not_safe") return null;
    if (event.state === "seen") return this.#ours && !this.#answered ? ["leave"] : null;
    if (event.state !== "nobody" || this.#asking) return null;
    this.#ours = this.#asking = true;
    this.#answered = false;
    return ["ask", this.#language, "not_safe", beginningOf(this.#words), this.#name || "Guest"];
  }

  /** What the desk tells. */
  heardAlone(event: CoreEvent): void {
    if (event.event === "desk") this.#answered = event.state === "claimed" || event.state === "counsellor";
    if (event.event === "state" && over.has(event.state)) this.closed();
  }

  /** The alone channel is free again. */
  closed(): void {
    this.#ours = this.#asking = this.#answered = false;
  }
}
