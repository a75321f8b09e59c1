// What the first use costs a phone, compressed with brotli, as browsers take it over TLS: that has a budget, and this
// fails above it unless it is asked to --report only. The gzip column is what a trial without TLS costs.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const budget = 140 * 1024; // with brotli
const dist = fileURLToPath(new URL("../dist", import.meta.url));

const catalogue = /^words-[a-z]+-[0-9a-f]+\.js$/; // one of them: the largest counts
// Fetched when somebody types words, wants to talk alone or signs in, not before.
const onlyLater = /^((en|fr|it)-.*\.txt|veranda-(alone|staff)-.*)$/;
// And what comes once she waits or is in the group: each by its name, so that nothing is left out by accident.
const onceSheIsIn = /^(more|alone-view|twelve-words|remember|survivor-words-[a-z]+)-[0-9a-f]+\.(js|css)$/;
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
  if (onlyLater.test(entry.name) || onceSheIsIn.test(entry.name)) continue;
  raw += sizes[0];
  gzip += sizes[1];
  brotli += sizes[2];
}
row("the largest catalogue", ...largest);
raw += largest[0];
gzip += largest[1];
brotli += largest[2];
row("to first use", raw, gzip, brotli);
console.log(`budget: ${brotli} of ${budget} bytes with brotli`);
if (brotli > budget) {
  console.error("size: over the budget");
  if (!process.argv.includes("--report")) process.exit(1);
}
