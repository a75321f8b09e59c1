// The core as plain JavaScript, for browsers where WebAssembly is switched off: Binaryen's wasm2js makes it of the same
// module. `import("veranda-script:veranda")` gives a function that takes what a module imports, and answers with what
// it exports. A chunk of its own, loaded only then.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const prefix = "veranda-script:";
const cache = fileURLToPath(new URL("../node_modules/.veranda-script/", import.meta.url));

/** What wasm2js writes instantiates itself when it is imported, once: made into a function that does it when called. */
export function asFactory(script) {
  const imported = new Map(); // of each module, the names
  const body = script
    .replace(/^import \{ (\w+) \} from '(\w+)';$/gm, (_, name, from) => {
      imported.set(from, [...(imported.get(from) ?? []), name]);
      return "";
    })
    .replace(/^export var \w+ = .*$/gm, "");
  const taken = [...imported].map(([from, names]) => `const { ${names.join(", ")} } = imports.${from};`);
  return `export default function (imports) {\n${taken.join("\n")}\n${body}\nreturn retasmFunc;\n}\n`;
}

/** The script that stands for the module at this path. */
export async function scriptOf(path) {
  const hash = createHash("sha256")
    .update(asFactory.toString())
    .update(await readFile(path))
    .digest("hex");
  const kept = join(cache, `${hash.slice(0, 24)}.js`);
  try {
    return await readFile(kept, "utf8");
  } catch {
    const options = { maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)("wasm2js", ["-O2", path, "-o", "-"], options);
    await mkdir(cache, { recursive: true });
    await writeFile(kept, asFactory(stdout));
    return asFactory(stdout);
  }
}

/** `wasm`: where veranda.wasm is; the others are beside it. */
export function scriptCore(wasm) {
  return {
    name: "veranda-script",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}.js` : null),
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const name = id.slice(prefix.length + 1, -".js".length);
      return { code: await scriptOf(join(dirname(wasm), `${name}.wasm`)), moduleSideEffects: false };
    },
  };
}
