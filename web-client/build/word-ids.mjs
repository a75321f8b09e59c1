// Writes src/locales/word-ids.ts: the ids of the English catalogue as a type, so that a word that does not exist does
// not compile. `npm run word-ids` after a change of en.po; a test notices when it was forgotten.
import { readFile, writeFile } from "node:fs/promises";
import { catalogueIds } from "./catalogues.mjs";

const locales = new URL("../src/locales/", import.meta.url);

export function wordIds(text) {
  const ids = catalogueIds(text).map((id) => `  | ${JSON.stringify(id)}`);
  const head = "// Made by `npm run word-ids` from en.po. Not to be changed by hand.";
  return `${head}\nexport type WordKey =\n${ids.join("\n")};\n`;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const text = await readFile(new URL("en.po", locales), "utf8");
  await writeFile(new URL("word-ids.ts", locales), wordIds(text));
}
