import type { Plugin } from "vite";
import type { Message } from "../src/message";

export function compileCatalogue(text: string): Record<string, Message>;
export function catalogueIds(text: string): string[];
export function isFirst(id: string): boolean;
export function catalogueName(path: string | null | undefined): string | null;
export function catalogues(): Plugin;
