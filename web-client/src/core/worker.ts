// The worker: owns the core, the socket and the clock. Keys and ciphertext never leave it; the page gets events.
//
// Killing it is how "Leave quickly" forgets: memory and connection go with it.

import wasmUrl from "veranda.wasm?url";
import englishUrl from "../../../client-lib/circle/joining/words/en.txt?url";
import frenchUrl from "../../../client-lib/circle/joining/words/fr.txt?url";
import italianUrl from "../../../client-lib/circle/joining/words/it.txt?url";
import { readEvent } from "./events";
import { groupChannel } from "./commands";
import type { Problem, Request, Told } from "./messages";
import { RelaySocket } from "./socket";
import { type Core, instantiate } from "./wasm";

const tickMs = 1_000; // the core wants one a second at least
const sleptMs = 5_000; // a tick as late as this means that the phone slept
const silentMs = 50_000; // in a room a pulse comes every 20 s: a socket that brought none for so long is dead

const { origin } = self.location;
const tell = (told: Told) => self.postMessage(told);

const core = load();
let broken = false;
let inGroup = false;
let organisationFile = "";

async function load(): Promise<Core> {
  return instantiate(async (imports) => {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(wasmUrl), imports);
    return instance;
  }, origin);
}

const socket = new RelaySocket(origin, {
  connected: () => run((it) => it.connected()),
  received: (message) => run((it) => it.received(message)),
  disconnected: () => run((it) => it.disconnected()),
});

/** Calls the core and carries out what it wants. A trap ends it for good: its state cannot be trusted any more. */
function run(call: (core: Core) => void): void {
  void core.then((it) => {
    if (broken) return;
    try {
      call(it);
      drain(it);
    } catch {
      broken = true;
      socket.close();
      tell({ tell: "broken", why: "trap" });
    }
  });
}

function drain(it: Core): void {
  for (let action = it.nextAction(); action !== null; action = it.nextAction()) {
    if (action.do === "connect") socket.connect();
    else if (action.do === "send") socket.send(action.message);
    else socket.close();
  }
  for (let json = it.nextEvent(); json !== null; json = it.nextEvent()) {
    const event = readEvent(json);
    if (event === null) continue;
    if (event.event === "state") inGroup = event.state === "in_group";
    tell({ tell: "event", channel: groupChannel, event });
  }
}

function carryOut(it: Core, { command }: Request): Problem | null {
  switch (command[0]) {
    case "open-link":
      return problem(it.openLink(command[1]));
    case "open-words": {
      const code = it.openWords(command[1], organisationFile);
      return code === "words_unknown" ? { code, words: it.unknownWords(command[1]) } : problem(code);
    }
    case "knock":
      return problem(it.knock(command[1]));
    case "say":
      return problem(it.say(command[1]));
    case "leave":
      return problem(it.leave());
    case "look":
      lookAtSocket();
      it.tick();
      return null;
    case "forget":
      socket.close();
      it.forget();
      return null;
    default:
      return { code: "not_yet" };
  }
}

function lookAtSocket(): void {
  if (inGroup) socket.dropIfSilentFor(silentMs);
}

const problem = (code: string | null): Problem | null => (code === null ? null : { code });

// What only words need, and a link does not: the word lists, and the organisation, of which words hold no fingerprint.
// Its file comes from where the page comes from.
async function fetchForWords(): Promise<void> {
  if (organisationFile !== "") return;
  const [organisation, ...lists] = await Promise.all(
    ["/organisation.pub", englishUrl, frenchUrl, italianUrl].map(async (url) => {
      const answer = await fetch(url).catch(() => null);
      return answer?.ok ? answer.text() : "";
    }),
  );
  const it = await core;
  lists.forEach((list, which) => it.wordList(which, list));
  organisationFile = organisation ?? "";
}

self.onmessage = async (event: MessageEvent<Request>) => {
  if (event.data.command[0] === "open-words") await fetchForWords();
  run((it) => tell({ tell: "answer", id: event.data.id, problem: carryOut(it, event.data), texts: [] }));
};

core.catch(() => tell({ tell: "broken", why: "no-wasm" }));

let lastTickMs = performance.now();
setInterval(() => {
  const nowMs = performance.now();
  if (nowMs - lastTickMs > sleptMs) lookAtSocket();
  lastTickMs = nowMs;
  run((it) => it.tick());
}, tickMs);
