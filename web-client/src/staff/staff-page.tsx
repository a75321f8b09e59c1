// The page of staff: signing in and making keys, and then the screens of her role. Loaded by first.ts at /staff, with a
// worker of its own kind. No storage of any kind.

import { render, type VNode } from "preact";
import type { Confidential } from "../core/confidential";
import { type Command, groupChannel } from "../core/commands";
import { CoreLine, type News } from "../core/core-line";
import type { CoreEvent } from "../core/events";
import { onExit } from "../exit/leave-quickly";
import { type Catalogue, type Language, loadCatalogue, markLanguage } from "../languages";
import "../look/page.css";
import { loadLaterCatalogue } from "../later-words";
import { nameStanding } from "../standing-texts";
import { wordsIn } from "../words";
import { BrokenView } from "./broken";
import { type DoorDid, doorDid, type DoorState, firstDoor } from "./door";
import { KeysMadeView, type MakeKeysActions, MakeKeysView } from "./make-keys/make-keys";
import { saveFile } from "./save-file";
import type { Account, Answer, Shell, StartScreens } from "./shell";
import { type SignInActions, SignInView } from "./sign-in/sign-in";
import { loadStaffCatalogue, type StaffWords } from "./staff-words";
import "./staff-page.css";

/** `fragment`: of an invite for staff, if that is what brought her here. */
export async function start(
  fragment: Confidential | null,
  worker: Worker,
  language: Language,
  catalogue: Catalogue,
): Promise<void> {
  const [later, own] = await Promise.all([loadLaterCatalogue(language), loadStaffCatalogue(language)]);
  const words: StaffWords = wordsIn(language, catalogue, later, own);
  const root = document.getElementById("page");
  if (root === null) return; // she has left already
  const page = new StaffPage(root, worker, fragment, words);
  onExit(() => page.forget());
}

class StaffPage {
  #words: StaffWords;
  readonly #root: HTMLElement;
  readonly #core: CoreLine;
  #invite: Confidential | null;
  #state: DoorState = firstDoor;
  #over: (() => void)[] = [];
  #listeners = new Set<(channel: number, event: CoreEvent) => void>();
  #inside = false; // the screens of her role are drawn, not these
  #gone = false;

