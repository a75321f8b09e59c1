// @vitest-environment node
// The real module, in Node: the door of client-lib/wasm/abi.h opens, and nothing comes in or goes out by another.
import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Core, instantiate, wasiImports } from "./wasm";

const path = process.env["VERANDA_WASM"] ?? "../build/wasm/client-lib/wasm/veranda.wasm";
const link = `1.${"A".repeat(64)}`;
const words = "../client-lib/circle/joining/words";

// Skipped, visibly, where `ops/wasm/build` has not been run.
describe.skipIf(!existsSync(path))("veranda.wasm", () => {
  let module: WebAssembly.Module;
  let core: Core;
  const time = { wallMs: () => 1_790_000_000_000, steadyMs: () => 5_000 };

  beforeAll(async () => {
    module = await WebAssembly.compile(readFileSync(path));
  });
  const make = () => instantiate((imports) => WebAssembly.instantiate(module, imports), "http://127.0.0.1:8080", time);
  const events = () => {
    const found = [];
    for (let json = core.nextEvent(); json !== null; json = core.nextEvent()) found.push(JSON.parse(json));
    return found;
  };

  it("exports what abi.h says, and no more", () => {
    const header = readFileSync("../client-lib/wasm/abi.h", "utf8");
    const promised = [...header.matchAll(/VERANDA_EXPORT\((veranda_\w+)\)/g)].map((match) => match[1]);
    const exported = WebAssembly.Module.exports(module).map((it) => it.name);
    expect(exported.toSorted()).toEqual(["_initialize", "memory", ...promised].toSorted());
  });

  it("imports nothing but what the page gives it", () => {
    const given = Object.keys(wasiImports(() => new WebAssembly.Memory({ initial: 1 }))["wasi_snapshot_preview1"]!);
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      expect(from).toBe("wasi_snapshot_preview1");
      expect(given).toContain(name);
    }
  });

  it("holds no path of whoever built it", () => {
    expect(readFileSync(path).includes(process.cwd().replace(/\/web-client$/, ""))).toBe(false);
  });

  it("wants a connection when a link is opened, and says that it is connecting", async () => {
    core = await make();
    expect(core.openLink(link)).toBeNull();
    expect(core.nextAction()).toEqual({ do: "connect" });
    expect(core.nextAction()).toBeNull();
    expect(events()).toContainEqual({ event: "state", state: "connecting" });
  });

  it("names what is wrong with a link, and does nothing", async () => {
    core = await make();
    expect(core.openLink("1.short")).toBe("link_form");
    expect(core.openLink("")).toBe("link_form");
    expect(core.nextAction()).toBeNull();
    expect(events()).toEqual([]);
  });

  it("refuses commands before there is a client", async () => {
    core = await make();
    expect(core.say("hello")).toBe("not_started");
    expect(core.leave()).toBe("not_started");
  });

  it("has the word lists only when it was handed them", async () => {
    core = await make();
    expect(core.openWords("abandon ".repeat(12), "")).toBe("word_lists");
    for (const [which, name] of ["en", "fr", "it"].entries())
      core.wordList(which, readFileSync(`${words}/${name}.txt`, "utf8"));
    expect(core.openWords("abandon ability", "")).toBe("words_count");
    expect(core.unknownWords("abandon veranda ability qwertz")).toEqual(["veranda", "qwertz"]);
    core.forget();
    expect(core.unknownWords("veranda")).toEqual(["veranda"]);
  });

  it("survives what is not a message of the relay, and tries again", async () => {
    core = await make();
    core.openLink(link);
    core.nextAction();
    core.connected();
    core.received(new Uint8Array([1, 2, 3]));
    expect(core.nextAction()).toEqual({ do: "disconnect" });
    expect(events().some((event) => event.event === "error")).toBe(true);
  });

  it("takes its randomness from the browser", async () => {
    const random = vi.spyOn(crypto, "getRandomValues");
    core = await make();
    core.openLink(link);
    core.connected();
    core.disconnected(); // draws the wait before the next try
    expect(random).toHaveBeenCalled();
    random.mockRestore();
  });

  it("leaves no copy of what was typed in its memory once it is told to forget", async () => {
    let memory: WebAssembly.Memory | undefined;
    core = await instantiate(
      async (imports) => {
        const instance = await WebAssembly.instantiate(module, imports);
        memory = instance.exports["memory"] as WebAssembly.Memory;
        return instance;
      },
      "http://127.0.0.1:8080",
      time,
    );
    const secret = "a sentence that nobody else may read";
    expect(core.say(secret)).toBe("not_started");
    core.forget();
    expect(Buffer.from(memory!.buffer).includes(secret)).toBe(false);
  });
});
