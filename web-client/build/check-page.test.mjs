// @vitest-environment node
// The list of the page's hashes, its signature, and the check of a server that gives out something else.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer } from "node:http";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkPage, weakPolicy } from "./check-page.mjs";
import { readHashes, sha256 } from "./hashes.mjs";
import { withIntegrity } from "./integrity.mjs";
import { checkSignature, readPublicKey } from "./minisign.mjs";

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";
const index = '<meta name="veranda-away" content="about:blank" /><script src="/assets/a-1a2b3c4d.js"></script>';
const script = "export const a = 1;";
const list = `${sha256(script)}  assets/a-1a2b3c4d.js\n${sha256(index)}  index.html\n`;

// Signed as minisign does it.
function makeKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const id = randomBytes(8);
  const bare = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  return {
    id,
    privateKey,
    text: `untrusted comment: a key\n${Buffer.concat([Buffer.from("Ed"), id, bare]).toString("base64")}\n`,
  };
}
function signed(content, { id, privateKey }, comment = "the page") {
  const signature = sign(null, createHash("blake2b512").update(content).digest(), privateKey);
  const global = sign(null, Buffer.concat([signature, Buffer.from(comment)]), privateKey);
  const line = Buffer.concat([Buffer.from("ED"), id, signature]).toString("base64");
  return `untrusted comment: x\n${line}\ntrusted comment: ${comment}\n${global.toString("base64")}\n`;
}

describe("checkPage", () => {
  const key = makeKey();
  let files, server, origin, headers;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const file = files.get(request.url);
      if (file === undefined) return response.writeHead(404, headers).end();
      const packed = request.headers["accept-encoding"] === "br" && file.br !== undefined;
      response
        .writeHead(200, packed ? { ...headers, "Content-Encoding": "br" } : headers)
        .end(packed ? file.br : file.plain);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    headers = { "Content-Security-Policy": policy };
    files = new Map([
      ...["/", "/join", "/staff", "/index.html"].map((path) => [path, { plain: index }]),
      ["/assets/a-1a2b3c4d.js", { plain: script, br: brotliCompressSync(script) }],
      ["/hashes.txt", { plain: list }],
      ["/hashes.txt.minisig", { plain: signed(list, key) }],
    ]);
  });
  const check = (trust = { key: readPublicKey(key.text) }) => checkPage(origin, trust);

  it("has nothing to say about the page that was signed, or that the list at hand names", async () => {
    expect(await check()).toEqual([]);
    expect(await check({ hashes: list })).toEqual([]);
  });

  it("takes a neutral page of the organisation's choice, and nothing else in its place", async () => {
    const becomes = (content) => files.set("/join", { plain: index.replace("about:blank", content) });
    becomes("https://weather.example/today?x=1&amp;y=2");
    expect(await check()).toEqual([]);
    for (const bad of ["javascript:alert(1)", 'https://x.example/" onload="alert(1)', "https://x.example/<script>"]) {
      becomes(bad);
      expect((await check()).some((line) => line.startsWith("/join (identity): is another page"))).toBe(true);
    }
  });

  it("notices one altered byte, wherever it is", async () => {
    for (const path of ["/", "/join", "/staff", "/index.html"]) {
      const good = files.get(path);
      files.set(path, { plain: good.plain.replace("meta", "mete") });
      expect((await check())[0]).toBe(`${path} (identity): is another page than the list says`);
      files.set(path, good);
    }
    const evil = script.replace("1", "2");
    files.set("/assets/a-1a2b3c4d.js", { plain: evil });
    expect((await check())[0]).toBe("/assets/a-1a2b3c4d.js (identity): is another file than the list says");
  });

  it("notices one that only a browser would be given, in the packed form", async () => {
    files.get("/assets/a-1a2b3c4d.js").br = brotliCompressSync(script.replace("1", "2"));
    expect(await check()).toEqual(["/assets/a-1a2b3c4d.js (br): is another file than the list says"]);
    files.get("/assets/a-1a2b3c4d.js").br = Buffer.from("no brotli");
    expect((await check())[0]).toMatch(/^\/assets\/a-1a2b3c4d.js \(br\): cannot be read/);
  });

  it("notices a file that is missing, and a policy that lets others in", async () => {
    files.delete("/assets/a-1a2b3c4d.js");
    expect((await check())[0]).toBe("/assets/a-1a2b3c4d.js (identity): answered with 404");
    headers = { "Content-Security-Policy": policy.replace("'wasm-unsafe-eval'", "https://evil.example") };
    expect((await check()).at(-1)).toMatch(/allows script-src https:\/\/evil.example$/);
    headers = {};
    expect((await check()).at(-1)).toMatch(/policy/);
  });

  it("takes no list but the one that was signed, by this key", async () => {
    files.set("/hashes.txt", { plain: list.replace("index.html", "index.htm_") });
    await expect(check()).rejects.toThrow("the signature is not good");
    files.set("/hashes.txt", { plain: list });
    files.set("/hashes.txt.minisig", { plain: signed(list, makeKey()) });
    await expect(check()).rejects.toThrow("another key");
    const { privateKey } = makeKey();
    files.set("/hashes.txt.minisig", { plain: signed(list, { ...key, privateKey }) });
    await expect(check()).rejects.toThrow("the signature is not good");
    files.delete("/hashes.txt.minisig");
    await expect(check()).rejects.toThrow("no signature");
  });
});

