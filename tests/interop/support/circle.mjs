// A group whose members are all here, ours and theirs. After every step all agree.

import assert from "node:assert/strict";

import { OurMember } from "./our-member.mjs";
import { TsMember } from "./ts-member.mjs";

// What ts-mls 1.6.4 says where parents above one leaf list different unmerged leaves, as RFC 9420 lets them.
export const unmergedLeavesDiffer = "non-blank intermediate node must list leaf node in its unmerged_leaves";

// What ts-mls says to its own removal by a Commit that gives the leaf to a newcomer: it looks whether the leaf is blank.
export const leafFilledAgain = "No overlap between provided private keys and update path";

let names = 0;

export class Circle {
  members = [];
  shutOut = []; // newcomers that stand in the tree and could not join: docs/interoperation.md
  refused = 0; // of these, in all
  unaware = 0; // members of ts-mls that did not see that they were removed

  constructor(peer) {
    this.peer = peer;
  }

  newMember(kind, options) {
    const name = `${kind}-${names++}`;
    return kind === "ours" ? new OurMember(this.peer, name) : new TsMember(name, options);
  }

  async create(kind) {
    const creator = this.newMember(kind);
    await creator.create(new TextEncoder().encode("a group"));
    this.members.push(creator);
  }

  // `by` adds newcomers of these kinds and removes these members, in one Commit.
  async change(by, { kinds = [], removes = [], path = false, treeInWelcome = true } = {}) {
    const newcomers = kinds.map((kind) => this.newMember(kind));
    const adds = [];
    for (const newcomer of newcomers) adds.push(await newcomer.keyPackage());
    const leaves = [];
    for (const { name } of removes) leaves.push(await by.leafOf(name));
    const { message, welcomes } = await by.commit({ adds, removes: leaves, path, treeInWelcome });
    await this.deliver(by, message, removes);
    const tree = treeInWelcome ? undefined : await by.tree();
    const joined = [];
    for (const [i, newcomer] of newcomers.entries())
      if (await this.#lets(newcomer, welcomes[i], tree)) joined.push(newcomer);
    this.members = this.members.filter((member) => !removes.includes(member)).concat(joined);
    this.shutOut = this.shutOut.filter((member) => !removes.includes(member));
    await this.agree();
  }

  // Whether she comes in. If ts-mls refuses a tree that it should not, she is kept in `shutOut`.
  async #lets(newcomer, welcome, tree) {
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

  async deliver(by, message, removes = []) {
    for (const member of this.members) {
      if (member === by) continue;
      const leaves = removes.includes(member);
      assert.equal(await this.#opens(member, message, leaves), leaves ? "removed" : "commit", member.name);
    }
    await by.accept();
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
