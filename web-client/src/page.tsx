// The page: holds its state, draws it, and carries what she does to the worker. Loaded by first.ts, after the address
// is clean. What is here is in memory, and goes with the tab; way-back.ts alone keeps something, for minutes.

import { render } from "preact";
import { isAsking } from "./core/alone";
import type { Confidential } from "./core/confidential";
import { sayCommand } from "./core/conversation";
import { aloneChannel, type Command, groupChannel } from "./core/commands";
import { CoreLine, type News } from "./core/core-line";
import { appAround } from "./core/in-app";
import type { Problem } from "./core/messages";
import { did, type Did, firstState, type PageState, told, type Where } from "./core/state";
import { onExit } from "./exit/leave-quickly";
import { type Catalogue, type Language, loadCatalogue, markLanguage } from "./languages";
import "./look/page.css";
import type { Actions } from "./survivor/actions";
import type { AloneActions } from "./survivor/alone/alone-actions";
import { chance, suggestNames } from "./survivor/pseudonyms";
import type { Ask } from "./survivor/remember/remembering";
import { fetchAhead, view } from "./survivor/screens";
import { nameStanding } from "./standing-texts";
import { WayBack } from "./way-back";
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
  readonly #root: HTMLElement;
  readonly #core: CoreLine;
  readonly #back: WayBack;
  #state: PageState;
  #gone = false;

  constructor(words: Words, worker: Worker, root: HTMLElement, fragment: Confidential | null) {
    this.#words = words;
    this.#root = root;
    this.#back = new WayBack(fragment, {
      state: () => this.#state,
      do: (what) => this.#do(what),
      ask: (command, answered) => this.#core.ask(groupChannel, command, answered),
    });
    const ticket = this.#back.find();
    this.#state = firstState(fragment !== null ? "link" : ticket !== null ? "ticket" : "words", this.#names());
    this.#core = new CoreLine(worker, (news) => this.#hear(news));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#core.ask(groupChannel, ["look"]);
      else this.#back.keepFromNow();
    });
    nameStanding(words);
    this.#do({ did: "in-app", app: appAround(navigator.userAgent) });
    if (ticket !== null) void this.#back.comeBack(ticket);
    else if (fragment === null) void this.#lookWhetherKept();
  }

  /** She leaves quickly: nothing is drawn any more, and nothing is held. */
  forget(): void {
    this.#gone = true;
    this.#back.forget();
    this.#state = firstState("words", []);
  }

  readonly #alone: AloneActions = {
    show: (shown) => this.#do({ did: "alone", what: { did: "show", shown } }),
    fill: (what) => this.#do({ did: "alone", what: { did: "fill", with: what } }),
    begin: (step) => this.#do({ did: "alone", what: { did: "go", step } }),
    ask: () => this.#askAlone(),
    leaveRequest: () => this.#onAlone(["leave-request"]),
    readAnswer: () => {
      this.#core.ask(aloneChannel, ["close"]);
      this.#onAlone(["read-answer", this.#state.alone.words]);
    },
    draft: (text) => this.#do({ did: "alone", what: { did: "wrote", what: { did: "draft", text } } }),
    say: (text) => {
      this.#do({ did: "alone", what: { did: "wrote", what: { did: "said", text } } });
      this.#core.ask(aloneChannel, ["say", text], (problem) => {
        if (problem === null) return;
        this.#do({ did: "alone", what: { did: "wrote", what: { did: "not-said", text, problem } } });
      });
    },
    agree: (agrees) => {
      this.#do({ did: "alone", what: { did: "agreed" } });
      this.#core.ask(aloneChannel, ["agree", agrees ? 1 : 0]);
    },
    end: () => this.#onAlone(["leave"]),
  };

  readonly #actions: Actions = {
    speak: (language) => this.#speak(language),
    typeWords: (text) => this.#do({ did: "type-words", text }),
    openInvite: () => this.#openInvite(),
    agree: () => this.#do({ did: "went-on", step: "name" }),
    decline: () => this.#leave(),
    moreNames: () => this.#do({ did: "more-names", names: this.#names() }),
    chooseName: (name) => this.#do({ did: "chose-name", name }),
    knock: () => this.#command(["knock", this.#state.name.trim()]),
    goBack: () => this.#leave(),
    draft: (text) => this.#do({ did: "wrote", in: this.#where(), what: { did: "draft", text } }),
    warns: (warns) => this.#do({ did: "wrote", in: this.#where(), what: { did: "warns", warns } }),
    say: (text) => this.#say(text),
    answers: (seq) => this.#do({ did: "wrote", in: "group", what: { did: "answers", seq } }),
    react: (line, sign) => this.#ask(["react", line.seq, sign]),
    hide: (line, hidden) => this.#ask(["hide", line.seq, hidden ? 1 : 0]),
    showRoster: (open) => this.#do({ did: "show-roster", open }),
    showSheet: (sheet) => this.#do({ did: "show-sheet", sheet }),
    raiseHand: (up) => {
      this.#do({ did: "hand", up });
      this.#do({ did: "show-sheet", sheet: null });
      this.#ask(["hand", up ? 1 : 0]);
    },
    writeNote: (text) => this.#do({ did: "note", text }),
    sendNote: (text) => {
      this.#do({ did: "lane", kind: "private_note" });
      this.#ask(["note", text], () => this.#do({ did: "note", text }));
    },
    notSafe: (text) => {
      this.#do({ did: "note", text: "" });
      this.#ask(["not-safe", text], () => this.#do({ did: "note", text }));
    },
    copyInvite: () => this.#copyInvite(),
    remember: (pin, second) => void this.#remember(pin, second),
    unlock: (pin) => void this.#unlock(pin),
    forgetMe: () => void this.#forgetMe(),
    askForWords: () => {
      this.#do({ did: "lane", kind: "return_pass" });
      this.#ask(["return-words"]);
    },
    wordsSeen: () => {
      this.#do({ did: "forgot-words" });
      this.#ask(["words-seen"]);
    },
    showAlone: (shown) => {
      this.#do({ did: "show-sheet", sheet: null });
      this.#alone.show(shown);
    },
    alone: this.#alone,
    askToLeave: (open) => this.#do({ did: "leaving", open }),
    leave: () => this.#leave(),
    continueHere: () => void this.#back.continueHere(),
    leaveItThere: () => this.#do({ did: "closed", why: "elsewhere" }),
    startAgain: () => this.#do({ did: "start-again", names: this.#names() }),
  };

  // What is not there yet is loaded; she reads on in the language before, and in it if the other does not come.
  #speak(language: Language): void {
    loadCatalogue(language).then(
      (catalogue) => {
        if (this.#gone) return;
        markLanguage(document, language);
        this.#words = wordsIn(language, catalogue);
        nameStanding(this.#words);
        if (this.#state.name === "") this.#do({ did: "more-names", names: this.#names() });
        else this.#draw();
      },
      () => this.#do({ did: "failed", problem: { code: "language_not_loaded" } }),
    );
  }

  #openInvite(): void {
    const { invite } = this.#back;
    this.#command(invite !== null ? ["open-link", invite] : ["open-words", this.#state.words]);
  }

  #where(): Where {
    return this.#state.step === "group" ? "group" : "door";
  }

  #say(text: string): void {
    const where = this.#where();
    const command = sayCommand(this.#state[where], text);
    this.#do({ did: "wrote", in: where, what: { did: "said", text } });
    this.#core.ask(groupChannel, command, (problem) => {
      if (problem !== null) this.#do({ did: "wrote", in: where, what: { did: "not-said", text, problem } });
    });
  }

  // The core tells the relay if it can; the screen does not wait for it.
  #leave(): void {
    this.#core.ask(groupChannel, ["leave"], () => this.#do({ did: "closed", why: "left" }));
  }

  // ---- remembered on this phone, if she wants it ----

  #remembering = () => import("./survivor/remember/remembering");

  readonly #sealing: Ask = (command) =>
    new Promise((resolve) =>
      this.#core.ask(groupChannel, command, (problem, texts) => resolve(problem === null ? (texts[0] ?? null) : null)),
    );

  async #lookWhetherKept(): Promise<void> {
    const it = await this.#remembering().catch(() => null);
    if (await it?.isKept()) this.#do({ did: "remember", kept: true, busy: false });
  }

  async #remember(pin: string, second: string): Promise<void> {
    this.#do({ did: "remember", kept: false, busy: true });
    const it = await this.#remembering().catch(() => null);
    const kept = (await it?.remember(this.#sealing, this.#state.returnWords, pin, second)) ?? false;
    this.#do({ did: "remember", kept, busy: false });
    if (!kept) this.#do({ did: "failed", problem: { code: "not_kept" } });
  }

  async #unlock(pin: string): Promise<void> {
    this.#do({ did: "remember", kept: true, busy: true });
    const it = await this.#remembering().catch(() => null);
    const opened = (await it?.open(this.#sealing, pin)) ?? null;
    this.#do({ did: "remember", kept: true, busy: false });
    if (opened === null) return this.#do({ did: "failed", problem: { code: "pin_wrong" } });
    this.#do({ did: "show-sheet", sheet: null });
    if (opened.as === "list") return this.#do({ did: "went-on", step: "list" });
    this.#do({ did: "type-words", text: opened.words });
    this.#openInvite();
  }

  async #forgetMe(): Promise<void> {
    await (await this.#remembering().catch(() => null))?.forget();
    this.#do({ did: "remember", kept: false, busy: false });
    this.#do({ did: "show-sheet", sheet: null });
  }

  // The link as she got it: the address has lost its secret part.
  async #copyInvite(): Promise<boolean> {
    return navigator.clipboard.writeText(`${location.origin}/join#${this.#back.invite ?? ""}`).then(
      () => true,
      () => false,
    );
  }

  // ---- alone ----

  #askAlone(): void {
    const { language, urgency, note, name } = this.#state.alone;
    this.#core.ask(aloneChannel, ["close"]);
    this.#onAlone(["ask", language, urgency, note.trim(), name.trim() || this.#words("alone.guest")]);
  }

  #onAlone(command: Command): void {
    this.#do({ did: "alone", what: { did: "asked" } });
    this.#core.ask(aloneChannel, command, (problem) => {
      if (problem !== null) this.#do({ did: "alone", what: { did: "failed", problem } });
    });
  }

  // ---- the worker ----

  /** A command of this step: the answer, if it is a problem, is shown here. */
  #command(command: Command): void {
    this.#do({ did: "asked" });
    this.#ask(command);
  }

  /** On the group's channel. `failed` undoes what was shown already, before the problem is. */
  #ask(command: Command, failed: () => void = () => undefined): void {
    this.#core.ask(groupChannel, command, (problem: Problem | null) => {
      if (problem === null) return;
      failed();
      this.#do({ did: "failed", problem });
    });
  }

  #hear(news: News): void {
    if (this.#gone) return;
    if (news.tell === "broken") return this.#do({ did: "closed", why: news.why === "trap" ? "broken" : "no-wasm" });
    const { channel, event } = news;
    if (channel === groupChannel && this.#back.takes(event)) return;
    this.#become(told(this.#state, event, channel));
    if (channel === groupChannel && this.#state.closed === null) this.#back.follow(event);
  }

  #do(what: Did): void {
    this.#become(did(this.#state, what));
  }

  #become(next: PageState): void {
    if (this.#gone) return;
    const before = this.#state;
    this.#state = next;
    if (next.closed !== null && before.closed === null) this.#wipe(next);
    if (next.step !== before.step) fetchAhead(this.#words, next.step);
    this.#draw();
    const moved = next.step !== before.step || next.alone.step !== before.alone.step;
    if (moved || next.alone.shown !== before.alone.shown) this.#toTop();
  }

  // A talk alone outlives the group: then only the group's part is wiped.
  #wipe({ alone }: PageState): void {
    this.#back.wipe();
    this.#core.ask(groupChannel, isAsking(alone) ? ["close"] : ["forget"]);
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
    if (!this.#gone) render(view({ state: this.#state, words: this.#words, actions: this.#actions }), this.#root);
  }
}
