// Writes word-ids.ts beside each English catalogue: its ids as a type, so that a word that does not exist does not
// compile. `npm run word-ids` after a change of an en.po; a test notices when it was forgotten.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { catalogueIds } from "./catalogues.mjs";

const catalogues = { locales: "WordKey", "staff/locales": "StaffWordKey", "counsellor/locales": "CounsellorWordKey" };

export function wordIds(text, type = "WordKey") {
  const ids = catalogueIds(text).map((id) => `  | ${JSON.stringify(id)}`);
  const head = "// Made by `npm run word-ids` from en.po. Not to be changed by hand.";
  return `${head}\nexport type ${type} =\n${ids.join("\n")};\n`;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  for (const [folder, type] of Object.entries(catalogues)) {
    const locales = new URL(`../src/${folder}/`, import.meta.url);
    if (!existsSync(new URL("en.po", locales))) continue;
    const text = await readFile(new URL("en.po", locales), "utf8");
    await writeFile(new URL("word-ids.ts", locales), wordIds(text, type));
  }
}
