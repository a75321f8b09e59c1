// @vitest-environment node
// The real module, in Node: the door of client-lib/wasm/abi.h opens, and nothing comes in or goes out by another.
import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { argon2idBy } from "./argon2id";
import { type Core, coreImports, instantiate, type Lent } from "./wasm";

const path = process.env["VERANDA_WASM"] ?? "../build/wasm/client-lib/wasm/veranda.wasm";
const link = `1.${"A".repeat(64)}`;
const words = "../client-lib/circle/joining/words";

const modules = ["veranda", "veranda-alone", "veranda-staff"];
const fileOf = (name: string) => path.replace("veranda.wasm", `${name}.wasm`);

// Skipped, visibly, where `ops/wasm/build` has not been run.
describe.skipIf(!existsSync(path)).each(modules)("%s.wasm", (name) => {
  let module: WebAssembly.Module;

  beforeAll(async () => {
    module = await WebAssembly.compile(readFileSync(fileOf(name)));
  });

  it("exports what abi.h says, and no more", () => {
    const header = readFileSync("../client-lib/wasm/abi.h", "utf8");
    const promised = [...header.matchAll(/VERANDA_EXPORT\((veranda_\w+)\)/g)].map((match) => match[1]);
    const exported = WebAssembly.Module.exports(module).map((it) => it.name);
    expect(exported.toSorted()).toEqual(["_initialize", "memory", ...promised].toSorted());
  });

  it("imports nothing but what the page gives it", () => {
    const given = coreImports(() => new WebAssembly.Memory({ initial: 1 }), { argon2id: () => null });
    for (const wanted of WebAssembly.Module.imports(module)) expect(given[wanted.module]).toHaveProperty(wanted.name);
  });

  it("holds no path of whoever built it", () => {
    expect(readFileSync(fileOf(name)).includes(process.cwd().replace(/\/web-client$/, ""))).toBe(false);
  });
});

describe.skipIf(!existsSync(path))("a member's core", () => {
  let module: WebAssembly.Module;
  let core: Core;
  const time = { wallMs: () => 1_790_000_000_000, steadyMs: () => 5_000 };

  beforeAll(async () => {
    module = await WebAssembly.compile(readFileSync(path));
  });
  const make = () => instantiate((imports) => WebAssembly.instantiate(module, imports), "http://127.0.0.1:8080", time);
  const events = () => {
    const found = [];
    for (let said = core.nextEvent(); said !== null; said = core.nextEvent()) found.push(JSON.parse(said.json));
    return found;
  };

  it("wants a connection when a link is opened, and says that it is connecting", async () => {
    core = await make();
    expect(core.command(0, "open-link", link)).toEqual({ problem: null, texts: [] });
    expect(core.nextAction()).toEqual({ do: "connect", channel: 0 });
    expect(core.nextAction()).toBeNull();
    expect(events()).toContainEqual({ event: "state", state: "connecting" });
  });

  it("names what is wrong with a link, and does nothing", async () => {
    core = await make();
    expect(core.command(0, "open-link", "1.short").problem).toBe("link_form");
    expect(core.command(0, "open-link", "").problem).toBe("link_form");
    expect(core.nextAction()).toBeNull();
    expect(events()).toEqual([]);
  });

  it("says which organisation a link named, and nothing where there was none", async () => {
    core = await make();
    expect(core.command(0, "whose").texts).toEqual([""]);
    core.command(0, "open-link", link);
    expect(core.command(0, "whose").texts).toEqual(["A".repeat(44)]);
  });

  it("takes no organisation for another's, where it talks alone", async () => {
    const alone = await WebAssembly.compile(readFileSync(fileOf("veranda-alone")));
    core = await instantiate((imports) => WebAssembly.instantiate(alone, imports), "http://127.0.0.1:8080", time);
    expect(core.command(1, "of", "A".repeat(43)).problem).toBe("command_form");
    expect(core.command(1, "of", `${"A".repeat(43)}!`).problem).toBe("command_form");
    expect(core.command(1, "of", "A".repeat(44)).problem).toBe("armour_begin"); // its file was not handed in
  });

  it("keeps channels apart", async () => {
    core = await make();
    core.command(0, "open-link", link);
    core.command(3, "open-link", link);
    expect([core.nextAction(), core.nextAction()]).toEqual([
      { do: "connect", channel: 0 },
      { do: "connect", channel: 3 },
    ]);
    expect([core.nextEvent()?.channel, core.nextEvent()?.channel]).toEqual([0, 3]);
    core.close(0);
    core.connected(0);
    expect(core.nextAction()).toBeNull();
    expect(core.command(0, "say", "hello").problem).toBe("not_started");
  });

  it("refuses commands before there is a client", async () => {
    core = await make();
    expect(core.command(0, "say", "hello").problem).toBe("not_started");
    expect(core.command(0, "leave").problem).toBe("not_started");
  });

  it("refuses a command that it does not have, or with another number of arguments", async () => {
    core = await make();
    expect(core.command(0, "fly").problem).toBe("command_unknown");
    expect(core.command(0, "host", "a", "b", "en", "90", "12", "speaks", "0").problem).toBe("command_unknown");
    expect(core.command(0, "say").problem).toBe("command_unknown");
    expect(core.command(0, "say", "a zero byte \0 in it").problem).toBe("command_unknown");
  });

  it("refuses what is no number, no flag and no sign", async () => {
    core = await make();
    core.command(0, "open-link", link);
    expect(core.command(0, "reply", "1.5", "hello").problem).toBe("command_form");
    expect(core.command(0, "reply", "-1", "hello").problem).toBe("command_form");
    expect(core.command(0, "hand", "2").problem).toBe("command_form");
    expect(core.command(0, "react", "1", "thumb").problem).toBe("command_form");
    expect(core.command(0, "react", "1", "hug").problem).toBe("not_now");
  });

  it("has no ticket before she is in a group", async () => {
    core = await make();
    core.command(0, "open-link", link);
    expect(core.ticket(0)).toBe("");
    expect(core.command(0, "return-by", "torn").problem).toBe("ticket_form");
  });

  it("has the word lists only when it was handed them", async () => {
    core = await make();
    expect(core.command(0, "open-words", "abandon ".repeat(12)).problem).toBe("word_lists");
    for (const [which, name] of ["en", "fr", "it"].entries())
      core.wordList(which, readFileSync(`${words}/${name}.txt`, "utf8"));
    expect(core.command(0, "open-words", "abandon ability").problem).toBe("words_count");
    expect(core.unknownWords("abandon veranda ability qwertz")).toEqual(["veranda", "qwertz"]);
    core.forget();
    expect(core.unknownWords("veranda")).toEqual(["veranda"]);
  });

  it("survives what is not a message of the relay, and tries again", async () => {
    core = await make();
    core.command(0, "open-link", link);
    core.nextAction();
    core.connected(0);
    core.received(0, new Uint8Array([1, 2, 3]));
    expect(core.nextAction()).toEqual({ do: "disconnect", channel: 0 });
    expect(events().some((event) => event.event === "error")).toBe(true);
  });

  it("takes its randomness from the browser", async () => {
    const random = vi.spyOn(crypto, "getRandomValues");
    core = await make();
    core.command(0, "open-link", link);
    core.connected(0);
    core.disconnected(0); // draws the wait before the next try
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
    expect(core.command(0, "say", secret).problem).toBe("not_started");
    core.forget();
    expect(Buffer.from(memory!.buffer).includes(secret)).toBe(false);
  });
});

