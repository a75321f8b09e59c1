// What the first use costs a phone, compressed with brotli, as browsers take it over TLS: that has a budget, and this
// fails above it unless it is asked to --report only. The gzip column is what a trial without TLS costs.
//
// First use is: the page, what its scripts import before they run, their styles, the worker, the members' core, and
// one language, the largest. What a script imports later (staff's screens, a voice, a second language) is no part of
// it, and is listed without the mark.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const budget = 140 * 1024; // with brotli
const dist = fileURLToPath(new URL("../dist", import.meta.url));

const catalogue = /^words-[a-z]+-[0-9a-f]+\.js$/; // one of them: the largest counts
// Fetched when somebody types words or a passphrase, wants to talk alone or signs in, not before.
const onlyLater = /^((en|fr|it)-.*\.txt|veranda-(alone|staff|argon2id)-.*)$/;
// What comes while she reads the rules, waits or is in, or when she asks for it: each by its name, so that nothing is
// left out by accident.
const onceSheAgrees =
  /^(inside|talking|more|alone-view|twelve-words|remembering|plain-list|in-app-hint|survivor-words-[a-z]+)-[0-9a-f]+\.(js|css)$/;
const ofStaff = /^((staff|counsellor)-words-[a-z]+|(staff|facilitator|desk)-page|qr-squares)-[0-9a-f]+\.(js|css)$/;
let raw = 0,
  gzip = 0,
  brotli = 0;
let largest = [0, 0, 0];
const row = (name, a, b, c) =>
  console.log(`${name.padEnd(34)}${[a, b, c].map((n) => String(n).padStart(10)).join("")}`);
row("file", "bytes", "gzip", "brotli");
for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || /\.(gz|br)$/.test(entry.name)) continue;
  if (entry.name.startsWith("hashes.txt")) continue; // no browser asks for it
  const bytes = await readFile(join(entry.parentPath, entry.name));
  const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
  row(entry.name, ...sizes);
  if (catalogue.test(entry.name)) {
    if (sizes[2] > largest[2]) largest = sizes;
    continue;
  }
  if (onlyLater.test(entry.name) || onceSheAgrees.test(entry.name) || ofStaff.test(entry.name)) continue;
  raw += sizes[0];
  gzip += sizes[1];
  brotli += sizes[2];
}
const size = (name) => {
  const bytes = files.get(name);
  return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
};
const sizes = new Map([...files.keys()].map((name) => [name, size(name)]));

const first = new Set();
const take = (name) => {
  if (!files.has(name) || first.has(name)) return;
  first.add(name);
  if (!name.endsWith(".js")) return;
  for (const [, imported] of files
    .get(name)
    .toString()
    .matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g))
    take(imported);
  for (const style of files.keys()) if (style.endsWith(".css") && stem(style) === stem(name)) take(style);
};
const largest = [...files.keys()]
  .filter((name) => catalogue.test(name))
  .sort((a, b) => sizes.get(b)[2] - sizes.get(a)[2])[0];
for (const name of [...files.keys()].filter((it) => begins.test(it) || it === largest)) take(name);

const row = (mark, name, numbers) =>
  console.log(`${mark} ${name.padEnd(46)}${numbers.map((n) => String(n).padStart(10)).join("")}`);
row(" ", "file", ["bytes", "gzip", "brotli"]);
for (const [name, numbers] of sizes) row(first.has(name) ? "*" : " ", name, numbers);
const sum = [0, 1, 2].map((at) => [...first].reduce((total, name) => total + sizes.get(name)[at], 0));
row("*", "to first use", sum);
console.log(`budget: ${sum[2]} of ${budget} bytes with brotli`);
if (sum[2] > budget) {
  console.error("size: over the budget");
  if (!process.argv.includes("--report")) process.exit(1);
}