  constructor(root: HTMLElement, worker: Worker, invite: Confidential | null, words: StaffWords) {
    this.#words = words;
    this.#root = root;
    this.#invite = invite;
    this.#core = new CoreLine(worker, (news) => this.#hear(news));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#core.ask(groupChannel, ["look"]);
    });
    nameStanding(words);
    this.#draw();
  }

  /** She leaves quickly. */
  forget(): void {
    this.#gone = true;
    this.#invite = null;
    this.#state = firstDoor;
    this.#leaveScreens();
  }

  readonly #actions: SignInActions & MakeKeysActions = {
    speak: (language) => void this.#speak(language),
    choose: (wanted, files) => this.#do({ did: "chose", wanted, files }),
    fileFailed: () => this.#do({ did: "file-failed" }),
    type: (field, text) => this.#do({ did: "typed", field, text }),
    show: (shown) => this.#do({ did: "show", shown }),
    goTo: (step) => this.#do({ did: "went-to", step }),
    signIn: () => void this.#signIn(),
    makeKeys: () => void this.#makeKeys(),
    save: (which) => {
      const file = this.#state.made?.[which];
      if (file === undefined) return;
      saveFile(file.name, file.text);
      this.#do({ did: "saved", which });
    },
  };

  // What is not there yet is loaded; the page stays in the language before, if the other does not come.
  async #speak(language: Language): Promise<void> {
    const catalogues = [loadCatalogue, loadLaterCatalogue, loadStaffCatalogue].map((load) => load(language));
    const loaded = await Promise.all(catalogues).catch(() => null);
    if (this.#gone || this.#inside) return;
    if (loaded === null) {
      this.#do({ did: "failed", problem: { code: "language_not_loaded" } });
      return;
    }
    markLanguage(document, language);
    this.#words = wordsIn(language, ...loaded);
    nameStanding(this.#words);
    this.#draw();
  }

  async #signIn(): Promise<void> {
    const { certificate, keys, passphrase } = this.#state;
    if (certificate === null || keys === null) return;
    this.#do({ did: "asked" });
    const answer = await this.#ask(groupChannel, ["sign-in", certificate.text, keys.text, passphrase]);
    if (answer.problem !== null) {
      const { code } = answer.problem;
      this.#do({ did: "failed", problem: { code: code === "armour_begin" ? "armour_line" : code } });
      return;
    }
    const [name = "", role = "", lastDay = "0"] = answer.texts;
    await this.#enter({ name, role, lastDay: Number(lastDay) });
  }

  async #makeKeys(): Promise<void> {
    const { name, passphrase } = this.#state;
    this.#do({ did: "asked" });
    const answer = await this.#ask(groupChannel, ["make-keys", name.trim(), passphrase]);
    const [request, keys, key = ""] = answer.texts;
    if (answer.problem !== null || request === undefined || keys === undefined)
      this.#do({ did: "failed", problem: answer.problem ?? { code: "not_now" } });
    else this.#do({ did: "made", request, keys, key });
  }

  async #enter(account: Account): Promise<void> {
    const startScreens = await this.#screensOf(account.role).catch(() => null);
    if (this.#gone) return;
    if (startScreens === null) {
      this.#broke("no-wasm");
      return;
    }
    this.#state = firstDoor; // the passphrase and the files are not kept
    this.#inside = true;
    render(null, this.#root);
    startScreens(this.#shell(account));
  }

  async #screensOf(role: string): Promise<StartScreens> {
    if (role === "counsellor") return (await import("../counsellor/desk-page")).start;
    const { startWith } = await import("./facilitator-page");
    return (shell) => startWith(shell, this.#takeInvite());
  }

  #takeInvite(): Confidential | null {
    const invite = this.#invite;
    this.#invite = null;
    return invite;
  }

  #shell(account: Account): Shell {
    return {
      account,
      place: this.#root,
      words: this.#words,
      staffWords: this.#words,
      ask: (channel, command) => this.#ask(channel, command),
      hear: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      signOut: () => void this.#signOut(),
      onOver: (forget) => this.#over.push(forget),
    };
  }

  async #signOut(): Promise<void> {
    this.#leaveScreens();
    await this.#ask(groupChannel, ["sign-out"]);
    await this.#ask(groupChannel, ["forget"]);
    this.#do({ did: "signed-out" });
  }

  #ask(channel: number, command: Command): Promise<Answer> {
    return new Promise((answered) => {
      this.#core.ask(channel, command, (problem, texts) => answered({ problem, texts }));
    });
  }

  #hear(news: News): void {
    if (news.tell === "broken") this.#broke(news.why);
    else for (const listener of [...this.#listeners]) listener(news.channel, news.event);
  }

  #leaveScreens(): void {
    this.#listeners.clear();
    for (const forget of this.#over.splice(0)) {
      try {
        forget();
      } catch {
        // Whatever failed there must not keep the rest from being forgotten.
      }
    }
    if (!this.#inside) return;
    this.#inside = false;
    render(null, this.#root);
    this.#root.replaceChildren();
  }

  #broke(why: "no-wasm" | "trap"): void {
    if (this.#gone) return;
    this.#leaveScreens();
    this.#do({ did: "broke", why });
  }

  #do(what: DoorDid): void {
    const { step } = this.#state;
    this.#state = doorDid(this.#state, what);
    this.#draw();
    if (this.#state.step !== step) this.#toTop();
  }

  // A new screen begins at its heading, for eyes and for screen readers.
  #toTop(): void {
    window.scrollTo(0, 0);
    const heading = this.#root.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  #draw(): void {
    if (!this.#gone && !this.#inside) render(this.#view(), this.#root);
  }

  #view(): VNode {
    const shared = { state: this.#state, staffWords: this.#words, actions: this.#actions };
    switch (this.#state.step) {
      case "sign-in":
        return <SignInView {...shared} />;
      case "make-keys":
        return <MakeKeysView {...shared} />;
      case "keys-made":
        return <KeysMadeView {...shared} />;
      case "broken":
        return <BrokenView why={this.#state.broken} staffWords={this.#words} />;
    }
  }
}