// A passphrase's work takes a third of a second each time, more where many tests run beside each other.
describe.skipIf(!existsSync(path))("what is sealed under a passphrase", { timeout: 60_000 }, () => {
  let module: WebAssembly.Module;
  let lent: Lent;
  let core: Core;

  beforeAll(async () => {
    module = await WebAssembly.compile(readFileSync(fileOf("veranda-staff")));
    const argon2id = await WebAssembly.compile(readFileSync(fileOf("veranda-argon2id")));
    lent = { argon2id: argon2idBy((imports) => new WebAssembly.Instance(argon2id, imports)) };
    const load = (imports: WebAssembly.Imports) => WebAssembly.instantiate(module, imports);
    core = await instantiate(load, "http://127.0.0.1:8080", undefined, lent);
  });

  it("is Argon2id as RFC 9106 has it", () => {
    const salt = new Uint8Array(16).fill(2);
    const key = lent.argon2id(new TextEncoder().encode("password"), salt, 64, 3);
    // The same of libsodium's crypto_pwhash, natively.
    expect(Buffer.from(key!).toString("hex")).toBe("7a6f5cf28538d4a2f5a94b4fc73d353d26ff03035ffc62a54b22acfad191cb5f");
  });

  it("keeps a ticket under a PIN, and every one at one length", () => {
    const [short, long] = ["x", "y".repeat(512)].map((secret) => core.command(0, "seal", secret, "2580").texts[0]!);
    expect(short!.length).toBe(long!.length);
    expect(core.command(0, "unseal", long!, "2580").texts).toEqual(["y".repeat(512)]);
    expect(core.command(0, "unseal", short!, "0852").problem).toBe("decryption");
    expect(core.command(0, "unseal", short!.slice(4), "2580").problem).toBe("secret_form");
    expect(core.command(0, "seal", "z".repeat(513), "2580").problem).toBe("secret_form");
  });

  it("makes keys that nobody has certified yet", () => {
    const { problem, texts } = core.command(0, "make-keys", "Ada", "rain on a tin roof");
    expect(problem).toBeNull();
    expect(texts[0]).toMatch(/^-----BEGIN VERANDA STAFF REQUEST-----\n/);
    expect(texts[1]).toMatch(/^-----BEGIN VERANDA SEALED KEYS-----\n/);
    expect(texts[2]).toMatch(/^[0-9a-f]{64}$/);
    expect(core.command(0, "make-keys", "", "rain").problem).toBe("pseudonym_form");
    expect(core.command(0, "desk-key", texts[1]!, "rain on a tin roof").problem).toBe("keys_kind");
    expect(core.command(0, "sign-in", texts[0]!, texts[1]!, "rain on a tin roof").problem).toBe("armour_begin");
    expect(core.command(0, "open-book", "", "words").problem).toBe("not_signed_in");
    expect(core.command(0, "host", "", "", "en", "90", "12", "speaks", "0").problem).toBe("word_lists");
  });

  it("puts nobody on duty who has not signed in, and takes nothing without a desk", () => {
    expect(core.command(2, "go-on-duty", "en,it").problem).toBe("not_signed_in");
    expect(core.command(2, "take", "1").problem).toBe("not_started");
    expect(core.command(2, "end-request", "1").problem).toBe("not_started");
    expect(core.command(2, "hand-over", "one", "Dora").problem).toBe("not_started");
  });

  it("can't be sealed without the module that does it, and says so", async () => {
    const poor = await instantiate((imports) => WebAssembly.instantiate(module, imports), "http://127.0.0.1:8080");
    expect(poor.command(0, "seal", "x", "2580").problem).toBe("password_cost");
  });
});
