// The page: holds its state, draws it, and carries what she does to the worker. Loaded by first.ts, after the address
// is
// clean. No storage of any kind: what is here is in memory, and goes with the tab.

import { render, type VNode } from "preact";
import type { Confidential } from "./core/confidential";
import { type Command, groupChannel } from "./core/commands";
import type { Problem, Request, Told } from "./core/messages";
import { did, type Did, firstState, type PageState, told, type Where } from "./core/state";
import { onExit } from "./exit/leave-quickly";
import { type Catalogue, type Language, loadCatalogue, markLanguage } from "./languages";
import "./look/page.css";
import type { Actions } from "./survivor/actions";
import { GroundRulesView } from "./survivor/ground-rules/ground-rules";
import { GroupChatView } from "./survivor/group-chat/group-chat";
import { InviteView } from "./survivor/invite/invite";
import { ClosingView } from "./survivor/leaving/closing";
import { NameView } from "./survivor/name/name";
import { chance, suggestNames } from "./survivor/pseudonyms";
import { WaitingRoomView } from "./survivor/waiting-room/waiting-room";
import { type Words, wordsIn } from "./words";

const namesShown = 3;

export function start(fragment: Confidential | null, worker: Worker, language: Language, catalogue: Catalogue): void {
  const words = wordsIn(language, catalogue);
  const root = document.getElementById("page");
  if (root === null) return; // she has left already
  const page = new Page(words, worker, root, fragment);
  onExit(() => page.forget());
}

class Page {
  #words: Words;
  readonly #worker: Worker;
  readonly #root: HTMLElement;
  readonly #waiting = new Map<number, (problem: Problem | null) => void>();
  #fragment: Confidential | null;
  #state: PageState;
  #lastId = 0;
  #gone = false;

  constructor(words: Words, worker: Worker, root: HTMLElement, fragment: Confidential | null) {
    this.#words = words;
    this.#worker = worker;
    this.#root = root;
    this.#fragment = fragment;
    this.#state = firstState(fragment !== null ? "link" : "words", this.#names());
    worker.addEventListener("message", (event: MessageEvent<Told>) => this.#hear(event.data));
    worker.addEventListener("error", () => this.#do({ did: "closed", why: "no-wasm" }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#ask(["look"]);
    });
    this.#draw();
  }

  /** She leaves quickly: nothing is drawn any more, and nothing is held. */
  forget(): void {
    this.#gone = true;
    this.#fragment = null;
    this.#state = firstState("words", []);
  }

  readonly #actions: Actions = {
    speak: (language) => this.#speak(language),
    typeWords: (text) => this.#do({ did: "type-words", text }),
    openInvite: () => this.#openInvite(),
    agree: () => this.#do({ did: "went-on", step: "name" }),
    decline: () => this.#leave(),
    moreNames: () => this.#do({ did: "more-names", names: this.#names() }),
    chooseName: (name) => this.#do({ did: "chose-name", name }),
    knock: () => this.#knock(),
    goBack: () => this.#leave(),
    draft: (text) => this.#do({ did: "wrote", in: this.#where(), what: { did: "draft", text } }),
    say: (text) => this.#say(text),
    answers: (seq) => this.#do({ did: "wrote", in: "group", what: { did: "answers", seq } }),
    react: (line, sign) => this.#ask(["react", line.seq, sign], this.#orProblem),
    hide: (line, hidden) => this.#ask(["hide", line.seq, hidden ? 1 : 0], this.#orProblem),
    showRoster: (open) => this.#do({ did: "show-roster", open }),
    askToLeave: (open) => this.#do({ did: "leaving", open }),
    leave: () => this.#leave(),
  };

  // What is not there yet is loaded; she reads on in the language before, and in it if the other does not come.
  #speak(language: Language): void {
    loadCatalogue(language).then(
      (catalogue) => {
        if (this.#gone) return;
        markLanguage(document, language);
        this.#words = wordsIn(language, catalogue);
        if (this.#state.name === "") this.#do({ did: "more-names", names: this.#names() });
        else this.#draw();
      },
      () => this.#do({ did: "failed", problem: { code: "language_not_loaded" } }),
    );
  }

  #openInvite(): void {
    if (this.#fragment !== null) {
      this.#command(["open-link", this.#fragment.reveal()]);
    } else {
      this.#command(["open-words", this.#state.words]);
    }
  }

  #knock(): void {
    this.#command(["knock", this.#state.name.trim()]);
  }

  #where(): Where {
    return this.#state.step === "group" ? "group" : "door";
  }

  #say(text: string): void {
    const where = this.#where();
    const { replyTo } = this.#state[where];
    this.#do({ did: "wrote", in: where, what: { did: "said", text } });
    this.#ask(replyTo === 0 ? ["say", text] : ["reply", replyTo, text], (problem) => {
      if (problem !== null) this.#do({ did: "wrote", in: where, what: { did: "not-said", text, problem } });
    });
  }

  readonly #orProblem = (problem: Problem | null) => {
    if (problem !== null) this.#do({ did: "failed", problem });
  };

  // The core tells the relay if it can; the screen does not wait for it.
  #leave(): void {
    this.#ask(["leave"], () => this.#do({ did: "closed", why: "left" }));
  }

  /** A command of this step: the answer, if it is a problem, is shown here. */
  #command(command: Command): void {
    this.#do({ did: "asked" });
    this.#ask(command, (problem) => {
      if (problem !== null) this.#do({ did: "failed", problem });
    });
  }

  #ask(command: Command, answered: (problem: Problem | null) => void = () => undefined): void {
    const request: Request = { id: ++this.#lastId, channel: groupChannel, command };
    this.#waiting.set(request.id, answered);
    this.#worker.postMessage(request);
  }

  #hear(what: Told): void {
    if (what.tell === "event") this.#become(told(this.#state, what.event, what.channel));
    else if (what.tell === "broken") this.#do({ did: "closed", why: what.why === "trap" ? "broken" : "no-wasm" });
    else {
      this.#waiting.get(what.id)?.(what.problem);
      this.#waiting.delete(what.id);
    }
  }

  #do(what: Did): void {
    this.#become(did(this.#state, what));
  }

  #become(next: PageState): void {
    if (this.#gone) return;
    const before = this.#state;
    this.#state = next;
    if (next.closed !== null && before.closed === null) {
      this.#fragment = null;
      this.#ask(["forget"]);
    }
    this.#draw();
    if (next.step !== before.step) this.#toTop();
  }

  // A new screen begins at its heading, for eyes and for screen readers.
  #toTop(): void {
    window.scrollTo(0, 0);
    const heading = this.#root.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  #names(): string[] {
    return suggestNames(this.#words("name.pool"), namesShown, chance);
  }

  #draw(): void {
    if (!this.#gone) render(view(this.#state, this.#words, this.#actions), this.#root);
  }
}

export function view(state: PageState, words: Words, actions: Actions): VNode {
  switch (state.step) {
    case "welcome":
    case "words":
      return <InviteView state={state} words={words} actions={actions} />;
    case "returning":
      return <WaitingRoomView state={state} words={words} actions={actions} />;
    case "rules":
      return <GroundRulesView invitation={state.invitation!} words={words} actions={actions} />;
    case "name":
      return <NameView state={state} words={words} actions={actions} />;
    case "waiting":
      return <WaitingRoomView state={state} words={words} actions={actions} />;
    case "group":
      return <GroupChatView state={state} words={words} actions={actions} />;
    case "closed":
      return <ClosingView closed={state.closed ?? "left"} words={words} />;
  }
}
