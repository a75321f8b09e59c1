// How the page is built: one small first module that strips the invite from the address and only then loads the rest.
// Every file but index.html bears a hash in its name, in hex, by which the server tells what may be kept for ever.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { catalogueName, catalogues } from "./build/catalogues.mjs";
import { scriptCore } from "./build/script-core.mjs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const wasm = process.env["VERANDA_WASM"] ?? here("../build/wasm/client-lib/wasm/veranda.wasm"); // the others beside it

export default defineConfig({
  plugins: [catalogues()],
  resolve: { alias: [{ find: /^veranda(-\w+)?\.wasm/, replacement: wasm.replace(/\.wasm$/, "$1.wasm") }] },
  build: {
    target: ["chrome98", "firefox95", "safari16"], // from 98 on, private members need no crutches
    // What a module loads later is asked for at once, its look beside it and not before it; the HTML names nothing.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === "js" ? files : []),
    },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        hashCharacters: "hex",
        entryFileNames: "assets/[name]-[hash:12].js",
        chunkFileNames: ({ facadeModuleId }) => `assets/${catalogueName(facadeModuleId) ?? "[name]"}-[hash:12].js`,
        assetFileNames: "assets/[name]-[hash:12][extname]",
        // What the screens of all roles share, by names that build/size.mjs knows. What the first screen needs of it is
        // one file and one style sheet: each more costs a slow phone a connection, and a response's headers.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: "talking", test: /src\/survivor\/(group-chat\/.+\/|more-button)/ },
            {
              name: "framework",
              test: /node_modules\/preact|src\/(look|core\/(conversation|core-line)|words|survivor\/(scene|language))/,
            },
          ],
        },
      },
    },
  },
  worker: {
    format: "es",
    plugins: () => [scriptCore(wasm)],
    rolldownOptions: {
      output: {
        hashCharacters: "hex",
        entryFileNames: "assets/[name]-[hash:12].js",
        chunkFileNames: ({ facadeModuleId }) => {
          const script = facadeModuleId?.match(/veranda-script:([\w-]+)/)?.[1];
          return `assets/${script === undefined ? "[name]" : `script-${script}`}-[hash:12].js`;
        },
        assetFileNames: "assets/[name]-[hash:12][extname]",
      },
    },
  },
  test: {
    testTimeout: 60_000, // a machine may be busy; a test that hangs is found all the same
    environment: "happy-dom",
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
    include: ["src/**/*.test.{ts,tsx}", "build/**/*.test.mjs"],
  },
});
