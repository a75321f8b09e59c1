// The screens of a counsellor, once she has signed in (staff/shell.ts): holds their state, draws it, and carries what
// she does to the core. No storage of any kind.

import { render } from "preact";
import { deskChannel } from "../core/commands";
import { sayCommand } from "../core/conversation";
import type { CoreEvent } from "../core/events";
import type { ChosenFile } from "../staff/door";
import { type Language, languageOf } from "../languages";
import { BrokenView } from "../staff/broken";
import type { Shell } from "../staff/shell";
import { wordsIn } from "../words";
import type { DeskActions } from "./actions";
import { type DeskDid, deskDid, deskHeard, type DeskState, firstDesk, type Front } from "./desk";
import { DeskView } from "./desk-view";
import { type CounsellorWordKey, type DeskWords, loadDeskCatalogue, loadPhrases, type Say } from "./desk-words";
import { Notifier, type Notifying } from "./notify";
import { firstPhrases, type PhraseBook, type PhraseDid, phrasesDid } from "./phrases/phrases";
import { type Talk, type TalkDid } from "./talk";

const redrawMs = 30_000; // how long somebody has waited is told in minutes

export function start(shell: Shell): void {
  let over = false;
  let page: DeskPage | null = null;
  shell.onOver(() => {
    over = true;
    page?.forget();
  });
  loadDeskCatalogue(shell.words.language).then(
    (catalogue) => {
      if (!over) page = new DeskPage(shell, wordsIn<CounsellorWordKey>(shell.words.language, catalogue));
    },
    () => {
      if (!over) render(<BrokenView why="no-wasm" staffWords={shell.staffWords} />, shell.place);
    },
  );
}

class DeskPage {
  readonly #shell: Shell;
  readonly #say: Say;
  readonly #notifier: Notifier;
  readonly #stop: (() => void)[] = [];
  #state: DeskState = firstDesk(languagesOf(navigator.languages));
  #phrases: PhraseBook = firstPhrases;
  #notifying: Notifying = "off";
  #gone = false;

  constructor(shell: Shell, desk: DeskWords) {
    this.#shell = shell;
    this.#say = { desk, staff: shell.staffWords, members: shell.words };
    this.#notifier = new Notifier(this.#say.desk("desk.notify.title"));
    this.#stop.push(shell.hear((channel, event) => this.#hear(channel, event)));
    const redraw = setInterval(() => this.#draw(), redrawMs);
    this.#stop.push(() => clearInterval(redraw));
    const looks = () => this.#do({ did: "sees", visible: document.visibilityState === "visible" });
    document.addEventListener("visibilitychange", looks);
    this.#stop.push(() => document.removeEventListener("visibilitychange", looks));
    this.#draw();
    this.#toTop();
  }

  /** She signs out or leaves quickly: nothing is drawn any more, and nothing is held. */
  forget(): void {
    this.#gone = true;
    for (const stop of this.#stop.splice(0)) stop();
    this.#notifier.switchOff();
    this.#state = firstDesk([]);
    this.#phrases = firstPhrases;
  }

  readonly #actions: DeskActions = {
    do: (what) => this.#do(what),
    talk: (number, what) => this.#openSheet(number, what),
    show: (front) => this.#show(front),
    goOnDuty: () => void this.#ask(["go-on-duty", this.#state.languages.join(",")]),
    goOffDuty: () => void this.#ask(["go-off-duty"]),
    openDeskKey: (file, passphrase) => void this.#openDeskKey(file, passphrase),
    notify: (on) => void this.#notify(on),
    take: (number) => void this.#take(number),
    say: (number, text) => void this.#sayIn(number, text),
    handOver: (number) => void this.#handOver(number),
    end: (number) => void this.#end(number),
    close: (number) => this.#close(number),
    answer: (number) => void this.#answer(number),
    putBack: (number) => void this.#answerCommand(number, ["put-back", number]),
    endRequest: (number) => void this.#answerCommand(number, ["end-request", number]),
    phrases: (what) => this.#changePhrases(what),
    phraseLanguage: (language) => void this.#showPhrases(language),
    insertPhrase: (number, text) => this.#insert(number, text),
    signOut: () => this.#shell.signOut(),
  };

  // ---- at the desk ----

  async #ask(command: ["go-on-duty", string] | ["go-off-duty"]): Promise<void> {
    this.#do({ did: "asked" });
    const { problem } = await this.#shell.ask(deskChannel, command);
    this.#do(problem === null ? { did: "answered" } : { did: "failed", problem });
  }

