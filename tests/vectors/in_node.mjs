// The MLS vectors on the core as it is built for the browser, in Node.
//
//   node tests/vectors/in_node.mjs      VERANDA_MLS_VECTORS: the folder with the vectors
//                                       VERANDA_WASM_VECTORS: mls_vectors_test.wasm (ops/test builds it)
// Ends with 77 when one of the two is not there: ctest shows it as skipped.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WASI } from "node:wasi";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const module = process.env.VERANDA_WASM_VECTORS ?? join(root, "build/wasm/tests/vectors/mls_vectors_test.wasm");
const folder = process.env.VERANDA_MLS_VECTORS;
if (!existsSync(module) || !folder || !existsSync(folder)) {
  console.log(`skipped: there is no ${existsSync(module) ? "VERANDA_MLS_VECTORS" : module}`);
  process.exit(77);
}

const wasi = new WASI({
  version: "preview1",
  args: ["mls_vectors_test", ...process.argv.slice(2)],
  env: { VERANDA_MLS_VECTORS: "/vectors" },
  preopens: { "/vectors": folder },
  returnOnExit: true,
});
const compiled = await WebAssembly.compile(readFileSync(module));
const instance = await WebAssembly.instantiate(compiled, wasi.getImportObject());
process.exitCode = wasi.start(instance);
