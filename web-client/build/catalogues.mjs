// PO catalogues, which translators know, as modules: each message is compiled here, so that no parser is in the page.
// What a language lacks, it has in English from here on: the en.po beside it is in it, and is not loaded besides.
// The members' texts are two modules, LANG.po and LANG.po?later: what is read before the knock has to be there first.
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
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

/** What is said before she has asked to come in, and after the end; a test holds the first screens to it. */
export const isFirst = (id) =>
  /^(exit|language|readAloud|reload|invite|inApp|rules|name|end|later|bar|doubled|problem)\.|^alone\.guest$/.test(id);

/** What the chunk of a catalogue is called: words-it, later-words-it; staff-words-it of an area. Null for others. */
export function catalogueName(path) {
  const [, area, language, query] = /\/src\/(?:([^/]+)\/)?locales\/([a-z]+)\.po(\?later)?$/.exec(path ?? "") ?? [];
  const first = query === undefined ? "" : "later-";
  return language === undefined ? null : `${first}${area === undefined ? "" : `${area}-`}words-${language}`;
}

export function catalogues() {
  return {
    name: "veranda-catalogues",
    async load(id) {
      const [path, query] = id.split("?");
      if (!path.endsWith(".po")) return null;
      const english = join(dirname(path), "en.po");
      this.addWatchFile(english);
      const compiled = {
        ...compileCatalogue(await readFile(english, "utf8")),
        ...compileCatalogue(await readFile(path, "utf8")),
      };
      const wanted = path.endsWith(`/src/locales/${basename(path)}`)
        ? (it) => isFirst(it) === (query !== "later")
        : () => true;
      for (const it of Object.keys(compiled)) if (!wanted(it)) delete compiled[it];
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(compiled))});`;
    },
  };
}
