// The screens of whoever looks after a group, drawn when she has signed in (staff/shell.ts): holds their state, draws
// it, and carries what she does to the core. Nothing is kept but in memory.

import { render, type VNode } from "preact";
import { type Command, groupChannel } from "../core/commands";
import type { Confidential } from "../core/confidential";
import { sayCommand } from "../core/conversation";
import { fileName } from "./door";
import type { HostActions } from "./host/actions";
import { GroupView } from "./host/group-view";
import { HomeView } from "./host/home";
import { AskingView, JoinView } from "./host/join";
import { OverView } from "./host/over-view";
import { PlanView } from "./host/plan";
import { planOf } from "./host/plan-draft";
import type { HostProps } from "./host/props";
import { firstHost, hasUnsaved, hostDid, type HostDid, type HostState, hostTold } from "./host/state";
import { TicketKeeper } from "../core/ticket";
import { saveFile } from "./save-file";
import type { Answer, Shell } from "./shell";
import "./host/host.css";

const undoMs = 10_000; // protocol/limits.hpp: undo_ms

/** `invite`: for the team, if its link is what brought her here. */
export function startWith(shell: Shell, invite: Confidential | null): void {
  new FacilitatorPage(shell).start(invite);
}

class FacilitatorPage {
  readonly #shell: Shell;
  readonly #ticket = new TicketKeeper(undefined, undefined, "s");
  #state: HostState = firstHost();
  #undoTimer: ReturnType<typeof setTimeout> | undefined;
  #gone = false;

