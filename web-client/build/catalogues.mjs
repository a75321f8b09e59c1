// PO catalogues, which translators know, as modules: each message is compiled here, so that no parser is in the page.
// What a language lacks, it has in English from here on: the en.po beside it is in it, and is not loaded besides.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import PO from "pofile";

/** The messages of a PO file by their explicit ids, compiled. An empty translation counts as absent. */
export function compileCatalogue(text) {
  const compiled = {};
  for (const item of PO.parse(text).items) {
    const message = item.msgstr[0];
    if (!message) continue;
    const tokens = compileMessage(message);
    compiled[item.msgid] = tokens.length === 1 && typeof tokens[0] === "string" ? tokens[0] : tokens;
  }
  return JSON.parse(JSON.stringify(compiled)); // without what is undefined, as the page gets it
}

/** The ids of a PO file, in its order. */
export function catalogueIds(text) {
  return PO.parse(text).items.map((item) => item.msgid);
}

/** What the chunk of a catalogue is called: words-it for everybody's, staff-words-it for an area's. Null for others. */
export function catalogueName(path) {
  const [, area, language] = /\/src\/(?:([^/]+)\/)?locales\/([a-z]+)\.po$/.exec(path ?? "") ?? [];
  return language === undefined ? null : `${area === undefined ? "" : `${area}-`}words-${language}`;
}

export function catalogues() {
  return {
    name: "veranda-catalogues",
    async load(id) {
      if (!id.endsWith(".po")) return null;
      const english = join(dirname(id), "en.po");
      this.addWatchFile(english);
      const compiled = {
        ...compileCatalogue(await readFile(english, "utf8")),
        ...compileCatalogue(await readFile(id, "utf8")),
      };
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(compiled))});`;
    },
  };
}
