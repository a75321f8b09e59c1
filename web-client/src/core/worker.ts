// The worker: owns the core, the sockets and the clock. Keys and ciphertext never leave it; the page gets events.
//
// It is called "core" for members or "staff". Killing it is how "Leave quickly" forgets: memory and connections go with
// it.

import aloneUrl from "veranda-alone.wasm?url";
import argon2idUrl from "veranda-argon2id.wasm?url";
import staffUrl from "veranda-staff.wasm?url";
import groupUrl from "veranda.wasm?url";
import englishUrl from "../../../client-lib/circle/joining/words/en.txt?url";
import frenchUrl from "../../../client-lib/circle/joining/words/fr.txt?url";
import italianUrl from "../../../client-lib/circle/joining/words/it.txt?url";
import { argon2idBy } from "./argon2id";
import { Carried } from "./carrying";
import { AlarmAtDesk } from "./alarm-at-desk";
import { aloneChannel, type Command, groupChannel } from "./commands";
import { fieldsOf } from "./fields";
import type { Problem, Request, Told } from "./messages";
import { type Core, instantiate, type Lent, type Outcome } from "./wasm";

const tickMs = 1_000; // the core wants one a second at least
const sleptMs = 5_000; // a tick as late as this means that the phone slept

const { origin } = self.location;
const isStaff = self.name === "staff";
const tell = (told: Told) => self.postMessage(told);

// ---- the modules, and what stands in for them where WebAssembly is switched off: slower, and for members alone ----

type Script = { default: (imports: WebAssembly.Imports) => WebAssembly.Exports };
interface Module {
  url: string;
  script(): Promise<Script>;
}

const hasWasm = typeof WebAssembly === "object";
const groupModule: Module = { url: groupUrl, script: () => import("veranda-script:veranda") };
const aloneModule: Module = { url: aloneUrl, script: () => import("veranda-script:veranda-alone") };
const argon2idModule: Module = { url: argon2idUrl, script: () => import("veranda-script:veranda-argon2id") };
const staffModule: Module = {
  url: staffUrl,
  script() {
    throw new Error("staff need WebAssembly");
  },
};

async function maker({ url, script }: Module): Promise<Parameters<typeof instantiate>[0]> {
  if (hasWasm) return async (imports) => (await WebAssembly.instantiateStreaming(fetch(url), imports)).instance;
  const { default: make } = await script();
  return async (imports) => ({ exports: make(imports) });
}

// ---- the instances: one for staff; for members one more, made when somebody wants to talk alone ----

const carried: Carried[] = [];
const alarm = new AlarmAtDesk();
const lent: Lent = { argon2id: () => null };

async function load(module: Module): Promise<Carried> {
  const core = await instantiate(await maker(module), origin, undefined, lent);
  const it = new Carried(core, origin, {
    event: (channel, event) => {
      tell({ tell: "event", channel, event });
      if (channel === aloneChannel) alarm.heardAlone(event);
      const atDesk = channel === groupChannel ? alarm.heard(event) : null;
      if (atDesk !== null) inTurn(aloneChannel, atDesk, (problem) => problem !== null && alarm.closed());
      // Who waits may be asked for the word that was agreed on; she has nothing else to load then.
      if (event.event === "state" && event.state === "waiting") void bringWords(it);
    },
    broken: () => broke(module),
  });
  carried.push(it);
  return it;
}

const main = load(isStaff ? staffModule : groupModule);
main.catch(() => tell({ tell: "broken", why: "no-wasm" }));

let alone: Promise<Carried> | null = null;

// What talks to one person alone is a core of its own: the group goes on without it.
function broke(module: Module): void {
  if (module !== aloneModule) return tell({ tell: "broken", why: "trap" });
  alone = null;
  alarm.closed();
  tell({ tell: "event", channel: aloneChannel, event: { event: "state", state: "refused" } });
}

function instanceOf(channel: number): Promise<Carried> {
  if (isStaff || channel !== aloneChannel) return main;
  alone ??= load(aloneModule).catch((error: unknown) => {
    alone = null; // the network may be back at the next try
    throw error;
  });
  return alone;
}

// ---- what only some commands need, fetched when one of them comes ----

async function textAt(url: string): Promise<string> {
  const answer = await fetch(url).catch(() => null);
  return answer?.ok ? answer.text() : "";
}

