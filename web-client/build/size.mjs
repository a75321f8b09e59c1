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

const begins = /^(index\.html|(index|page|worker)-[0-9a-f]{12}\.js|veranda-[0-9a-f]{12}\.wasm)$/;
const catalogue = /^words-[a-z]+-[0-9a-f]{12}\.js$/;

const files = new Map();
for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || /\.(gz|br)$/.test(entry.name) || entry.name === "hashes.txt") continue;
  files.set(entry.name, await readFile(join(entry.parentPath, entry.name)));
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
};
const largest = [...files.keys()]
  .filter((name) => catalogue.test(name))
  .sort((a, b) => sizes.get(b)[2] - sizes.get(a)[2])[0];
for (const name of [...files.keys()].filter((it) => begins.test(it) || it === largest)) take(name);

// What the first module loads together with the page: Vite lists all such files once, and by number for each import.
for (const name of [...first].filter((it) => /^index-.*\.js$/.test(it))) {
  const script = files.get(name).toString();
  const listed = [.../m\.f=\[([^\]]*)\]/.exec(script)[1].matchAll(/"assets\/([^"]+)"/g)].map((it) => it[1]);
  const numbers = /import\(`\.\/page-[^`]+`\)[^[]*__vite__mapDeps\(\[([\d,]+)\]\)/.exec(script)[1];
  for (const number of numbers.split(",")) take(listed[Number(number)]);
}

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
