// Writes into dist/index.html which bytes the files that it names must have (Subresource Integrity), so that a cache or
// a proxy between cannot swap them. What those files load in turn bears its hash in its name.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** `read` answers with the bytes of a file by its address. A tag that names another site, or no file, is an error. */
export async function withIntegrity(html, read) {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  let result = html;
  for (const tag of tags) {
    const address = /\b(?:src|href)="([^"]*)"/.exec(tag)?.[1];
    if (address === undefined) throw new Error(`a script in index.html itself: ${tag}`);
    if (address.startsWith("data:")) continue;
    if (!/^\/(?!\/)/.test(address)) throw new Error(`index.html names another site: ${address}`);
    const hash = createHash("sha384")
      .update(await read(address))
      .digest("base64");
    const bare = tag.replace(/\s+integrity="[^"]*"/, "");
    result = result.replace(tag, bare.replace(/\s*\/?>$/, ` integrity="sha384-${hash}">`));
  }
  return result;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const dist = fileURLToPath(new URL("../dist/", import.meta.url));
  const index = join(dist, "index.html");
  const html = await readFile(index, "utf8");
  await writeFile(index, await withIntegrity(html, (address) => readFile(join(dist, address))));
}
