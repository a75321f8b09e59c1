import type { Plugin } from "vite";

export function asFactory(script: string): string;
export function scriptCore(wasm: string): Plugin;
