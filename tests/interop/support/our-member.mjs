// A member that is Veranda's core: "room", which takes what Veranda's rooms do, or "full", which takes all of RFC 9420.
// The same methods as those of ts-member.mjs.

import { hex, unhex } from "./peer.mjs";

const keyPackageHead = Uint8Array.of(0, 1, 0, 5); // MLSMessage: version 1.0, mls_key_package

// { add: key package } | { remove: leaf } | { psk: id } | { resumption: epoch } | { extensions: encoded list }
// | { reinit: the new group's id }
function word(proposal) {
  const [[kind, value]] = Object.entries(proposal);
  if (kind === "add") return `add:${hex(value.subarray(keyPackageHead.length))}`;
  return `${kind}:${typeof value === "number" ? value : hex(value)}`;
}

export class OurMember {
  constructor(peer, name, kind) {
    this.peer = peer;
    this.name = name;
    this.kind = kind;
  }

  ask(command, ...words) {
    return this.peer.ask(this.kind, command, this.name, ...words);
  }

  async keyPackage() {
    const [bytes] = await this.ask("key_package");
    return Uint8Array.from([...keyPackageHead, ...unhex(bytes)]);
  }

  async create(groupId) {
    await this.keyPackage();
    await this.ask("create", hex(groupId));
  }

  async join(welcome, tree) {
    await this.ask("join", hex(welcome), hex(tree));
  }

  // Makes a Commit, which is in force once it is accepted: of what is pending, and of these proposals by value.
  // `welcomes` are in the order of the Adds.
  async commit(proposals, { path = false, isPublic = false, treeInWelcome = true } = {}) {
    const how = [path && "path", isPublic && "public", !treeInWelcome && "beside"].filter(Boolean).join(",") || "-";
    const [message, welcomes] = await this.ask("commit", how, proposals.map(word).join(",") || "-");
    return { message: unhex(message), welcomes: welcomes === "-" ? [] : welcomes.split(",").map(unhex) };
  }

  async accept() {
    await this.ask("accept");
  }

  // { kind: "text", text }, "proposal", "commit" (in force at once) or "removed"
  async open(message) {
    const [kind, text] = await this.ask("open", hex(message));
    return kind === "text" ? { kind, text: unhex(text) } : { kind };
  }

  async seal(text) {
    const [message] = await this.ask("seal", hex(text));
    return unhex(message);
  }

  async where() {
    const [epoch, leaf, authenticator] = await this.ask("where");
    return { epoch: Number(epoch), leaf: Number(leaf), authenticator };
  }

  async export(label, context, length) {
    const [secret] = await this.ask("export", label, hex(context), length);
    return secret;
  }

  async leafOf(name) {
    const roster = await this.ask("roster");
    return Number(roster[roster.indexOf(hex(new TextEncoder().encode(name))) - 1]);
  }

  async tree() {
    const [bytes] = await this.ask("tree");
    return unhex(bytes);
  }

  // --- of "full" alone

  async propose(proposal, isPublic) {
    const [message] = await this.ask("propose", isPublic ? "public" : "private", word(proposal));
    return unhex(message);
  }

  async update(isPublic) {
    const [message] = await this.ask("update", isPublic ? "public" : "private");
    return unhex(message);
  }

  async hold(id, secret) {
    await this.ask("hold", hex(id), hex(secret));
  }

  async info(treeInside = true) {
    const [message] = await this.ask("info", treeInside ? "inside" : "beside");
    return unhex(message);
  }

  // A new group of hers and these key packages: branched off, or as the ReInit says, without a `groupId`. Its Welcomes;
  // she is in it once it is accepted.
  async succeed(keyPackages, groupId) {
    await this.keyPackage();
    const bodies = keyPackages.map((keyPackage) => hex(keyPackage.subarray(keyPackageHead.length)));
    const [, welcomes] = await this.ask("succeed", hex(groupId), bodies.join(","));
    return welcomes.split(",").map(unhex);
  }

  // Answers the Commit, in force once it is accepted. `oldLeaf`: hers, if she was in before.
  async joinExternally(info, { tree, oldLeaf } = {}) {
    await this.keyPackage();
    const [message] = await this.ask("join_externally", hex(info), hex(tree), oldLeaf ?? "-");
    return unhex(message);
  }
}
