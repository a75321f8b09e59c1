// The way back after a reload, or from a tab that the phone threw away: the ticket of her last admission, in the tab's
// session storage, and dead after minutes. Nothing else is ever stored by the page.
//
// What the relay and the facilitators hold it against is theirs (docs/protocol.md, 7.8); this only keeps it, and
// forgets.

const livesMs = 5 * 60_000; // docs/protocol.md, 7.8: whoever was heard five minutes ago is let in by herself

type Keeping = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class TicketKeeper {
  readonly #storage: () => Keeping; // asking for it throws where the browser refuses it
  readonly #nowMs: () => number;
  readonly #key: string;
  #latest = "";

  /** `key`: another for staff, whose ticket is good for nothing on a member's page. */
  constructor(storage: () => Keeping = () => window.sessionStorage, nowMs: () => number = () => Date.now(), key = "t") {
    this.#storage = storage;
    this.#nowMs = nowMs;
    this.#key = key;
  }

  get latest(): string {
    return this.#latest;
  }

  /** False where the browser keeps nothing: a reload will not find the way back. */
  keep(ticket: string): boolean {
    if (ticket === "") {
      this.forget();
      return true;
    }
    this.#latest = ticket;
    return this.#write();
  }

  /** Its minutes count from now: the page is being put away, and she was here until now. */
  keepFromNow(): void {
    if (this.#latest !== "") this.#write();
  }

  /** The ticket that was kept, if it is still good for anything; what is dead is gone afterwards. */
  find(): string | null {
    try {
      const [at, ticket] = (this.#storage().getItem(this.#key) ?? "").split(" ");
      const age = this.#nowMs() - Number(at);
      if (ticket !== undefined && age >= 0 && age < livesMs) {
        this.#latest = ticket;
        return ticket;
      }
    } catch {
      return null;
    }
    this.forget();
    return null;
  }

  forget(): void {
    this.#latest = "";
    try {
      this.#storage().removeItem(this.#key);
    } catch {
      // What cannot be read holds nothing.
    }
  }

  #write(): boolean {
    try {
      this.#storage().setItem(this.#key, `${this.#nowMs()} ${this.#latest}`);
      return true;
    } catch {
      return false;
    }
  }
}

/** Which place in which group a ticket is of; the same for every ticket of that place. Empty: it is no ticket. */
export function placeOf(ticket: string): string {
  const [, secret = ""] = ticket.split("#1.");
  return secret.slice(64, 106); // base64url of room and member, which stand behind 48 bytes
}
