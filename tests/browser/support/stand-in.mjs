// The page with a stand-in for its worker: a test tells it what the core would tell, and hears what it asks. For
// screens that a whole evening of real programs would take long to come to; what the core does has tests of its own.

import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { pages } from "./programs.mjs";

const types = {
  html: "text/html",
  js: "text/javascript",
  css: "text/css",
  txt: "text/plain",
  wasm: "application/wasm",
};

/** Serves the built page, as the server does but for its headers. Answers with the origin and how to end it. */
export async function servePages() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://page").pathname);
    const file = join(pages, ["/", "/join", "/staff"].includes(path) ? "index.html" : path);
    if (request.url === "/clear" || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    const type = types[file.split(".").at(-1)] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": `${type}; charset=utf-8` }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, end: () => server.close() };
}

/** Before the page is opened: its worker is this one. Every command succeeds, unless `problems` names a code for it. */
export async function standIn(page) {
  await page.addInitScript(() => {
    window.asked = [];
    window.problems = {};
    class StandIn extends EventTarget {
      constructor() {
        super();
        window.tellPage = (event, channel = 0) => this.#tell({ tell: "event", channel, event });
        window.breakPage = (why) => this.#tell({ tell: "broken", why });
      }
      postMessage({ id, channel, command }) {
        window.asked.push({ channel, command });
        const code = window.problems[command[0]];
        if (code !== undefined) this.#tell({ tell: "answer", id, problem: { code }, texts: [] });
        else this.#tell({ tell: "answer", id, problem: null, texts: [], ...this.#sealing(command) });
      }
      // Not sealed at all, but like it: as long as any other, and opened by its own passphrase alone.
      #sealing([what, text, passphrase]) {
        if (what === "seal") return { texts: [btoa(JSON.stringify([passphrase, text]).padEnd(600))] };
        if (what !== "unseal") return {};
        const [wanted, secret] = JSON.parse(atob(text));
        return wanted === passphrase ? { texts: [secret] } : { problem: { code: "decryption" } };
      }
      terminate() {}
      #tell(data) {
        queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
      }
    }
    window.Worker = StandIn;
  });
}

/** What the core would tell, in order. */
export async function tell({ page }, ...events) {
  await page.evaluate((all) => all.forEach((event) => window.tellPage(event, event.on ?? 0)), events);
}

/** The commands that the page has asked for with this name, newest last. */
export function asked({ page }, name) {
  return page.evaluate((wanted) => window.asked.map((it) => it.command).filter((it) => it[0] === wanted), name);
}
