// The core as the page's worker has it, in Node and without a page: the modules of build/wasm, the worker's own way of
// carrying out what they want, Node's WebSocket. Needs `node --experimental-websocket` before Node 22.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./programs.mjs";

const patienceMs = 60_000; // the most that a test waits for a condition
const tickMs = 250;
const client = join(root, "web-client");
const wasm = process.env.VERANDA_WASM ?? join(root, "build/wasm/client-lib/wasm/veranda.wasm");
const fileOf = (name) => join(dirname(wasm), `${name}.wasm`);

/** What is missing for these tests, in words, or null. */
export function missingCore() {
  for (const name of ["veranda", "veranda-alone", "veranda-staff", "veranda-argon2id"])
    if (!existsSync(fileOf(name))) return `${fileOf(name)} is not built`;
  if (!existsSync(join(client, "node_modules/rolldown"))) return "the page's tools are not installed";
  return globalThis.WebSocket === undefined ? "this Node has no WebSocket" : null;
}

/** The page's own TypeScript, as a module that Node can load. */
async function bundled() {
  const { rolldown } = await import(pathToFileURL(join(client, "node_modules/rolldown/dist/index.mjs")).href);
  const entry = "virtual:core";
  const names = ["argon2id", "carrying", "fields", "wasm"];
  const source = names.map((name) => `export * from ${JSON.stringify(join(client, "src/core", `${name}.ts`))};`);
  const bundle = await rolldown({
    input: entry,
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source.join("\n") : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "es" });
  return moduleOfText(output[0].code);
}

const moduleOfText = (text) => import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);

/** The same module as the script that takes its place where WebAssembly is switched off. */
async function scriptOf(name) {
  const { scriptOf: made } = await import(pathToFileURL(join(client, "build/script-core.mjs")).href);
  return (await moduleOfText(await made(fileOf(name)))).default;
}

let loaded = null;
async function load() {
  const core = await bundled();
  const modules = new Map();
  const moduleOf = async (name) => {
    if (!modules.has(name)) modules.set(name, await WebAssembly.compile(readFileSync(fileOf(name))));
    return modules.get(name);
  };
  const argon2id = await moduleOf("veranda-argon2id");
  const lent = { argon2id: core.argon2idBy((imports) => new WebAssembly.Instance(argon2id, imports)) };
  const words = ["en", "fr", "it"].map((name) =>
    readFileSync(join(root, `client-lib/circle/joining/words/${name}.txt`), "utf8"),
  );
  return { core, moduleOf, lent, words };
}

// A core that says where it trapped, before it is thrown away.
function outspoken(core) {
  const called =
    (method) =>
    (...values) => {
      try {
        return method.apply(core, values);
      } catch (error) {
        console.log(`trapped: ${error.stack.replaceAll(/data:\S+/g, "")}`);
        throw error;
      }
    };
  return new Proxy(core, { get: (it, name) => (typeof it[name] === "function" ? called(it[name]) : it[name]) });
}

const everybody = [];

/** Ends every connection that these tests have made. */
export function leaveAll() {
  for (const person of everybody.splice(0)) person.leave();
}

/** One person with one module: what she asks for, what she is told, and what it costs her phone. */
export class Person {
  memory; // of the module
  spentMs = 0; // in the core, so far
  #carried;
  #events = [];
  #ticks;
  #core;
  #wake = () => null;

  /** `module`: veranda, veranda-alone or veranda-staff. `asScript`: without WebAssembly. */
  static async with(module, origin, { asScript = false } = {}) {
    const { core, moduleOf, lent, words } = await (loaded ??= load());
    const person = new Person();
    const make = asScript ? await scriptOf(module) : null;
    const instantiate = async (imports) => {
      const instance = make
        ? { exports: make(imports) }
        : await WebAssembly.instantiate(await moduleOf(module), imports);
      person.memory = instance.exports.memory;
      return instance;
    };
    const made = await core.instantiate(instantiate, origin, undefined, lent);
    person.#core = core;
    person.#carried = new core.Carried(outspoken(made), origin, {
      event: (channel, event) => person.#hear(channel, event),
      broken: () => person.#hear(0, { event: "broken" }),
    });
    const run = person.#carried.run.bind(person.#carried);
    person.#carried.run = (call) => {
      const from = performance.now();
      run(call);
      person.spentMs += performance.now() - from;
    };
    person.#ticks = setInterval(() => person.#carried.run((it) => it.tick()), tickMs);
    person.run((it) => words.forEach((list, which) => it.wordList(which, list)));
    everybody.push(person);
    return person;
  }

  /** A command that has to be accepted. Answers with its texts. */
  does(channel, ...command) {
    const { problem, texts } = this.tries(channel, ...command);
    if (problem !== null) throw new Error(`${command[0]}: ${problem}`);
    return texts;
  }

  tries(channel, ...command) {
    let outcome = { problem: "broken", texts: [] };
    this.#carried.run((it) => {
      outcome = it.command(channel, command[0], ...this.#core.fieldsOf(command));
    });
    return outcome;
  }

  run(call) {
    this.#carried.run(call);
  }

  forget() {
    this.#carried.forget();
  }

  /** The first event of this kind on this channel for which `wanted` holds, whether it has come already or will. */
  async hears(channel, kind, wanted = () => true) {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const found = this.#events.find((it) => it.channel === channel && it.event.event === kind && wanted(it.event));
      if (found !== undefined) return found.event;
      if (this.#events.some((it) => it.event.event === "broken")) throw new Error("the core has stopped");
      if (Date.now() > deadline) throw new Error(`waited in vain for ${kind}; ${JSON.stringify(this.#events)}`);
      await new Promise((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, 1_000).unref();
      });
    }
  }

  async state(channel, state) {
    await this.hears(channel, "state", (event) => event.state === state);
  }

  all(channel, kind) {
    return this.#events.filter((it) => it.channel === channel && it.event.event === kind).map((it) => it.event);
  }

  leave() {
    clearInterval(this.#ticks);
    this.#carried.forget();
  }

  #hear(channel, event) {
    this.#events.push({ channel, event });
    this.#wake();
  }
}
