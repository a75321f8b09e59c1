// How a page finds its place again after a reload, or beside a doubled tab: by the ticket of her admission, or,
// at the door, by the invite and the knock of the page before. And the invite itself, which only this holds.

import { type AtTheDoor, doorText, readDoor } from "./core/at-the-door";
import type { Command } from "./core/commands";
import { Confidential } from "./core/confidential";
import type { CoreEvent } from "./core/events";
import type { Problem } from "./core/messages";
import { OtherTabs } from "./core/other-tabs";
import type { Did, PageState } from "./core/state";
import { placeOf, TicketKeeper } from "./core/ticket";

/** The page, as far as its way back goes. `ask`: of the core, on the group's channel. */
export interface Host {
  state(): PageState;
  do(what: Did): void;
  ask(command: Command, answered: (problem: Problem | null) => void): void;
}

export class WayBack {
  readonly #host: Host;
  readonly #ticket = new TicketKeeper();
  readonly #tabs = new OtherTabs(() => this.#held());
  #place = ""; // of the newest ticket
  #door: AtTheDoor | null = null; // where a page before this one stood: knocked on again once the invite is open
  #invite: Confidential | null;

  constructor(invite: Confidential | null, host: Host) {
    this.#invite = invite;
    this.#host = host;
    window.addEventListener("pagehide", () => this.keepFromNow());
  }

  /** What the link said behind its #; null: she came by words, or by a ticket. */
  get invite(): string | null {
    return this.#invite?.reveal() ?? null;
  }

  /** What the page before this one kept. A link that was just opened goes before it. */
  find(): string | null {
    return this.#invite === null ? this.#ticket.find() : null;
  }

  /** She may be gone for minutes from now. */
  keepFromNow(): void {
    this.#ticket.keepFromNow();
  }

  /** A tab that was doubled has the same ticket as the one it came from, which may still be there. */
  async comeBack(ticket: string): Promise<void> {
    this.#place = readDoor(ticket)?.id ?? placeOf(ticket);
    if (await this.#tabs.isElsewhere(this.#place)) return this.#host.do({ did: "went-on", step: "doubled" });
    this.#returnBy(ticket);
  }

  async continueHere(): Promise<void> {
    const ticket = (await this.#tabs.askForTicket(this.#place)) ?? this.#ticket.find();
    this.#host.do({ did: "come-back" });
    if (ticket === null) this.#host.do({ did: "closed", why: "no_way_back" });
    else this.#returnBy(ticket);
  }

  /** What the group's channel tells, before the page takes it. True: it was meant for here alone. */
  takes(event: CoreEvent): boolean {
    if (event.event !== "ticket") return this.#letInMeanwhile(event);
    if (this.#host.state().closed === null) this.#keep(event.ticket);
    return true;
  }

  /** And after the page has taken it. */
  follow(event: CoreEvent): void {
    if (event.event === "invitation" && this.#door !== null) this.#knockAnew(this.#door);
    if (event.event === "knocked") this.#keepDoor(event.id, event.ticket);
  }

  /** The group is over for her: there is nothing to come back to. */
  wipe(): void {
    this.#invite = null;
    this.#ticket.forget();
  }

  /** She leaves quickly. */
  forget(): void {
    this.wipe();
    this.#door = null;
    this.#tabs.close();
  }

  #returnBy(ticket: string): void {
    this.#door = readDoor(ticket);
    if (this.#door === null) return this.#orNoWayBack(["return-by", ticket]);
    const { by, secret, name } = this.#door;
    this.#host.do({ did: "chose-name", name });
    if (by === "words") this.#host.do({ did: "type-words", text: secret });
    else this.#invite = new Confidential(secret);
    this.#orNoWayBack([by === "link" ? "open-link" : "open-words", secret]);
  }

  #orNoWayBack(command: Command): void {
    this.#host.ask(command, (problem) => {
      if (problem !== null) this.#host.do({ did: "closed", why: "no_way_back" });
    });
  }

  // The invite that she stood at the door with does not open any more: was she let in while the page was gone?
  #letInMeanwhile(event: CoreEvent): boolean {
    if (this.#door === null) return false;
    if (event.event === "error") return true; // what it is of is told with the state
    if (event.event !== "state" || event.state !== "refused") return false;
    const { ticket } = this.#door;
    this.#invite = this.#door = null;
    this.#host.do({ did: "type-words", text: "" });
    this.#orNoWayBack(["return-by", ticket]);
    return true;
  }

  #knockAnew({ name, id }: AtTheDoor): void {
    this.#door = null;
    this.#orNoWayBack(["knock-anew", name, id]);
  }

  // What a page needs that is loaded again while she waits. By a ticket she has another place, which is kept already.
  #keepDoor(id: string, ticket: string): void {
    const { words, name, invitation } = this.#host.state();
    const secret = this.invite ?? words;
    const isInvite = invitation !== null && invitation.group !== ""; // return words open no group's name
    if (secret === "" || !isInvite) return;
    this.#place = id;
    this.#keepText(doorText({ by: this.#invite === null ? "words" : "link", secret, name: name.trim(), id, ticket }));
  }

  #held(): { place: string; ticket: string } {
    const { step } = this.#host.state();
    const isIn = step === "group" || step === "waiting";
    return isIn ? { place: this.#place, ticket: this.#ticket.latest } : { place: "", ticket: "" };
  }

  #keep(ticket: string): void {
    this.#place = placeOf(ticket);
    this.#keepText(ticket);
  }

  #keepText(ticket: string): void {
    if (!this.#ticket.keep(ticket) && !this.#host.state().keepsNothing) this.#host.do({ did: "keeps-nothing" });
  }
}
