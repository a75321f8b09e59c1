// Fetches the page from a running server, each file in every form that a browser may ask for, and holds it against
// hashes.txt. Changes nothing; needs Node and nothing else. Called by ops/check-page.
import { readFile } from "node:fs/promises";
import { get as getPlain } from "node:http";
import { get as getByTls } from "node:https";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { hashesName, readHashes, sha256 } from "./hashes.mjs";
import { checkSignature, readPublicKey } from "./minisign.mjs";

const forms = ["identity", "gzip", "br", "gzip, deflate, br, zstd"];
const addressesOfIndex = ["", "join", "staff", "index.html"];
const bytesMax = 64 * 1024 * 1024;
const patienceMs = 30_000;

const usage = `usage: ops/check-page URL --key RELEASE.pub [--signature FILE.minisig]
       ops/check-page URL --hashes FILE

  --key       the release key's public half, got by another way than from the server
  --signature of ${hashesName}; without it, the server's own copy is taken
  --hashes    a ${hashesName} of your own build, or one that you trust`;

/** Lines that say what is wrong; none: the server gives the page that the list names. `say`: what was looked at. */
export async function checkPage(origin, { hashes: trusted, key, signature }, say = () => undefined) {
  const list = trusted ?? (await fetchList(origin, key, signature, say));
  const hashes = readHashes(list);
  const complaints = [];
  for (const [path, hash] of hashes) {
    const addresses = path === "index.html" ? addressesOfIndex : [path];
    for (const address of addresses)
      for (const form of forms) {
        const complaint = await checkFile(`${origin}/${address}`, form, path, hash, say);
        if (complaint !== null) complaints.push(`/${address} (${form}): ${complaint}`);
      }
  }
  say(`${hashes.size} files, each in ${forms.length} forms`);
  return complaints;
}

async function fetchList(origin, key, signature, say) {
  const list = await fetchFile(`${origin}/${hashesName}`, "identity");
  const signed = signature ?? (await fetchFile(`${origin}/${hashesName}.minisig`, "identity")).body.toString();
  if (list.status !== 200) throw new Error(`the server has no ${hashesName}`);
  say(`signed: ${checkSignature(list.body, signed, key)}`);
  return list.body.toString();
}

async function checkFile(url, form, path, hash, say) {
  let answer;
  try {
    answer = await fetchFile(url, form);
  } catch (error) {
    return `cannot be read: ${error.message}`;
  }
  if (answer.status !== 200) return `answered with ${answer.status}`;
  const policy = weakPolicy(answer.headers["content-security-policy"] ?? "");
  if (policy !== null) return policy;
  if (path !== "index.html") return sha256(answer.body) === hash ? null : "is another file than the list says";
  const { html, away } = withoutNeutralPage(answer.body.toString());
  if (url.endsWith("index.html") && form === "identity") say(`leave quickly lands on: ${away}`);
  return sha256(html) === hash ? null : "is another page than the list says";
}

// The one place that a server may fill in, with a plain address by https.
function withoutNeutralPage(html) {
  const place = /name="veranda-away" content="(https:\/\/[A-Za-z0-9][A-Za-z0-9/?&=%_~+,;.:-]*)"/;
  const away = place.exec(html)?.[1] ?? "about:blank";
  return { html: html.replace(place, 'name="veranda-away" content="about:blank"'), away };
}

/** What is too weak in a Content-Security-Policy, or null: nothing may come from another site or be inline. */
export function weakPolicy(policy) {
  const directives = new Map(
    policy.split(";").map((part) => {
      const [name, ...sources] = part.trim().split(/\s+/);
      return [name, sources];
    }),
  );
  if (directives.get("default-src")?.join() !== "'none'") return "its policy does not begin with default-src 'none'";
  for (const name of ["base-uri", "form-action", "frame-ancestors"])
    if (directives.get(name)?.join() !== "'none'") return `its policy does not shut ${name}`;
  for (const [name, sources] of directives)
    for (const source of sources) {
      const good =
        ["'none'", "'self'"].includes(source) ||
        (name === "script-src" && source === "'wasm-unsafe-eval'") ||
        (name === "img-src" && source === "data:");
      if (!good) return `its policy allows ${name} ${source}`;
    }
  return null;
}

function fetchFile(url, form) {
  const get = url.startsWith("https:") ? getByTls : getPlain;
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { "Accept-Encoding": form }, timeout: patienceMs }, (answer) => {
      const parts = [];
      let size = 0;
      answer.on("data", (part) => {
        parts.push(part);
        size += part.length;
        if (size > bytesMax) request.destroy(new Error("it is too large"));
      });
      answer.on("error", reject);
      answer.on("end", () => {
        try {
          const body = unpack(Buffer.concat(parts), answer.headers["content-encoding"]);
          resolve({ status: answer.statusCode, headers: answer.headers, body });
        } catch (error) {
          reject(error);
        }
      });
    });
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", reject);
  });
}

function unpack(bytes, coding) {
  switch (coding) {
    case undefined:
      return bytes;
    case "gzip":
      return gunzipSync(bytes, { maxOutputLength: bytesMax });
    case "br":
      return brotliDecompressSync(bytes, { maxOutputLength: bytesMax });
    default:
      throw new Error(`packed as ${coding}`);
  }
}

async function main([url, ...rest]) {
  const options = new Map();
  for (let i = 0; i < rest.length; i += 2) options.set(rest[i], rest[i + 1]);
  const known = ["--key", "--signature", "--hashes"];
  const good =
    /^https?:\/\/[^/]+\/?$/.test(url ?? "") && [...options].every(([name, it]) => known.includes(name) && it);
  if (!good || options.has("--key") === options.has("--hashes")) {
    console.error(usage);
    return 2;
  }
  const text = async (name) => (options.has(name) ? readFile(options.get(name), "utf8") : undefined);
  const [key, signature, hashes] = await Promise.all(["--key", "--signature", "--hashes"].map(text));
  const trust = { key: key && readPublicKey(key), signature, hashes };
  const complaints = await checkPage(url.replace(/\/$/, ""), trust, (line) => console.log(line));
  for (const complaint of complaints) console.error(`differs: ${complaint}`);
  console.log(
    complaints.length === 0 ? "this is the page" : "THIS IS NOT THE PAGE: do not use it, and tell the others",
  );
  return complaints.length === 0 ? 0 : 1;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(`check-page: ${error.message}`);
    process.exitCode = 1;
  }
}
