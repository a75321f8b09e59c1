// Veranda's core and ts-mls in the same groups, cipher suite 3, in both directions.
//
//   node tests/interop/ts-mls.mjs      VERANDA_MLS_PEER: the program mls_peer
//                                      VERANDA_INTEROP_SEED: these random operations once more
// Ends with 77 when ts-mls is not installed (npm ci in tests/interop; ops/test does it): ctest shows it as skipped.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import test, { after } from "node:test";
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

const peer = new Peer(program);
after(() => peer.end());

const both = [
  { first: "ours", second: "ts-mls" },
  { first: "ts-mls", second: "ours" },
];

for (const { first, second } of both) {
  const who = `${first} first`;

  test(`${who}: a group of two speaks, in order and not`, async () => {
    const circle = new Circle(peer);
    await circle.create(first);
    await circle.change(circle.members[0], { kinds: [second] });
    for (const speaker of circle.members) {
      await circle.say(speaker, 3);
      await circle.say(speaker, 8, (i) => 7 - i);
    }
  });

  test(`${who}: the tree beside the Welcome`, { skip: first === "ours" && "ours always puts it inside" }, async () => {
    const circle = new Circle(peer);
    await circle.create(first);
    await circle.change(circle.members[0], { kinds: [second, first], treeInWelcome: false });
  });

  test(`${who}: everybody renews her keys in turn, twice`, async () => {
    const circle = new Circle(peer);
    await circle.create(first);
    await circle.change(circle.members[0], { kinds: [second, first, second, second, first] });
    for (let round = 0; round < 2; ++round) for (const member of circle.members) await circle.change(member);
    for (const member of circle.members) await circle.say(member, 1);
  });

  test(`${who}: one is removed by either side, and hears no more`, async () => {
    const circle = new Circle(peer);
    await circle.create(first);
    await circle.change(circle.members[0], { kinds: [second, first, second, first] });
    const [one, other, ...rest] = circle.members;
    await circle.change(one, { removes: [rest[0]] });
    await circle.change(other, { removes: [rest[1]] });
    for (const removed of rest.slice(0, 2)) await assert.rejects(async () => removed.open(await one.seal(Uint8Array.of(1))));
    await circle.say(other, 1);
  });
}

test("groups of 2 to 20", async () => {
  const circle = new Circle(peer);
  await circle.create("ours");
  while (circle.members.length < 20) {
    const by = circle.members[circle.members.length - 1];
    await circle.change(by, { kinds: [circle.members.length % 2 ? "ts-mls" : "ours"] });
  }
});

test("200 operations at random", async (context) => {
  const seed = Number(process.env.VERANDA_INTEROP_SEED ?? Math.floor(Math.random() * 2 ** 32));
  context.diagnostic(`VERANDA_INTEROP_SEED=${seed}`);
  const told = await liveAtRandom(new Circle(peer), seed, Number(process.env.VERANDA_INTEROP_STEPS ?? 200));
  context.diagnostic(told);
});
