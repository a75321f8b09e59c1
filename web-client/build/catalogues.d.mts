import type { CompiledMessage } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

export function compileCatalogue(text: string): Record<string, CompiledMessage>;
export function catalogueIds(text: string): string[];
export function catalogueName(path: string | null | undefined): string | null;
export function catalogues(): Plugin;
