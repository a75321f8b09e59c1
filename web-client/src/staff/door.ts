// What stands before staff's own screens, as one value: signing in, making keys. Reducers only; staff-page.tsx carries
// out. Passphrases are in this value while they are typed and not a moment longer.

import type { Problem } from "../core/messages";

export type DoorStep = "sign-in" | "make-keys" | "keys-made" | "broken";

/** A file that she has chosen, or why it cannot be the one. */
export interface ChosenFile {
  name: string;
  text: string;
}
export type FileTrouble = "notCertificate" | "notKeys" | "unreadable";

export interface DoorState {
  step: DoorStep;
  certificate: ChosenFile | null;
  keys: ChosenFile | null;
  trouble: FileTrouble | null;
  name: string;
  passphrase: string;
  again: string;
  shown: boolean; // the passphrase, as she types it
  asking: boolean;
  problem: Problem | null;
  made: { request: ChosenFile; keys: ChosenFile; key: string } | null; // key: the public one, to be read out
  saved: { request: boolean; keys: boolean };
  signedOut: boolean;
  broken: "no-wasm" | "trap" | null;
}

export type DoorDid =
  | { did: "chose"; wanted: "certificate" | "keys"; files: ChosenFile[] }
  | { did: "file-failed" }
  | { did: "typed"; field: "name" | "passphrase" | "again"; text: string }
  | { did: "show"; shown: boolean }
  | { did: "went-to"; step: DoorStep }
  | { did: "asked" }
  | { did: "failed"; problem: Problem }
  | { did: "made"; request: string; keys: string; key: string }
  | { did: "saved"; which: "request" | "keys" }
  | { did: "signed-out" }
  | { did: "broke"; why: "no-wasm" | "trap" };

export const firstDoor: DoorState = {
  step: "sign-in",
  certificate: null,
  keys: null,
  trouble: null,
  name: "",
  passphrase: "",
  again: "",
  shown: false,
  asking: false,
  problem: null,
  made: null,
  saved: { request: false, keys: false },
  signedOut: false,
  broken: null,
};

const titles = { certificate: "VERANDA STAFF CERTIFICATE", keys: "VERANDA SEALED KEYS" }; // protocol/armour.hpp

export function doorDid(state: DoorState, what: DoorDid): DoorState {
  switch (what.did) {
    case "chose":
      return chose(state, what.wanted, what.files);
    case "file-failed":
      return { ...state, trouble: "unreadable" };
    case "typed":
      return { ...state, [what.field]: what.text, problem: null };
    case "show":
      return { ...state, shown: what.shown };
    case "went-to":
      return { ...firstDoor, step: what.step };
    case "asked":
      return { ...state, asking: true, problem: null, signedOut: false };
    case "failed":
      return { ...state, asking: false, problem: what.problem };
    case "made": {
      const name = fileName(state.name);
      const made = {
        request: { name: `${name}.request`, text: what.request },
        keys: { name: `${name}.keys`, text: what.keys },
        key: what.key,
      };
      return { ...firstDoor, step: "keys-made", made };
    }
    case "saved":
      return { ...state, saved: { ...state.saved, [what.which]: true } };
    case "signed-out":
      return { ...firstDoor, signedOut: true };
    case "broke":
      return { ...firstDoor, step: "broken", broken: what.why };
  }
}

// What a file is says its first line. She may choose both at once, in either place.
function chose(state: DoorState, wanted: "certificate" | "keys", files: ChosenFile[]): DoorState {
  const of = (kind: "certificate" | "keys") => files.find((file) => file.text.includes(titles[kind])) ?? state[kind];
  const next = { ...state, certificate: of("certificate"), keys: of("keys"), problem: null };
  const found = files.some((file) => file.text.includes(titles[wanted]));
  return { ...next, trouble: found ? null : wanted === "keys" ? "notKeys" : "notCertificate" };
}

/** Of a name, what every system takes as a file's: letters and digits of any script, the rest as dashes. */
export function fileName(name: string): string {
  const plain = name
    .toLocaleLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return plain === "" ? "file" : plain;
}

export type Strength = "short" | "fair" | "good";

const lettersMin = 12;
const lettersGood = 20;

/** A hint, no verdict: length and variety, which is what a guesser feels. */
export function strengthOf(passphrase: string): Strength {
  const letters = [...passphrase];
  const different = new Set(letters).size;
  if (letters.length < lettersMin || different < 6) return "short";
  return letters.length >= lettersGood && different >= 9 ? "good" : "fair";
}
