// Veranda's core and ts-mls in the same groups, cipher suite 3, in both directions.
//
//   node tests/interop/ts-mls.mjs      VERANDA_MLS_PEER: the program mls_peer
//                                      VERANDA_INTEROP_SEED: these random operations once more
//                                      VERANDA_INTEROP_STEPS: so many of them, instead of 200
//   ... WORDS                          only tests whose name has these words in it
// Ends with 77 when ts-mls is not installed (npm ci in tests/interop; ops/test does it): ctest shows it as skipped.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const program = process.env.VERANDA_MLS_PEER ?? join(here, "../../build/release/tests/interop/mls_peer");
if (!existsSync(join(here, "node_modules/ts-mls")) || !existsSync(program)) {
  console.log(`skipped: there is no ${existsSync(program) ? "node_modules: npm ci in tests/interop" : program}`);
  process.exit(77);
}

const { Peer, Refused } = await import("./support/peer.mjs");
const { Circle } = await import("./support/circle.mjs");
const { liveAtRandom } = await import("./support/at-random.mjs");
const { run } = await import("./support/run.mjs");

const peer = new Peer(program);
const tests = [];
const test = (name, body) => tests.push([name, body]);

const bytes = (text) => new TextEncoder().encode(text);

async function circle(...kinds) {
  const made = new Circle(peer);
  await made.create(...kinds);
  return made;
}

// --- what Veranda's rooms do

for (const [first, second] of [
  ["room", "ts-mls"],
  ["ts-mls", "room"],
  ["full", "ts-mls"],
  ["ts-mls", "full"],
]) {
  const who = `${first} adds ${second}`;

  test(`${who}: a group of two speaks, in order and not`, async () => {
    const group = await circle(first, second);
    for (const speaker of group.members) {
      await group.say(speaker, 3);
      await group.say(speaker, 8, (i) => 7 - i);
    }
  });

  test(`${who}: everybody renews her keys in turn, twice`, async () => {
    const group = await circle(first, second, first, second, second, first);
    for (let round = 0; round < 2; ++round) for (const member of group.members) await group.change(member);
    for (const member of group.members) await group.say(member, 1);
  });

  test(`${who}: one is removed by either side, and hears no more`, async () => {
    const group = await circle(first, second, first, second, first);
    const [one, other, ...rest] = group.members;
    await group.change(one, { removes: [rest[0]] });
    await group.change(other, { removes: [rest[1]] });
    const message = await one.seal(bytes("a word"));
    for (const removed of rest.slice(0, 2)) await assert.rejects(removed.open(message));
    await group.say(other, 1);
  });

  test(`${who}: of two Commits in one epoch the first is followed`, async () => {
    const group = await circle(first, second, first, second);
    const [one, other] = group.members;
    await other.commit([]);
    await group.change(one);
    await group.change(other);
  });
}

test("groups of 2 to 20, each newcomer added by the one before", async () => {
  const group = await circle("room");
  const kinds = ["ts-mls", "room", "full"];
  while (group.members.length < 20)
    await group.change(group.members.at(-1), { kinds: [kinds[group.members.length % 3]] });
});

test("19 newcomers in one Commit, with a path and without", async () => {
  const kinds = Array.from({ length: 19 }, (_, i) => ["ts-mls", "room", "full"][i % 3]);
  await circle("ts-mls", ...kinds);
  const group = await circle("room");
  await group.change(group.members[0], { kinds, path: true });
});

test("ts-mls pads, and ours reads it", async () => {
  const group = await circle("room");
  const padding = group.newMember("ts-mls", { padding: { kind: "padUntilLength", padUntilLength: 1024 } });
  const { message, welcomes } = await group.members[0].commit([{ add: await padding.keyPackage() }]);
  assert.ok(message.length > 0);
  await group.members[0].accept();
  await padding.join(welcomes[0]);
  group.members.push(padding);
  await group.say(padding, 2);
  await group.change(padding);
});

// --- the rest of RFC 9420

