// Writes locales/word-ids.ts in each area of the page that has texts: the ids of its English catalogue as a type, so
// that a word that does not exist does not compile. `npm run word-ids` after a change of an en.po; a test notices when
// it was forgotten.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogueIds } from "./catalogues.mjs";

const src = join(dirname(fileURLToPath(import.meta.url)), "../src");

/** The folders of catalogues, from src/: what everybody sees first, then each area that has texts of its own. */
export const areas = () =>
  ["", ...readdirSync(src).map((name) => `${name}/`)]
    .map((name) => `${name}locales/`)
    .filter((folder) => existsSync(join(src, folder, "en.po")));

/** The name of an area's type: of "locales/" WordKey, of "staff/locales/" StaffWordKey. */
export const typeOf = (area) => {
  const name = area.replace(/\/?locales\/$/, "");
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}WordKey`;
};

export function wordIds(text, type = "WordKey") {
  const ids = catalogueIds(text).map((id) => `  | ${JSON.stringify(id)}`);
  const head = "// Made by `npm run word-ids` from en.po. Not to be changed by hand.";
  return `${head}\nexport type ${type} =\n${ids.join("\n")};\n`;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  for (const area of areas()) {
    const text = readFileSync(join(src, area, "en.po"), "utf8");
    writeFileSync(join(src, area, "word-ids.ts"), wordIds(text, typeOf(area)));
  }
}
