// A group whose members are all here: "room", "full" and "ts-mls". After every step all agree.

import assert from "node:assert/strict";

import { OurMember } from "./our-member.mjs";
import { TsMember } from "./ts-member.mjs";

// What ts-mls 1.6.4 says where parents above one leaf list different unmerged leaves, as RFC 9420 lets them.
const unmergedLeavesDiffer = "non-blank intermediate node must list leaf node in its unmerged_leaves";
// And to its own removal by a Commit that gives the leaf to a newcomer: it looks whether the leaf is blank.
const leafFilledAgain = "No overlap between provided private keys and update path";

let names = 0;

export class Circle {
  members = [];
  shutOut = []; // newcomers that stand in the tree and could not join: docs/interoperation.md
  tsNewcomers = 0; // who had a Welcome or a GroupInfo
  refused = 0; // of these, those that would not have its tree
  unaware = 0; // members of ts-mls that did not see that they were removed

  constructor(peer) {
    this.peer = peer;
  }

  newMember(kind, options) {
    const name = `${kind}-${names++}`;
    return kind === "ts-mls" ? new TsMember(name, options) : new OurMember(this.peer, name, kind);
  }

  async create(kind, ...others) {
    const creator = this.newMember(kind);
    await creator.create(new TextEncoder().encode("a group"));
    this.members.push(creator);
    if (others.length > 0) await this.change(creator, { kinds: others });
  }

  // `by` adds newcomers of these kinds, removes these members, and makes these other proposals, all in one Commit.
  async change(by, { kinds = [], removes = [], others = [], prepare, ...how } = {}) {
    const newcomers = kinds.map((kind) => this.newMember(kind));
    const proposals = [...others];
    for (const { name } of removes) proposals.push({ remove: await by.leafOf(name) });
    for (const newcomer of newcomers) {
      proposals.push({ add: await newcomer.keyPackage() });
      await prepare?.(newcomer);
    }
    await this.#commit(by, proposals, newcomers, removes, how);
  }

  // As change(), but everything is proposed first by somebody, and committed by reference.
  async changeByReference(
    by,
    proposer,
    { kinds = [], removes = [], others = [], updates = [], isPublic, ...how } = {},
  ) {
    const newcomers = kinds.map((kind) => this.newMember(kind));
    const proposals = [...others];
    for (const { name } of removes) proposals.push({ remove: await proposer.leafOf(name) });
    for (const newcomer of newcomers) proposals.push({ add: await newcomer.keyPackage() });
    for (const proposal of proposals) await this.#propose(proposer, await proposer.propose(proposal, isPublic));
    for (const member of updates) await this.#propose(member, await member.update(isPublic));
    await this.#commit(by, [], newcomers, removes, { isPublic, ...how });
  }

  async #propose(by, message) {
    for (const member of this.members)
      if (member !== by) assert.equal((await member.open(message)).kind, "proposal", member.name);
  }

  async #commit(by, proposals, newcomers, removes, how) {
    const { message, welcomes } = await by.commit(proposals, how);
    await this.deliver(by, message, removes);
    await by.accept();
    const tree = how.treeInWelcome === false ? await by.tree() : undefined;
    const joined = [];
    for (const [i, newcomer] of newcomers.entries())
      if (await this.#lets(newcomer, welcomes[i], tree)) joined.push(newcomer);
    this.members = this.members.filter((member) => !removes.includes(member)).concat(joined);
    this.shutOut = this.shutOut.filter((member) => !removes.includes(member));
    await this.agree();
  }

  // Whether she comes in. If ts-mls refuses a tree that it should not, she is kept in `shutOut`.
  async #lets(newcomer, welcome, tree) {
    if (newcomer.kind === "ts-mls") ++this.tsNewcomers;
    try {
      await newcomer.join(welcome, tree);
      return true;
    } catch (error) {
      if (newcomer.kind !== "ts-mls" || error.message !== unmergedLeavesDiffer) throw error;
      this.shutOut.push(newcomer);
      ++this.refused;
      return false;
    }
  }

  // All go over into a group that follows upon theirs: branched off, or reinitialized, without a `groupId`.
  async succeed(by, groupId) {
    const others = this.members.filter((member) => member !== by);
    const keyPackages = [];
    for (const member of others) keyPackages.push(await member.keyPackage());
    const welcomes = await by.succeed(keyPackages, groupId);
    await by.accept();
    const tree = await by.tree();
    for (const [i, member] of others.entries()) await member.join(welcomes[i], tree);
    await this.agree();
  }

  // Somebody comes in by herself, by the GroupInfo of `of`; or comes back, her old leaf removed.
  async joinExternally(of, newcomer, { treeInside = true } = {}) {
    const back = this.members.includes(newcomer);
    const oldLeaf = back ? await of.leafOf(newcomer.name) : undefined;
    const tree = treeInside ? undefined : await of.tree();
    const info = await of.info(treeInside);
    if (newcomer.kind === "ts-mls") ++this.tsNewcomers;
    let message;
    try {
      message = await newcomer.joinExternally(info, { tree, oldLeaf });
    } catch (error) {
      if (newcomer.kind !== "ts-mls" || error.message !== unmergedLeavesDiffer) throw error;
      ++this.refused;
      return;
    }
    if (back) this.members = this.members.filter((member) => member !== newcomer);
    await this.deliver(newcomer, message);
    await newcomer.accept();
    this.members.push(newcomer);
    await this.agree();
  }

  async deliver(by, message, removes = []) {
    for (const member of this.members) {
      if (member === by) continue;
      const leaves = removes.includes(member);
      assert.equal(await this.#opens(member, message, leaves), leaves ? "removed" : "commit", member.name);
    }
  }

  // What she takes the Commit for.
  async #opens(member, message, leaves) {
    try {
      return (await member.open(message)).kind;
    } catch (error) {
      if (!leaves || member.kind !== "ts-mls" || !error.message.endsWith(leafFilledAgain)) throw error;
      ++this.unaware;
      return "removed";
    }
  }

  // Epoch, authenticator and exporter of all are the same.
  async agree() {
    const [first, ...others] = await Promise.all(this.members.map((member) => this.#shared(member)));
    for (const [i, other] of others.entries()) assert.deepEqual(other, first, this.members[i + 1].name);
  }

  async #shared(member) {
    const { epoch, authenticator } = await member.where();
    assert.equal(authenticator.length, 64);
    const context = new TextEncoder().encode(`epoch ${epoch}`);
    return { epoch, authenticator, exported: await member.export("a_label", context, 48) };
  }

  // Says so many things; the others hear them in this order.
  async say(speaker, count, order = (i) => i) {
    const sealed = [];
    for (let i = 0; i < count; ++i) sealed.push(await speaker.seal(text(speaker, i)));
    for (const listener of this.members) {
      if (listener === speaker) continue;
      for (let i = 0; i < count; ++i) {
        const heard = await listener.open(sealed[order(i)]);
        assert.equal(heard.kind, "text");
        assert.deepEqual(Buffer.from(heard.text), Buffer.from(text(speaker, order(i))));
      }
    }
  }
}

const text = (speaker, i) => new TextEncoder().encode(`${speaker.name} says ${i}`);
