// @vitest-environment node
// What wasm2js writes becomes a function: called twice, it makes two instances that know nothing of each other.
import { describe, expect, it } from "vitest";
import { asFactory } from "./script-core.mjs";

const script = `import { random_get } from 'wasi_snapshot_preview1';
import { fd_write } from 'wasi_snapshot_preview1';
import { argon2id } from 'veranda';
var bufferView;
function asmFunc(env) { bufferView = env; return { count: () => (env.n = (env.n ?? 0) + 1), random: env.random_get }; }
var retasmFunc = asmFunc({ random_get, fd_write, argon2id });
export var count = retasmFunc.count;
export var random = retasmFunc.random;
`;

describe("the core as a script", () => {
  it("takes its imports and answers with its exports, each call anew", async () => {
    const code = Buffer.from(asFactory(script)).toString("base64");
    const { default: make } = await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
    const imports = { wasi_snapshot_preview1: { random_get: () => 4, fd_write: () => 8 }, veranda: { argon2id: null } };
    const [first, second] = [make(imports), make(imports)];
    expect([first.count(), first.count(), second.count(), first.random()]).toEqual([1, 2, 1, 4]);
  });
});
