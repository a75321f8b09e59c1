// A group whose members are all here, ours and theirs. After every step all agree.

import assert from "node:assert/strict";

import { OurMember } from "./our-member.mjs";
import { TsMember } from "./ts-member.mjs";

let names = 0;

export class Circle {
  members = [];

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
    for (const member of removes) leaves.push((await member.where()).leaf);
    const { message, welcomes } = await by.commit({ adds, removes: leaves, path, treeInWelcome });
    await this.deliver(by, message, removes);
    const tree = treeInWelcome ? undefined : await by.tree();
    for (const [i, newcomer] of newcomers.entries()) await newcomer.join(welcomes[i], tree);
    this.members = this.members.filter((member) => !removes.includes(member)).concat(newcomers);
    await this.agree();
  }

  async deliver(by, message, removes = []) {
    for (const member of this.members) {
      if (member === by) continue;
      const { kind } = await member.open(message);
      assert.equal(kind, removes.includes(member) ? "removed" : "commit", `at ${member.name}, by ${by.name}`);
    }
    await by.accept();
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
