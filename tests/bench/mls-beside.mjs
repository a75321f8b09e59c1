// The same operations as mls_bench's with ts-mls, a line each for mls_bench --beside: shape, members, microseconds of
// processor time (median), operation. Sizes up to 200, and none once the time given is over.
//
//   node tests/bench/mls-beside.mjs [SECONDS]     ends with 77 when ts-mls is not installed (npm ci in tests/interop)
//
// Members who have not followed are made from one who has: all share an epoch's secrets, and whoever commits, or stands
// beside who commits, needs of the private keys its leaf's alone.

import { existsSync } from "node:fs";

const packages = new URL("../interop/node_modules/", import.meta.url);
if (!existsSync(packages)) {
  console.error("ts-mls is not installed: npm ci in tests/interop");
  process.exit(77);
}
const mls = await import(new URL("ts-mls/dist/src/index.js", packages));
const suite = await mls.getCiphersuiteImpl(
  mls.getCiphersuiteFromName("MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519"),
);
const end = performance.now() + 1000 * Number(process.argv[2] ?? 150);
const noPsk = mls.emptyPskIndex;
const content = new Uint8Array(512).fill(97);

async function person(number, keys) {
  const credential = { credentialType: "basic", identity: new TextEncoder().encode(`member ${10_000 + number}`) };
  const rest = [credential, mls.defaultCapabilities(), mls.defaultLifetime, []];
  return keys
    ? mls.generateKeyPackageWithKey(...rest, keys, suite)
    : mls.generateKeyPackage(...rest, suite);
}

const addOf = (her) => ({ proposalType: "add", add: { keyPackage: her.publicPackage } });
const commit = (state, proposals = []) =>
  mls.createCommit({ state, cipherSuite: suite }, { extraProposals: proposals, ratchetTreeExtension: true });
const handle = (state, made) => mls.processPrivateMessage(state, made.commit.privateMessage, noPsk, suite);
const groupId = new TextEncoder().encode("a group, as large as wanted");
const alone = (her) => mls.createGroup(groupId, her.publicPackage, her.privatePackage, [], suite);

const asSeenBy = (state, leafIndex, her) => ({
  ...state,
  privatePath: { leafIndex, privateKeys: { [2 * leafIndex]: her.privatePackage.hpkePrivateKey } },
  signaturePrivateKey: her.privatePackage.signaturePrivateKey,
});

async function measured(shape, members, operation, what) {
  const times = [];
  for (let round = 0; round < (members <= 10 ? 15 : 3); ++round) {
    const before = process.cpuUsage();
    await what();
    const spent = process.cpuUsage(before);
    times.push(spent.user + spent.system);
  }
  times.sort((a, b) => a - b);
  console.log(`${shape} ${members} ${times[times.length >> 1]} ${operation}`);
}

async function gathered(members) {
  const people = [];
  for (let i = 0; i < members; ++i) people.push(await person(i));
  const made = await commit(await alone(people[0]), people.slice(1).map(addOf));
  return { people, state: made.newState };
}

// From wide to narrow, as mls_groups.cpp.
async function populate({ people, state }) {
  const bits = Math.ceil(Math.log2(people.length));
  for (let turn = 1; turn <= 2 ** bits; ++turn) {
    let leaf = 0;
    for (let bit = 0; bit < bits; ++bit) leaf |= ((turn >> bit) & 1) << (bits - 1 - bit);
    if (leaf % 2 === 0 && leaf < people.length) state = (await commit(asSeenBy(state, leaf, people[leaf]))).newState;
  }
  return { people, state };
}

async function measurePaths(shape, { people, state }) {
  const members = people.length;
  const remove = { proposalType: "remove", remove: { removed: members / 2 } };
  const update = await commit(state);
  const beside = asSeenBy(state, 1, people[1]);
  await measured(shape, members, "update commit", () => commit(state));
  await measured(shape, members, "handle an update, leaf beside", () => handle(beside, update));
  await measured(shape, members, "remove commit", () => commit(state, [remove]));
}

async function measureAdding(shape, { people, state }) {
  const members = people.length;
  const newcomer = await person(members);
  const add = await commit(state, [addOf(newcomer)]);
  const beside = asSeenBy(state, 1, people[1]);
  const join = () => mls.joinGroup(add.welcome, newcomer.publicPackage, newcomer.privatePackage, noPsk, suite);
  await measured(shape, members, "add one, no path", () => commit(state, [addOf(newcomer)]));
  await measured(shape, members, "handle an add", () => handle(beside, add));
  await measured(shape, members, "join", join);
}

async function measureMessages(shape, { people, state }) {
  const members = people.length;
  const say = (of) => mls.createApplicationMessage(of, content, suite);
  const hear = (of, said) => mls.processPrivateMessage(of, said.privateMessage, noPsk, suite);
  const first = await say(state);
  const second = await say(first.newState);
  const beside = asSeenBy(state, 1, people[1]);
  const { newState: heardFirst } = await hear(beside, first);
  await measured(shape, members, "encrypt 512 bytes", () => say(first.newState));
  await measured(shape, members, "decrypt 512 bytes", () => hear(heardFirst, second));
  await measured(shape, members, "encrypt, first of an epoch", () => say(state));
  await measured(shape, members, "decrypt, first of an epoch", () => hear(beside, first));
}

async function measureKeyPackages(shape, { people }) {
  const { signaturePrivateKey } = people[0].privatePackage;
  const keys = { signKey: signaturePrivateKey, publicKey: people[0].publicPackage.leafNode.signaturePublicKey };
  await measured(shape, people.length, "key package, new identity", () => person(1));
  await measured(shape, people.length, "key package, same identity", () => person(1, keys));
}

async function measureMaking({ people }) {
  const adds = people.slice(1).map(addOf);
  const group = await alone(people[0]);
  await measured("fresh", people.length, "group made by one commit", () => commit(group, adds));
}

for (const members of [2, 10, 50, 200]) {
  const fresh = await gathered(members);
  await measureMaking(fresh);
  for (const shape of ["fresh", "populated"]) {
    const group = shape === "fresh" ? fresh : await populate(fresh);
    for (const measure of [measureKeyPackages, measureMessages, measurePaths, measureAdding]) {
      if (performance.now() > end) process.exit(0);
      await measure(shape, group);
    }
  }
}
