// Before signing in: which file is which, what a passphrase is worth, and that none is kept.
import { describe, expect, it } from "vitest";
import { type ChosenFile, doorDid, type DoorState, fileName, firstDoor, strengthOf } from "./door";

const certificate: ChosenFile = { name: "amara.staff", text: "-----BEGIN VERANDA STAFF CERTIFICATE-----\n" };
const keys: ChosenFile = { name: "amara.keys", text: "-----BEGIN VERANDA SEALED KEYS-----\n" };
const picture: ChosenFile = { name: "photo.jpg", text: "JFIF" };
const typed = (state: DoorState, passphrase: string) =>
  doorDid(state, { did: "typed", field: "passphrase", text: passphrase });

describe("the door", () => {
  it("takes both files from one choice, whatever their names", () => {
    const state = doorDid(firstDoor, { did: "chose", wanted: "certificate", files: [keys, certificate] });
    expect(state.certificate).toEqual(certificate);
    expect(state.keys).toEqual(keys);
    expect(state.trouble).toBeNull();
  });

  it("says which file it is not, and keeps the one that it had", () => {
    const before = doorDid(firstDoor, { did: "chose", wanted: "keys", files: [keys] });
    const state = doorDid(before, { did: "chose", wanted: "keys", files: [picture] });
    expect(state.trouble).toBe("notKeys");
    expect(state.keys).toEqual(keys);
    expect(doorDid(firstDoor, { did: "chose", wanted: "certificate", files: [keys] }).trouble).toBe("notCertificate");
  });

  it("keeps the files when the passphrase was wrong, and forgets everything when she goes elsewhere", () => {
    const before = typed(doorDid(firstDoor, { did: "chose", wanted: "keys", files: [keys] }), "secret words");
    const wrong = doorDid(doorDid(before, { did: "asked" }), { did: "failed", problem: { code: "keys_passphrase" } });
    expect(wrong.keys).toEqual(keys);
    expect(wrong.asking).toBe(false);
    expect(JSON.stringify(doorDid(wrong, { did: "went-to", step: "make-keys" }))).not.toContain("secret");
  });

  it("forgets the passphrase as soon as the keys are made", () => {
    let state = doorDid(typed(firstDoor, "secret words"), { did: "typed", field: "name", text: "Amara Ö. K/" });
    state = doorDid(state, { did: "made", request: "REQUEST", keys: "KEYS", key: "0a1b" });
    expect(state.step).toBe("keys-made");
    expect(state.made?.keys).toEqual({ name: "amara-ö-k.keys", text: "KEYS" });
    expect(JSON.stringify(state)).not.toContain("secret");
  });

  it("names a file by letters and digits alone", () => {
    expect(fileName("../../etc/passwd")).toBe("etc-passwd");
    expect(fileName("أمل")).toBe("أمل");
    expect(fileName("///")).toBe("file");
  });

  it("weighs a passphrase by its length and variety", () => {
    expect(strengthOf("password")).toBe("short");
    expect(strengthOf("aaaaaaaaaaaaaaaaaaaaaaaa")).toBe("short");
    expect(strengthOf("kettle river")).toBe("fair");
    expect(strengthOf("kettle river orange stamp")).toBe("good");
  });
});