  constructor(shell: Shell) {
    this.#shell = shell;
    const unhear = shell.hear((channel, event) => {
      if (channel !== groupChannel) return;
      if (event.event === "ticket") this.#ticket.keep(event.ticket);
      else this.#become(hostTold(this.#state, event));
    });
    const putAway = () => this.#ticket.keepFromNow();
    const beforeUnload = (event: BeforeUnloadEvent) => {
      if (hasUnsaved(this.#state)) event.preventDefault();
    };
    window.addEventListener("beforeunload", beforeUnload);
    window.addEventListener("pagehide", putAway);
    shell.onOver(() => {
      this.#gone = true;
      this.#state = firstHost();
      clearTimeout(this.#undoTimer);
      window.removeEventListener("beforeunload", beforeUnload);
      window.removeEventListener("pagehide", putAway);
      unhear();
    });
  }

  start(invite: Confidential | null): void {
    if (this.#ticket.find() !== null) this.#do({ did: "found-way-back" });
    this.#draw();
    if (invite === null) return;
    this.#do({ did: "went-to", step: "join" });
    void this.#step(["open-link", invite.reveal()]);
  }

  readonly #actions: HostActions = {
    show: (what) => this.#do(what),
    order: (command, undoable) => {
      void this.#tell(command).then(({ problem }) => {
        if (problem !== null) return;
        if (undoable !== undefined) this.#offerUndo(undoable.what, undoable.name ?? "");
        if (command[0] === "refuse") this.#do({ did: "door", name: "" });
      });
    },
    say: (text) => void this.#say(text),
    talkAtDoor: (name, text) => {
      this.#do({ did: "door-draft", name, text: "" });
      void this.#tell(["talk", name, text]).then(({ problem }) => {
        if (problem !== null) this.#do({ did: "door-draft", name, text });
      });
    },
    openGroup: () => void this.#openGroup(),
    comeBack: () => {
      const ticket = this.#ticket.find();
      if (ticket === null) return this.#do({ did: "went-to", step: "home" }); // it took too long
      this.#do({ did: "goes-back" });
      void this.#step(["return-by", ticket]);
    },
    openLink: () => void this.#openLink(),
    askIn: () => void this.#step(["knock-as-staff"]),
    undo: () => {
      this.#do({ did: "undo-over" });
      void this.#tell(["undo"]);
    },
    invite: (forStaff) => {
      this.#do({ did: "inviting" });
      void this.#tell(["invite", forStaff ? 1 : 0]);
    },
    copy: (text) => void this.#copy(text),
    print: () => window.print(),
    saveBook: () => this.#saveBook(),
    end: () => void this.#step(["end", this.#state.lastWords.trim()]),
    backHome: () => void this.#backHome(),
    signOut: () => {
      this.#ticket.forget();
      this.#shell.signOut();
    },
  };

  async #openGroup(): Promise<void> {
    const { plan, trial } = this.#state;
    if (!trial && plan.bookUse !== "none") {
      const book = plan.bookUse === "open" ? (plan.bookFile?.text ?? "") : "";
      this.#do({ did: "asked" });
      const { problem } = await this.#tell(["open-book", book, plan.bookPassphrase]);
      if (problem !== null) return;
    }
    const { staffWords: say } = this.#shell;
    const practice = { ...planOf(plan), name: say("plan.trial.title"), rules: say("plan.trial.rules") };
    await this.#step(["host", JSON.stringify(trial ? practice : planOf(plan))]);
  }

  // A link holds its secret after the '#'; what holds none is words.
  #openLink(): Promise<void> {
    const text = this.#state.link.trim();
    const at = text.indexOf("#");
    if (at !== -1) return this.#step(["open-link", text.slice(at + 1)]);
    return this.#step(/\s/u.test(text) ? ["open-words", text] : ["open-link", text]);
  }

  async #say(text: string): Promise<void> {
    const command = sayCommand(this.#state.talk, text);
    this.#do({ did: "wrote", what: { did: "said", text } });
    const { problem } = await this.#shell.ask(groupChannel, command);
    if (problem !== null) this.#do({ did: "wrote", what: { did: "not-said", text, problem } });
  }

  async #copy(text: string): Promise<void> {
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    this.#do({ did: "copied", well: copied });
  }

  #saveBook(): void {
    const { book, groupName } = this.#state;
    if (book === null) return;
    saveFile(`${fileName(groupName)}.book`, book.text);
    this.#do({ did: "saved-book" });
  }

  // The group's channel is closed, so that the next one begins on it afresh; she stays signed in.
  async #backHome(): Promise<void> {
    this.#ticket.forget();
    if (this.#state.phase !== null) await this.#shell.ask(groupChannel, ["close"]);
    this.#do({ did: "went-to", step: "home" });
  }

  #offerUndo(what: string, name: string): void {
    clearTimeout(this.#undoTimer);
    this.#do({ did: "did-undoable", what, name });
    this.#undoTimer = setTimeout(() => this.#do({ did: "undo-over" }), undoMs);
  }

  /** A command that this step waits for: what it leads to comes as events. */
  async #step(command: Command): Promise<void> {
    this.#do({ did: "asked" });
    await this.#tell(command);
  }

  async #tell(command: Command): Promise<Answer> {
    const answer = await this.#shell.ask(groupChannel, command);
    if (answer.problem !== null) this.#do({ did: "failed", problem: answer.problem });
    return answer;
  }

  #do(what: HostDid): void {
    this.#become(hostDid(this.#state, what));
  }

  #become(next: HostState): void {
    if (this.#gone) return;
    const before = this.#state;
    this.#state = next;
    if (next.over !== null && before.over === null) this.#ticket.forget();
    this.#draw();
    if (next.step !== before.step) this.#toTop();
  }

  // A new screen begins at its heading, for eyes and for screen readers.
  #toTop(): void {
    window.scrollTo(0, 0);
    const heading = this.#shell.place.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  #draw(): void {
    if (!this.#gone) render(this.#view(), this.#shell.place);
  }

  #view(): VNode {
    const { account, staffWords: say } = this.#shell;
    const props: HostProps = { state: this.#state, account, say, actions: this.#actions };
    switch (this.#state.step) {
      case "home":
        return <HomeView {...props} />;
      case "plan":
        return <PlanView {...props} />;
      case "join":
        return <JoinView {...props} />;
      case "asking":
        return <AskingView {...props} />;
      case "group":
        return <GroupView {...props} />;
      case "over":
        return <OverView {...props} />;
    }
  }
}
