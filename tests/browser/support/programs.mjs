// The real programs, as their people start them: an organisation, a Redis, servers, terminals; and what a facilitator
// types to invite and to let in.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program } from "./program.mjs";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const pages = process.env.VERANDA_PAGES ?? join(root, "web-client/dist");
const build = process.env.VERANDA_BUILD ?? join(root, "build/dev");
const program = {
  veranda: process.env.VERANDA ?? join(build, "veranda"),
  server: process.env.VERANDA_SERVER ?? join(build, "veranda-server"),
  redis: "/usr/bin/redis-server",
};

/** What is missing for these tests, in words, or null. */
export function missing() {
  for (const path of [program.veranda, program.server, join(pages, "index.html")])
    if (!existsSync(path)) return `${path} is not built`;
  return null;
}

/** A folder of the test's own, that goes with it. */
export function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), "veranda-browser-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A root, one facilitator for each name, ground rules. */
export function makeOrganisation(...facilitators) {
  const folder = makeFolder();
  const at = (name) => join(folder, name);
  const passphrase = ["--passphrase-file", at("passphrase")];
  const veranda = (...args) =>
    execFileSync(program.veranda, [...args, ...passphrase], { stdio: ["ignore", "pipe", "inherit"] });
  writeFileSync(at("passphrase"), "a passphrase for a test\n", { mode: 0o600 });
  writeFileSync(at("rules.txt"), "What is said here stays here.\nNobody has to speak.\n");
  const house = at("organisation");
  veranda("org", "init", house, "--name", "Casa Aurora");
  const takeIn = (name, role) => {
    const request = at(`${name}.request`);
    veranda("staff", "new", "--name", name, "--out", request);
    veranda("org", "certify", house, request, "--role", role, "--out", at(`${name}.staff`));
  };
  for (const name of facilitators) takeIn(name, "facilitator");
  return {
    publicFile: join(house, "organisation.pub"),
    rules: ["--rules", at("rules.txt")],
    keysOf: (name) => ["--staff", at(`${name}.staff`), ...passphrase],
    passphrase: "a passphrase for a test",
    filesOf: (name) => [at(`${name}.staff`), at(`${name}.keys`)], // as she chooses them in a browser
    /** Makes the key of the desk, before a server is started. Answers with its file. */
    deskKey: () => {
      const file = at("leads.desk");
      veranda("org", "desk-key", house, "--out", file, "--new-passphrase-file", at("passphrase"));
      return file;
    },
    /** Says this to whoever is not safe, from when a server is next started. */
    sayNotSafe: (language, text) => {
      const file = at(`not-safe-${language}.txt`);
      writeFileSync(file, text);
      veranda("org", "not-safe", house, "--language", language, "--text", file);
    },
    /** One more of the team, with keys and a certificate. */
    takeIn,
    /** Certifies a request that was saved from a page. Answers with the certificate's file. */
    certify: (request, role = "facilitator") => {
      const certificate = `${request}.staff`;
      veranda("org", "certify", house, request, "--role", role, "--out", certificate);
      return certificate;
    },
  };
}

/** An empty Redis on a unix socket, nothing of it on a disk. Answers with the address that a server takes. */
export async function startRedis() {
  const folder = makeFolder();
  const socket = join(folder, "redis.sock");
  const place = ["--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", folder];
  const redis = new Program(program.redis, [...place, "--save", "", "--appendonly", "no", "--daemonize", "no"]);
  await redis.line((text) => /ready to accept connections/i.test(text), "Redis to listen");
  return `unix:${socket}`;
}

/** A server on a free port, with the page; its rooms in memory, or in this Redis. `more`: further options. */
export async function startServer(organisation, redis = null, more = []) {
  const house = ["--organisation", organisation.publicFile];
  const store = redis === null ? [] : ["--redis", redis];
  const served = more.includes("--pages") ? [] : ["--pages", pages];
  return startServerWith(["--listen", "127.0.0.1:0", ...house, ...served, ...store, ...more]);
}

/** The same by a configuration file, for what no option can say. `lines`: what stands in it besides. */
export async function startServerByFile(organisation, lines) {
  const file = join(makeFolder(), "veranda.toml");
  const options = { listen: "127.0.0.1:0", organisation: organisation.publicFile, pages, ...lines };
  writeFileSync(
    file,
    Object.entries(options)
      .map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`)
      .join(""),
  );
  return startServerWith(["--config", file]);
}

async function startServerWith(options) {
  const server = new Program(program.server, options);
  const line = await server.line((text) => text.includes("listening on "), "the server to listen");
  const origin = line.match(/listening on (https?:\/\/\S+)/)[1];
  return { server, origin, port: Number(new URL(origin).port) };
}

/** Until a server has read its folder of pages again. */
export async function readPagesAgain({ server, origin }, folder) {
  const mark = String(performance.now());
  writeFileSync(join(folder, "mark.txt"), mark);
  server.signal("SIGHUP");
  const deadline = Date.now() + 30_000;
  while ((await (await fetch(`${origin}/mark.txt`)).text()) !== mark)
    if (Date.now() > deadline) throw new Error("waited in vain for the pages to be read again");
}

/** A facilitator's terminal client with her group open. */
export async function hostGroup(origin, organisation, name, group) {
  const where = ["--server", origin, "--group", group, ...organisation.rules];
  const host = new Program(program.veranda, ["host", "--json", ...where, ...organisation.keysOf(name)]);
  await inGroup(host);
  return host;
}

/** A facilitator's terminal client that knocks at another one's group. */
export function hostByLink(link, organisation, name) {
  return new Program(program.veranda, ["host", "--json", "--join", link, ...organisation.keysOf(name)]);
}

/** A member's terminal client that knocks. */
export function joinByLink(link, name) {
  return new Program(program.veranda, ["join", "--json", link, "--name", name]);
}

/** The terminal client of somebody who wants to talk to one person alone. */
export function askDesk(origin, organisation, args) {
  return new Program(program.veranda, [
    "ask",
    "--json",
    "--server",
    origin,
    "--organisation",
    organisation.publicFile,
    ...args,
  ]);
}

/** A counsellor's terminal at the support desk. */
export function counsellorAtDesk(origin, organisation, name) {
  return new Program(program.veranda, ["desk", "--json", "--server", origin, ...organisation.keysOf(name)]);
}

/** Until this terminal is in its group. */
export function inGroup(terminal) {
  return terminal.newest("state", (event) => event.state === "in_group", "the group to be open to it");
}

/** A new invite of this facilitator's: link and words. `command`: /invite, or /invite-staff. */
export async function invite(host, command = "/invite") {
  host.say(command);
  return host.event((event) => event.event === "invite", "the invite");
}

/** Lets in who waits under this name. */
export async function admit(host, name) {
  await host.event((event) => event.event === "knock" && event.name === name && event.waiting, `${name}'s knock`);
  host.say(`/admit ${name}`);
}
