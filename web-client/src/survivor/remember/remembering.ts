// "Remember me": her return words, sealed under her PIN or words; and if she wants it, a second PIN that opens a plain
// list instead, and makes an end of the first. The sealing is the core's (Argon2id); the keeping is store.ts's.

import type { Command } from "../../core/commands";
import { forget, keep, kept, type Record } from "./store";

/** The core's answer: a text, or null if the command failed. */
export type Ask = (command: Command) => Promise<string | null>;

const hers = "words ";
const other = "list";

export type Opened = { as: "words"; words: string } | { as: "list" } | null;

export const isKept = async (): Promise<boolean> => (await kept()) !== null;
export { forget };

/** `second`: empty if she wants none. False where the browser keeps nothing, or the core cannot seal. */
export async function remember(ask: Ask, words: string, pin: string, second: string): Promise<boolean> {
  const mine = await ask(["seal", hers + words, pin]);
  const theirs = second === "" ? await sealNothing(ask) : await ask(["seal", other, second]);
  if (mine === null || theirs === null) return false;
  return keepBoth(oneOf(2) === 0 ? [mine, theirs] : [theirs, mine]);
}

/** Both slots are tried, whichever fits first, so that the time does not tell. Null: it was neither. */
export async function open(ask: Ask, pin: string): Promise<Opened> {
  const record = await kept();
  if (record === null) return null;
  const found = [await ask(["unseal", record[0], pin]), await ask(["unseal", record[1], pin])];
  const words = found.find((text) => text?.startsWith(hers));
  if (words !== undefined && words !== null) return { as: "words", words: words.slice(hers.length) };
  const at = found.indexOf(other);
  if (at === -1) return null;
  const nothing = await sealNothing(ask);
  if (nothing === null || !(await keepBoth(at === 0 ? [record[0], nothing] : [nothing, record[1]]))) await forget();
  return { as: "list" };
}

async function keepBoth(record: Record): Promise<boolean> {
  return keep(record).then(
    () => true,
    () => false,
  );
}

// As long as any other, and openable by nobody.
const sealNothing = (ask: Ask) => ask(["seal", hers, chance()]);

const chance = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("-");
const oneOf = (count: number) => crypto.getRandomValues(new Uint8Array(1))[0]! % count;
