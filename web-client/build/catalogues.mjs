// PO catalogues, which translators know, as modules: each message is compiled here, so that no parser is in the page.
import { readFile } from "node:fs/promises";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import PO from "pofile";

/** The messages of a PO file by their explicit ids, compiled. An empty translation counts as absent. */
export function compileCatalogue(text) {
  const compiled = {};
  for (const item of PO.parse(text).items) {
    const message = item.msgstr[0];
    if (message) compiled[item.msgid] = compileMessage(message);
  }
  return compiled;
}

/** The ids of a PO file, in its order. */
export function catalogueIds(text) {
  return PO.parse(text).items.map((item) => item.msgid);
}

export function catalogues() {
  return {
    name: "veranda-catalogues",
    async load(id) {
      if (!id.endsWith(".po")) return null;
      const compiled = compileCatalogue(await readFile(id, "utf8"));
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(compiled))});`;
    },
  };
}