for (const [first, second] of [
  ["full", "ts-mls"],
  ["ts-mls", "full"],
]) {
  const who = `${first} to ${second}`;

  test(`${who}: the tree beside the Welcome`, async () => {
    const group = await circle(first);
    await group.change(group.members[0], { kinds: [second, first], treeInWelcome: false });
    await group.change(group.members[1], { kinds: [first], treeInWelcome: false, path: true });
  });

  for (const isPublic of [false, true]) {
    const framing = isPublic ? "PublicMessages" : "PrivateMessages";

    test(`${who}, in ${framing}: Adds, Removes and Updates by reference`, async () => {
      const group = await circle(first, second, first, second);
      const [one, other, third, fourth] = group.members;
      await group.changeByReference(other, one, { kinds: [first, second], isPublic });
      await group.changeByReference(one, other, { removes: [fourth], isPublic });
      await group.changeByReference(one, one, { updates: [other, third], isPublic });
      await group.changeByReference(other, other, { updates: [one], isPublic });
      for (const member of group.members) await group.change(member, { isPublic });
      for (const member of group.members) await group.say(member, 1);
    });

    test(`${who}, in ${framing}: PSKs`, async () => {
      const group = await circle(first, second, first);
      const [one, other] = group.members;
      const [id, secret] = [bytes("an id"), bytes("a secret that all have from elsewhere")];
      const prepare = (member) => member.hold(id, secret);
      for (const member of group.members) await prepare(member);
      await group.change(one, { others: [{ psk: id }], isPublic });
      await group.change(other, { others: [{ psk: id }], kinds: [first, second], prepare, isPublic });
      const { epoch } = await one.where();
      const [newcomer] = group.members.slice(-1);
      await group.change(other, { removes: group.members.slice(-2), isPublic });
      assert.ok(!group.members.includes(newcomer));
      await group.change(one, { others: [{ resumption: epoch }, { psk: id }], isPublic });
      await group.changeByReference(other, one, { others: [{ resumption: epoch + 1 }], isPublic });
    });
  }

  for (const maker of [0, 1]) {
    const makes = ["the one who created it", "the other"][maker];

    test(`${who}: the group is reinitialized, and ${makes} makes the new one`, async () => {
      const group = await circle(first, second, first, second);
      await group.change(group.members[0], { others: [{ reinit: bytes("its successor") }] });
      await assert.rejects(group.members[0].seal(bytes("too late")));
      await assert.rejects(group.members[1].seal(bytes("too late")));
      await group.succeed(group.members[maker]);
      for (const member of group.members) await group.change(member);
      for (const member of group.members) await group.say(member, 2);
    });

    test(`${who}: another group is branched off, by ${makes}`, async () => {
      const group = await circle(first, second, first, second);
      for (const member of group.members) await group.change(member);
      await group.succeed(group.members[maker], bytes("a branch"));
      for (const member of group.members) await group.change(member);
      for (const member of group.members) await group.say(member, 2);
    });
  }

  test(`${who}: joins by an external Commit, and comes back by one`, async () => {
    const group = await circle(first, first, second);
    const newcomer = group.newMember(second);
    await group.joinExternally(group.members[0], newcomer);
    await group.joinExternally(group.members[1], group.newMember(second), { treeInside: false });
    await group.change(newcomer);
    await group.joinExternally(group.members[0], newcomer);
    for (const member of group.members) await group.change(member);
    await group.say(newcomer, 2);
  });
}

// --- where ts-mls 1.6.4 is not as RFC 9420: docs/interoperation.md. Should a newer one be, these tests say so.

test("known: ts-mls leaves out the inner length of external_pub, and takes it for a part of the key", async () => {
  const theirs = await circle("ts-mls");
  const info = await theirs.members[0].info(true, { asItDoes: true });
  await assert.rejects(theirs.newMember("full").joinExternally(info), Refused);
  const ours = await circle("full");
  await assert.rejects(ours.newMember("ts-mls").joinExternally(await ours.members[0].info(), { asItDoes: true }));
});

test("known: ts-mls refuses a tree in which unmerged leaves differ by height", async () => {
  const group = await circle("room", "room", "room", "room");
  await group.change(group.members[0]);
  await group.change(group.members[0], { kinds: ["room", "ts-mls"] });
  assert.equal(group.refused, 0);
  await group.change(group.members[4]);
  await group.change(group.members[0], { removes: [group.members[2]] });
  await group.change(group.members[0], { kinds: ["room", "full"] });
  await group.change(group.members[0], { kinds: ["ts-mls", "room"] });
  assert.equal(group.refused, 1);
});

test("known: ts-mls does not see that it is removed where a newcomer gets the leaf at once", async () => {
  const group = await circle("room", "ts-mls", "room");
  await group.change(group.members[0], { removes: [group.members[1]], kinds: ["room"] });
  assert.equal(group.unaware, 1);
});

// required_capabilities that requires nothing
const extensions = Uint8Array.of(6, 0, 3, 3, 0, 0, 0);

test("full to ts-mls: other extensions of the group", async () => {
  const group = await circle("full", "ts-mls", "full");
  await group.change(group.members[0], { others: [{ extensions }] });
  await group.change(group.members[1], { kinds: ["full", "ts-mls"] });
});

test("known: ts-mls commits other extensions of the group without a path", async () => {
  const { members } = await circle("full", "ts-mls");
  const { message } = await members[1].commit([{ extensions }]);
  await assert.rejects(members[0].open(message), { rule: "path_required" });
});

test("known: processMessage of ts-mls finds no PSK for what comes as a PrivateMessage", async () => {
  const { members } = await circle("full", "ts-mls");
  const id = bytes("an id");
  for (const member of members) await member.hold(id, bytes("a secret"));
  const { message } = await members[0].commit([{ psk: id }]);
  await assert.rejects(members[1].open(message, { asItDoes: true }), /Could not find pskId/);
  assert.equal((await members[1].open(message)).kind, "commit");
});

test("known: ts-mls goes along into a branch that a stranger is in", async () => {
  const group = await circle("ts-mls", "ts-mls", "full");
  const [maker, theirs, ours] = group.members;
  const keyPackages = [];
  for (const member of [theirs, ours, group.newMember("ts-mls")]) keyPackages.push(await member.keyPackage());
  const welcomes = await maker.succeed(keyPackages, bytes("a branch"));
  await maker.accept();
  const tree = await maker.tree();
  await theirs.join(welcomes[0], tree);
  await assert.rejects(ours.join(welcomes[1], tree), { rule: "successor_members" });
});

// --- at random

for (const who of [
  { kinds: ["room", "full", "ts-mls"], membersMax: 20 },
  { kinds: ["full", "ts-mls"], membersMax: 10 },
])
  test(`operations at random, of ${who.kinds.join(", ")}`, async (tell) => {
    const seed = Number(process.env.VERANDA_INTEROP_SEED ?? Math.floor(Math.random() * 2 ** 32));
    tell(`VERANDA_INTEROP_SEED=${seed}`);
    const steps = Number(process.env.VERANDA_INTEROP_STEPS ?? 200);
    tell(await liveAtRandom(new Circle(peer), who, seed, steps));
  });

const failed = await run(tests, process.argv[2]);
peer.end();
process.exitCode = failed.length > 0 ? 1 : 0;
