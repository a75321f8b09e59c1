// The life of a mixed group, each step drawn from a seed. Which messages are said with which keys is not: two
// implementations draw these for themselves.

import assert from "node:assert/strict";

// mulberry32: enough for choosing.
function chooser(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

// Without rooms among the kinds, everything of RFC 9420 is done.
export async function liveAtRandom(circle, { kinds: allKinds, membersMax }, seed, steps) {
  const any = chooser(seed);
  const member = () => circle.members[any(circle.members.length)];
  const counts = {};
  const kinds = (count) => Array.from({ length: count }, () => allKinds[any(allKinds.length)]);
  const psk = new TextEncoder().encode("a PSK");
  const prepare = (newcomer) => newcomer.hold(psk, new TextEncoder().encode("that all members have"));

  function some(count, except) {
    const others = circle.members.filter((other) => other !== except);
    const chosen = new Set();
    while (chosen.size < Math.min(count, others.length - 1)) chosen.add(others[any(others.length)]);
    return [...chosen];
  }

  const operations = {
    async says(by) {
      await circle.say(by, 1 + any(3));
    },
    async saysOutOfOrder(by) {
      const count = 2 + any(8);
      const order = Array.from({ length: count }, (_, i) => i);
      for (let i = count - 1; i > 0; --i) {
        const j = any(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      await circle.say(by, count, (i) => order[i]);
    },
    async adds(by) {
      const room = membersMax - circle.members.length - circle.shutOut.length;
      if (room > 0) await circle.change(by, { kinds: kinds(Math.min(room, 1 + any(3))), path: any(2) === 0 });
    },
    async renews(by) {
      await circle.change(by);
    },
    async removes(by) {
      const removes = circle.members.length > 5 ? some(1 + any(2), by) : [];
      await circle.change(by, { removes: removes.concat(circle.shutOut) });
    },
    async replaces(by) {
      const removes = circle.members.length > 5 ? some(1, by) : [];
      await circle.change(by, { removes, kinds: kinds(1) });
    },
  };
  const ofFull = {
    async addsByReference(by) {
      const room = membersMax - circle.members.length - circle.shutOut.length;
      if (room > 0) await circle.changeByReference(by, member(), { kinds: kinds(1), isPublic: any(2) === 0 });
    },
    async removesByReference(by) {
      const removes = circle.members.length > 5 ? some(1, by) : [];
      const proposers = circle.members.filter((other) => !removes.includes(other));
      if (removes.length > 0) await circle.changeByReference(by, proposers[any(proposers.length)], { removes });
    },
    async updates(by) {
      const updates = some(1 + any(3), by);
      if (updates.length > 0) await circle.changeByReference(by, by, { updates, isPublic: any(2) === 0 });
    },
    async namesAPsk(by) {
      for (const each of circle.members) await prepare(each);
      const grows = circle.members.length + circle.shutOut.length < membersMax && any(2) === 0;
      await circle.change(by, { others: [{ psk }], kinds: grows ? kinds(1) : [], prepare });
    },
    async joinsExternally(of) {
      if (circle.members.length + circle.shutOut.length >= membersMax) return;
      const [kind] = kinds(1);
      await circle.joinExternally(of, circle.newMember(kind), { treeInside: any(2) === 0 });
    },
  };
  if (!allKinds.includes("room")) Object.assign(operations, ofFull);

  await circle.create(...allKinds, ...kinds(1 + any(6)));
  for (let i = 0; i < steps; ++i) {
    const name = Object.keys(operations)[any(Object.keys(operations).length)];
    const by = member();
    try {
      await operations[name](by);
    } catch (error) {
      error.message += ` (VERANDA_INTEROP_SEED=${seed}, step ${i}: ${by.name} ${name}, of ${circle.members.length})`;
      throw error;
    }
    counts[name] = (counts[name] ?? 0) + 1;
  }
  assert.ok(circle.members.length >= 2);
  const { epoch } = await circle.members[0].where();
  const done = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  const { tsNewcomers, refused, unaware } = circle;
  done.push(`${refused} of ${tsNewcomers} newcomers of ts-mls refused the tree, ${unaware} unaware of their removal`);
  return `${done.join(", ")}; epoch ${epoch}, ${circle.members.length} members`;
}