  async #openDeskKey(file: ChosenFile, passphrase: string): Promise<void> {
    this.#do({ did: "asked" });
    const { problem } = await this.#shell.ask(0, ["desk-key", file.text, passphrase]);
    this.#do(problem === null ? { did: "has-desk-key" } : { did: "failed", problem });
  }

  async #notify(on: boolean): Promise<void> {
    this.#notifying = on ? await this.#notifier.switchOn() : this.#notifier.switchOff();
    this.#draw();
  }

  async #take(number: number): Promise<void> {
    this.#do({ did: "takes", number });
    const { problem } = await this.#shell.ask(deskChannel, ["take", number]);
    if (problem !== null) this.#do({ did: "take-failed", number, problem });
  }

  async #answer(number: number): Promise<void> {
    const text = this.#state.answers.find((each) => each.number === number)?.text.trim() ?? "";
    await this.#answerCommand(number, ["answer", number, text]);
  }

  async #answerCommand(
    number: number,
    command: ["answer", number, string] | ["put-back", number] | ["end-request", number],
  ): Promise<void> {
    this.#do({ did: "sends-answer", number });
    const { problem } = await this.#shell.ask(deskChannel, command);
    if (problem !== null) this.#do({ did: "answer-failed", number, problem });
  }

  // ---- in a talk ----

  async #sayIn(number: number, text: string): Promise<void> {
    const talk = this.#talk(number);
    if (talk === undefined) return;
    const command = sayCommand(talk.conversation, text);
    this.#wrote(number, { did: "said", text });
    const { problem } = await this.#shell.ask(talk.channel, command);
    if (problem !== null) this.#wrote(number, { did: "not-said", text, problem });
  }

  async #handOver(number: number): Promise<void> {
    const name = this.#talk(number)?.colleague.trim() ?? "";
    this.#inTalk(number, { did: "looks-for", name });
    const { problem } = await this.#shell.ask(deskChannel, ["hand-over", number, name]);
    if (problem !== null) this.#inTalk(number, { did: "failed", problem });
  }

  // With last words through the room, which closes with them; where there is no room, the request ends all the same.
  async #end(number: number): Promise<void> {
    const talk = this.#talk(number);
    if (talk === undefined) return;
    this.#inTalk(number, { did: "ends" });
    const words = talk.lastWords.trim();
    const said = words === "" ? null : (await this.#shell.ask(talk.channel, ["end", words])).problem;
    if (words !== "" && said === null) return;
    const { problem } = await this.#shell.ask(deskChannel, ["end-request", number]);
    if (problem !== null) this.#inTalk(number, { did: "failed", problem });
  }

  #close(number: number): void {
    const talk = this.#talk(number);
    if (talk !== undefined) void this.#shell.ask(talk.channel, ["close"]);
    this.#do({ did: "closes", number });
    this.#toTop();
  }

  #openSheet(number: number, what: TalkDid): void {
    const talk = this.#talk(number);
    if (what.did === "sheet" && what.sheet === "end" && talk?.lastWords === "")
      this.#inTalk(number, { did: "last-words", hard: false, text: this.#say.desk("desk.end.words.done") });
    this.#inTalk(number, what);
    if (what.did === "sheet" && what.sheet === "phrases")
      void this.#showPhrases(languageOf(talk?.asked?.language ?? "") ?? this.#phrases.language);
  }

  async #showPhrases(language: Language): Promise<void> {
    this.#changePhrases({ did: "language", language });
    if (this.#phrases.byLanguage[language] !== undefined) return;
    const phrases = await loadPhrases(language).catch(() => null);
    this.#changePhrases(phrases === null ? { did: "failed" } : { did: "loaded", language, phrases });
  }

  #changePhrases(what: PhraseDid): void {
    this.#phrases = phrasesDid(this.#phrases, what);
    this.#draw();
  }

  #insert(number: number, phrase: string): void {
    const draft = this.#talk(number)?.conversation.draft.trimEnd() ?? "";
    this.#wrote(number, { did: "draft", text: draft === "" ? phrase : `${draft} ${phrase}` });
    this.#inTalk(number, { did: "sheet", sheet: null });
    this.#shell.place.querySelector<HTMLTextAreaElement>(".composer textarea")?.focus();
  }

  // ---- what comes, and what is drawn ----

  #hear(channel: number, event: CoreEvent): void {
    const before = this.#state;
    this.#become(deskHeard(before, channel, event, Date.now()));
    if (this.#state.front !== before.front) this.#toTop();
    if (isNews(event)) this.#notifying = this.#notifier.tell() ?? this.#notifying;
  }

  #show(front: Front): void {
    this.#do({ did: "shows", front });
    this.#toTop();
  }

  #talk(number: number): Talk | undefined {
    return this.#state.talks.find((talk) => talk.number === number);
  }

  #inTalk(number: number, what: TalkDid): void {
    this.#do({ did: "talk", number, what });
  }

  #wrote(number: number, what: Extract<TalkDid, { did: "wrote" }>["what"]): void {
    this.#inTalk(number, { did: "wrote", what });
  }

  #do(what: DeskDid): void {
    this.#become(deskDid(this.#state, what));
  }

  #become(next: DeskState): void {
    if (this.#gone) return;
    this.#state = next;
    if (next.visible) this.#notifier.clear();
    this.#draw();
  }

  // What has just come to the front begins at its heading, for eyes and for screen readers.
  #toTop(): void {
    const { place } = this.#shell;
    const heading = place.querySelector(".talk h2") ?? place.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  }

  #draw(): void {
    if (this.#gone) return;
    render(
      <DeskView
        name={this.#shell.account.name}
        state={this.#state}
        phrases={this.#phrases}
        notifying={this.#notifying}
        nowMs={Date.now()}
        say={this.#say}
        actions={this.#actions}
      />,
      this.#shell.place,
    );
  }
}

// What her browser says that she reads is what she may begin with.
function languagesOf(wanted: readonly string[]): string[] {
  const ours = wanted.map(languageOf).filter((it) => it !== null);
  return ours.length === 0 ? ["en"] : [...new Set(ours)];
}

const isNews = (event: CoreEvent): boolean =>
  event.event === "request" || event.event === "talk_opened" || (event.event === "message" && !event.own);