describe("checkSignature", () => {
  const key = makeKey();
  it("holds the trusted comment as well", () => {
    const text = signed("list", key, "the page of May");
    expect(checkSignature(Buffer.from("list"), text, readPublicKey(key.text))).toBe("the page of May");
    expect(() => checkSignature(Buffer.from("list"), text.replace("May", "June"), readPublicKey(key.text))).toThrow(
      "comment was changed",
    );
  });
  it("refuses what is not in minisign's form", () => {
    for (const bad of ["", "hello", "untrusted comment: x\nAAAA\ntrusted comment: y\nAAAA\n"])
      expect(() => checkSignature(Buffer.from("list"), bad, readPublicKey(key.text))).toThrow("minisign");
    for (const bad of ["", "untrusted comment: x\nAAAA", Buffer.alloc(42).toString("base64")])
      expect(() => readPublicKey(bad)).toThrow("minisign");
  });
});

describe("readHashes", () => {
  it("refuses a line that is none, a path that leads out, and a path twice", () => {
    const hash = "0".repeat(64);
    const good = `${hash}  index.html\n`;
    expect(readHashes(good).size).toBe(1);
    for (const bad of [
      "",
      "\n",
      "x  index.html\n",
      `${good}${good}`,
      `${good}${hash}  ../secret\n`,
      `${good}${hash}  /etc/x\n`,
    ])
      expect(() => readHashes(bad)).toThrow();
    expect(() => readHashes(`${hash}  other.html\n`)).toThrow("index.html is not in it");
  });
});

describe("weakPolicy", () => {
  it("takes the server's, and nothing weaker", () => {
    expect(weakPolicy(policy)).toBeNull();
    for (const weaker of [
      "",
      policy.replace("default-src 'none'", "default-src 'self'"),
      policy.replace("base-uri 'none'; ", ""),
      policy.replace("script-src", "style-src"),
      `${policy}; style-src 'unsafe-inline'`,
      `${policy}; connect-src *`,
      `${policy}; worker-src blob:`,
    ])
      expect(weakPolicy(weaker)).not.toBeNull();
  });
});

describe("withIntegrity", () => {
  const read = async () => Buffer.from(script);
  const hash = createHash("sha384").update(script).digest("base64");
  it("names the bytes of what index.html loads, once", async () => {
    const tag = '<script async type="module" src="/assets/a.js"></script><link rel="icon" href="data:," />';
    const once = await withIntegrity(tag, read);
    expect(once).toContain(`src="/assets/a.js" integrity="sha384-${hash}">`);
    expect(once).toContain('href="data:," />');
    expect(await withIntegrity(once, read)).toBe(once);
  });
  it("refuses another site, and a script without a file", async () => {
    for (const bad of [
      '<script src="https://cdn.example/x.js">',
      '<link href="//cdn.example/x.css">',
      "<script>1</script>",
    ])
      await expect(withIntegrity(bad, read)).rejects.toThrow();
  });
});
