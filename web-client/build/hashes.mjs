// Writes dist/hashes.txt: the SHA-256 of every file of the page, as `sha256sum` writes and checks it. Two builds of the
// same sources write the same (ops/web-twice); signed, it says which page a server ought to give (ops/check-page).
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const hashesName = "hashes.txt";

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The list of a folder. Packed forms are not in it: they unpack to what is. */
export async function hashesOf(folder) {
  const lines = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(gz|br)$/.test(entry.name) || entry.name.startsWith(hashesName)) continue;
    const path = join(entry.parentPath, entry.name);
    lines.push(`${sha256(await readFile(path))}  ${relative(folder, path)}`);
  }
  return `${lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("\n")}\n`;
}

/** From path to hash. Errors: a line that is none, a path that leaves the folder, a path twice. */
export function readHashes(text) {
  const hashes = new Map();
  for (const line of text.trimEnd().split("\n")) {
    const [, hash, path] = /^([0-9a-f]{64}) {2}([A-Za-z0-9._/-]+)$/.exec(line) ?? [];
    if (path === undefined || path.split("/").includes("..") || path.startsWith("/") || hashes.has(path))
      throw new Error(`${hashesName}: not understood: ${line.slice(0, 100)}`);
    hashes.set(path, hash);
  }
  if (!hashes.has("index.html")) throw new Error(`${hashesName}: index.html is not in it`);
  return hashes;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const dist = fileURLToPath(new URL("../dist", import.meta.url));
  const list = await hashesOf(dist);
  await writeFile(join(dist, hashesName), list);
  console.log(`${hashesName}: ${sha256(list)}`);
}