// Kept once they are all there.
function keep(urls: string[]): () => Promise<string[]> {
  let kept: string[] = [];
  return async () => {
    if (kept.length > 0) return kept;
    const texts = await Promise.all(urls.map(textAt));
    if (!texts.includes("")) kept = texts;
    return texts;
  };
}

// The organisation: words hold no fingerprint of it, so it comes from where the page comes from.
const organisation = keep(["/organisation.pub"]);
const wordLists = keep([englishUrl, frenchUrl, italianUrl]);

const underAPassphrase = new Set(["make-keys", "sign-in", "desk-key", "open-book", "seal", "unseal"]);
let argon2idThere = false;

// The module is kept; its memory is not.
async function bringArgon2id(): Promise<void> {
  if (argon2idThere) return;
  if (hasWasm) {
    const module = await WebAssembly.compileStreaming(fetch(argon2idModule.url));
    lent.argon2id = argon2idBy((imports) => new WebAssembly.Instance(module, imports));
  } else {
    const { default: make } = await argon2idModule.script();
    lent.argon2id = argon2idBy((imports) => ({ exports: make(imports) }));
  }
  argon2idThere = true;
}

// Words are read, or made: an invite's, her return words, those by which an answer is found. Staff need them all along.
const withWords = new Set(["open-words", "return-words", "ask", "read-answer", "sign-in"]);
const ofTheOrganisation = new Set(["open-words", "ask", "read-answer"]);

async function bringWords(it: Carried): Promise<void> {
  const lists = await wordLists();
  it.run((core) => lists.forEach((list, which) => core.wordList(which, list)));
}

async function bringWhatItNeeds(it: Carried, what: string): Promise<void> {
  const [[file]] = await Promise.all([
    ofTheOrganisation.has(what) ? organisation() : [],
    withWords.has(what) ? bringWords(it) : null,
    underAPassphrase.has(what) ? bringArgon2id() : null,
  ]);
  if (file !== undefined) it.run((core) => core.organisation(file));
}

// Who came by a link knows its organisation; the module that talks alone is told, and takes no other's word for it.
async function tellWhose(it: Carried): Promise<void> {
  const group = await main;
  if (it === group) return;
  let fingerprint = "";
  group.run((core) => ([fingerprint = ""] = core.command(groupChannel, "whose").texts));
  it.run((core) => void core.command(aloneChannel, "of", fingerprint));
}

// ---- what the page asks for ----

type Answered = (problem: Problem | null, texts?: string[]) => void;

function problemOf({ problem }: Outcome, core: Core, words: string): Problem | null {
  if (problem === null) return null;
  return problem === "words_unknown" ? { code: problem, words: core.unknownWords(words) } : { code: problem };
}

/** Answers before anything is told of what follows from it. */
async function perform(channel: number, command: Command, answered: Answered): Promise<void> {
  const [what] = command;
  if (what === "look" || what === "forget") {
    for (const it of carried) it[what]();
    return answered(null);
  }
  const it = await instanceOf(channel);
  if (what === "close") {
    it.close(channel);
    if (channel === aloneChannel) alarm.closed();
    return answered(null);
  }
  await bringWhatItNeeds(it, what);
  if (channel === aloneChannel && ofTheOrganisation.has(what)) await tellWhose(it);
  it.run((core) => {
    const outcome = core.command(channel, what, ...fieldsOf(command));
    if (outcome.problem === null) alarm.did(command);
    answered(problemOf(outcome, core, String(command[1])), outcome.texts);
  });
  if (what === "knock") void bringWords(it); // for the agreed word; nobody waits for it
}

// On each channel one after the other, in the order in which they came, though some have to wait for what they need.
const turns = new Map<number, Promise<void>>();
function inTurn(channel: number, command: Command, answered: Answered): void {
  const turn = (turns.get(channel) ?? Promise.resolve())
    .then(() => perform(channel, command, answered))
    .catch(() => answered({ code: "not_loaded" }));
  turns.set(channel, turn);
}

self.onmessage = ({ data: { id, channel, command } }: MessageEvent<Request>) => {
  inTurn(channel, command, (problem, texts = []) => tell({ tell: "answer", id, problem, texts }));
};

let lastTickMs = performance.now();
setInterval(() => {
  const nowMs = performance.now();
  const slept = nowMs - lastTickMs > sleptMs;
  lastTickMs = nowMs;
  for (const it of carried) {
    if (slept) it.look();
    else it.run((core) => core.tick());
  }
}, tickMs);
