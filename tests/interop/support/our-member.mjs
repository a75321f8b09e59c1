// A member that is Veranda's core. The same methods as those of ts-member.mjs.

import { hex, unhex } from "./peer.mjs";

const keyPackageHead = Uint8Array.of(0, 1, 0, 5); // MLSMessage: version 1.0, mls_key_package

export class OurMember {
  kind = "ours";

  constructor(peer, name) {
    this.peer = peer;
    this.name = name;
  }

  async keyPackage() {
    const [bytes] = await this.peer.ask("key_package", this.name);
    return Uint8Array.from([...keyPackageHead, ...unhex(bytes)]);
  }

  async create(groupId) {
    await this.keyPackage();
    await this.peer.ask("create", this.name, hex(groupId));
  }

  async join(welcome, tree) {
    await this.peer.ask("join", this.name, hex(welcome), hex(tree));
  }

  // Makes a Commit, which is in force once it is accepted. `welcomes` are in the order of `adds`.
  async commit({ adds = [], removes = [], path = false }) {
    const keyPackages = adds.map((add) => hex(add.subarray(keyPackageHead.length))).join(",") || "-";
    const leaves = removes.join(",") || "-";
    const [message, welcomes] = await this.peer.ask("commit", this.name, path ? "path" : "-", keyPackages, leaves);
    return { message: unhex(message), welcomes: welcomes === "-" ? [] : welcomes.split(",").map(unhex) };
  }

  async accept() {
    await this.peer.ask("accept", this.name);
  }

  // { kind: "text", text }, { kind: "commit" } (in force at once) or { kind: "removed" }
  async open(message) {
    const [kind, sender, text] = await this.peer.ask("open", this.name, hex(message));
    return { kind, sender: Number(sender), ...(kind === "text" && { text: unhex(text) }) };
  }

  async seal(text) {
    const [message] = await this.peer.ask("seal", this.name, hex(text));
    return unhex(message);
  }

  async where() {
    const [epoch, leaf, authenticator] = await this.peer.ask("where", this.name);
    return { epoch: Number(epoch), leaf: Number(leaf), authenticator };
  }

  async export(label, context, length) {
    const [secret] = await this.peer.ask("export", this.name, label, hex(context), length);
    return secret;
  }

  async leafOf(name) {
    const roster = await this.peer.ask("roster", this.name);
    return Number(roster[roster.indexOf(hex(new TextEncoder().encode(name))) - 1]);
  }

  async tree() {
    const [bytes] = await this.peer.ask("tree", this.name);
    return unhex(bytes);
  }
}
