// What coming into a group of twelve costs the worker of a member's page: the time spent in the core, from opening the
// link to being in the group, in Node on this machine; with the module, and with the script that takes its place.
//
//   node --experimental-websocket tests/bench/joining.mjs         VERANDA_BUILD, VERANDA_WASM: as for core.mjs
// Fails when the module's median is over its budget.

import { readFileSync } from "node:fs";
import { leaveAll, missingCore, Person } from "../browser/support/cores.mjs";
import { endAll } from "../browser/support/program.mjs";
import { makeOrganisation, missing, startServer } from "../browser/support/programs.mjs";

const budgetMs = 40;
const people = 12; // with the facilitator
const rounds = 5;
const group = 0;
const plan = {
  name: "Evening group",
  rules: "What is said here stays here.",
  language: "en",
  minutes: 90,
  members_max: people + 4,
  newcomers: "speaks",
  slow_mode_seconds: 0,
};

let invites = 0;
async function comeIn(origin, host, name, how) {
  host.does(group, "invite", 0);
  ++invites;
  await host.hears(group, "invite", () => host.all(group, "invite").length === invites);
  const her = await Person.with("veranda", origin, how);
  const before = her.spentMs;
  her.does(group, "open-link", host.all(group, "invite").at(-1).link.split("#")[1]);
  await her.hears(group, "invitation");
  her.does(group, "knock", name);
  await host.hears(group, "knock", (event) => event.name === name && event.waiting);
  host.does(group, "admit", name, "");
  await her.state(group, "in_group");
  await her.hears(group, "roster", (event) => event.members.length >= 2);
  return { her, spentMs: her.spentMs - before };
}

async function measure(origin, host, word, how) {
  const spent = [];
  for (let round = 0; round < rounds; ++round) {
    const { her, spentMs } = await comeIn(origin, host, `${word} ${"abcde"[round]}`, how);
    spent.push(spentMs);
    her.does(group, "leave");
    await her.state(group, "left");
    her.leave();
  }
  spent.sort((a, b) => a - b);
  const median = spent[Math.floor(rounds / 2)];
  console.log(`${word}: ${spent.map((ms) => ms.toFixed(1)).join(", ")} ms; median ${median.toFixed(1)} ms`);
  return median;
}

const lacking = missing() ?? missingCore();
if (lacking !== null) {
  console.log(`skipped: ${lacking}`);
  process.exit(77);
}
try {
  const organisation = makeOrganisation("Amara");
  const { origin } = await startServer(organisation);
  const host = await Person.with("veranda-staff", origin);
  const [certificate, keys] = organisation.filesOf("Amara").map((file) => readFileSync(file, "utf8"));
  host.does(group, "sign-in", certificate, keys, organisation.passphrase);
  host.does(group, "host", JSON.stringify(plan));
  await host.state(group, "in_group");
  for (let i = 1; i < people; ++i) await comeIn(origin, host, `Member ${String.fromCharCode(96 + i)}`);
  console.log(`joining a group of ${people}, ${rounds} times:`);
  const median = await measure(origin, host, "module", {});
  await measure(origin, host, "script", { asScript: true });
  if (median > budgetMs) throw new Error(`over the budget of ${budgetMs} ms`);
} catch (error) {
  console.log(`FAILED  ${error.stack}`);
  process.exitCode = 1;
} finally {
  leaveAll();
  await endAll();
}
