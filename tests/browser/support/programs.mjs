// The real programs, as a test drives them: an organisation, a server, a facilitator in a terminal. Each is told to go
// when the test ends, whichever way it ends.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const pages = process.env.VERANDA_PAGES ?? join(root, "web-client/dist");
const build = process.env.VERANDA_BUILD ?? join(root, "build/dev");
const program = {
  veranda: process.env.VERANDA ?? join(build, "veranda"),
  server: process.env.VERANDA_SERVER ?? join(build, "veranda-server"),
};
const patienceMs = 30_000;

/** What is missing for these tests, in words, or null. */
export function missing() {
  for (const path of [program.veranda, program.server, join(pages, "index.html")])
    if (!existsSync(path)) return `${path} is not built`;
  return null;
}

const children = [];
const folders = [];

export function endAll() {
  for (const child of children) child.kill("SIGTERM");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** A root, one facilitator, ground rules; in a folder of its own that goes with the test. */
export function makeOrganisation() {
  const folder = mkdtempSync(join(tmpdir(), "veranda-browser-"));
  folders.push(folder);
  const at = (name) => join(folder, name);
  const veranda = (...args) => execFileSync(program.veranda, args, { stdio: ["ignore", "pipe", "inherit"] });
  const passphrase = ["--passphrase-file", at("passphrase")];
  writeFileSync(at("passphrase"), "a passphrase for a test\n", { mode: 0o600 });
  writeFileSync(at("rules.txt"), "What is said here stays here.\nNobody has to speak.\n");
  veranda("org", "init", at("organisation"), "--name", "Casa Aurora", ...passphrase);
  veranda("staff", "new", "--name", "Amara", "--out", at("amara.request"), ...passphrase);
  veranda(
    "org",
    "certify",
    at("organisation"),
    at("amara.request"),
    "--role",
    "facilitator",
    "--out",
    at("amara.staff"),
    ...passphrase,
  );
  return {
    folder,
    publicFile: at("organisation/organisation.pub"),
    staff: at("amara.staff"),
    rules: at("rules.txt"),
    passphrase,
  };
}

/** A server on a free port, with the page. Answers with its origin. */
export async function startServer(organisation) {
  const server = new Program(program.server, [
    "--listen",
    "127.0.0.1:0",
    "--organisation",
    organisation.publicFile,
    "--pages",
    pages,
  ]);
  const line = await server.line((text) => text.includes("listening on "), "the server to listen");
  return line.match(/listening on (http:\/\/\S+)/)[1];
}

/** A facilitator's terminal client with its group open. */
export async function hostGroup(origin, organisation, group) {
  const host = new Program(program.veranda, [
    "host",
    "--server",
    origin,
    "--staff",
    organisation.staff,
    "--group",
    group,
    "--rules",
    organisation.rules,
    ...organisation.passphrase,
    "--json",
  ]);
  await host.event((event) => event.event === "state" && event.state === "in_group", "the group to open");
  return host;
}

class Program {
  #child;
  #lines = [];
  #waiting = null;
  #read = 0;

  constructor(path, args) {
    this.#child = spawn(path, args, { stdio: ["pipe", "pipe", "inherit"] });
    children.push(this.#child);
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      this.#lines.push(line);
      this.#waiting?.();
    });
    this.#child.on("exit", () => this.#waiting?.());
  }

  say(line) {
    this.#child.stdin.write(`${line}\n`);
  }

  /** The first line after the last one found for which `wanted` holds. */
  async line(wanted, what) {
    const deadline = AbortSignal.timeout(patienceMs);
    for (;;) {
      while (this.#read < this.#lines.length) {
        const line = this.#lines[this.#read++];
        if (wanted(line)) return line;
      }
      if (this.#child.exitCode !== null)
        throw new Error(`the program ended before ${what}:\n${this.#lines.join("\n")}`);
      if (deadline.aborted) throw new Error(`waited in vain for ${what}; it said:\n${this.#lines.join("\n")}`);
      await new Promise((resolve) => {
        this.#waiting = resolve;
        deadline.addEventListener("abort", resolve, { once: true });
      });
    }
  }

  async event(wanted, what) {
    return JSON.parse(await this.line((line) => line.startsWith("{") && wanted(JSON.parse(line)), what));
  }
}
