// A whole evening on the modules that the page loads, in Node: a facilitator who makes her own keys, two members, and
// somebody who talks to a counsellor alone, against the real server. And that what was told to be forgotten is nowhere
// in the modules' memory.
//
//   node --experimental-websocket tests/browser/core.mjs         VERANDA_BUILD: where the programs are (build/dev)
//                                                                 VERANDA_WASM: veranda.wasm, the others beside it
// Ends with 77 when something it needs is not built: ctest shows it as skipped.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { leaveAll, missingCore, Person } from "./support/cores.mjs";
import { endAll } from "./support/program.mjs";
import { makeOrganisation, missing, startServer } from "./support/programs.mjs";

const group = 0;
const alone = 1;
const desk = 2;
const passphrase = "rain on a tin roof";
const bookPassphrase = "lanterns over the river";
const plan = {
  name: "Evening group",
  rules: "What is said here stays here.",
  language: "en",
  minutes: 90,
  members_max: 12,
  newcomers: "speaks",
  slow_mode_seconds: 0,
};

/** She makes her keys in the browser and is certified. Answers with the texts of her two files. */
async function becomesStaff(organisation, name, role) {
  const her = await Person.with("veranda-staff", "http://127.0.0.1:1");
  const [request, keys] = her.does(group, "make-keys", name, passphrase);
  const file = `${organisation.publicFile}.${name}.request`;
  writeFileSync(file, request);
  return [readFileSync(organisation.certify(file, role), "utf8"), keys];
}

async function signsIn(origin, [certificate, keys], name, role) {
  const her = await Person.with("veranda-staff", origin);
  assert.equal(her.tries(group, "host", JSON.stringify(plan)).problem, "not_signed_in");
  assert.equal(her.tries(group, "sign-in", certificate, keys, "another").problem, "keys_passphrase");
  assert.deepEqual(her.does(group, "sign-in", certificate, keys, passphrase).slice(0, 2), [name, role]);
  return her;
}

async function comeIn(origin, host, name) {
  const her = await Person.with("veranda", origin);
  host.does(group, "invite", 0);
  const known = host.all(group, "invite").length;
  await host.hears(group, "invite", () => host.all(group, "invite").length > known);
  her.does(group, "open-link", host.all(group, "invite").at(-1).link.split("#")[1]);
  await her.hears(group, "invitation", (event) => event.group === plan.name);
  her.does(group, "knock", name);
  await host.hears(group, "knock", (event) => event.name === name && event.waiting);
  host.does(group, "admit", name, "");
  await her.state(group, "in_group");
  return her;
}

async function anEvening(origin, files) {
  const amara = await signsIn(origin, files, "Amara", "facilitator");
  amara.does(group, "open-book", "", bookPassphrase);
  amara.does(group, "host", JSON.stringify(plan));
  await amara.state(group, "in_group");
  const robin = await comeIn(origin, amara, "Robin");
  const wren = await comeIn(origin, amara, "Wren");

  amara.does(group, "say", "Good evening, and welcome");
  const welcome = await robin.hears(group, "message", (event) => event.text === "Good evening, and welcome");
  robin.does(group, "reply", welcome.seq, "Thank you, Amara");
  const answer = await wren.hears(group, "message", (event) => event.text === "Thank you, Amara");
  assert.equal(answer.reply_to, welcome.seq);
  const heard = await wren.hears(group, "message", (event) => event.text === welcome.text);
  wren.does(group, "react", heard.seq, "hug");
  await robin.hears(group, "reaction", (event) => event.from === "Wren" && event.sign === "hug");
  wren.does(group, "hand", 1);
  await amara.hears(group, "hands", (event) => event.names.includes("Wren"));
  assert.match((await robin.hears(group, "ticket", (event) => event.ticket !== "")).ticket, /^http.*\/back#1\./);
  return { amara, robin, wren };
}

async function aTalkAlone(origin, organisation, files, fingerprint) {
  const iris = await signsIn(origin, files, "Iris", "counsellor");
  iris.does(desk, "go-on-duty", "en,it");
  await iris.hears(desk, "duty", (event) => event.state === "on_duty");
  const lark = await readyToAsk(origin, organisation);
  lark.does(alone, "of", fingerprint);
  lark.does(alone, "ask", "en", "soon", "I would like to talk", "Lark");
  const request = await iris.hears(desk, "request", (event) => event.note === "I would like to talk");
  iris.does(desk, "take", request.number);
  const { channel } = await iris.hears(desk, "talk_opened", (event) => event.number === request.number);
  await lark.hears(alone, "desk", (event) => event.state === "counsellor" && event.name === "Iris");
  await lark.state(alone, "in_group");
  lark.does(alone, "say", "It is about tomorrow");
  await iris.hears(channel, "message", (event) => event.text === "It is about tomorrow");
  iris.does(channel, "say", "I am here, take your time");
  await lark.hears(alone, "message", (event) => event.text === "I am here, take your time");
  lark.does(alone, "leave");
  await lark.state(alone, "left");
  return { iris, lark };
}

async function readyToAsk(origin, organisation) {
  const her = await Person.with("veranda-alone", origin);
  her.run((core) => core.organisation(readFileSync(organisation.publicFile, "utf8")));
  return her;
}

// Server and page agree on an organisation that is not the one of the link by which she came.
async function asksNoOther(origin, organisation) {
  const finch = await readyToAsk(origin, organisation);
  finch.does(alone, "of", `${"A".repeat(42)}AA`);
  finch.does(alone, "ask", "en", "soon", "Is this you?", "Finch");
  await finch.hears(alone, "error", (event) => event.code === "fingerprint_differs");
  await finch.state(alone, "refused");
}

// What a reload does: another instance, which has the ticket and nothing else.
async function comesBack(origin, { robin, amara }) {
  const { ticket } = robin.all(group, "ticket").at(-1);
  const again = await Person.with("veranda", origin);
  again.does(group, "return-by", ticket);
  await again.state(group, "in_group");
  await robin.hears(group, "notice", (event) => event.code === "elsewhere");
  again.does(group, "say", "I am back");
  await amara.hears(group, "message", (event) => event.from === "Robin" && event.text === "I am back");
  return again;
}

async function itsEnd({ amara, wren }) {
  amara.does(group, "end", "Walk home safely");
  await wren.hears(group, "closing", (event) => event.text === "Walk home safely");
  await wren.state(group, "ended");
  await amara.hears(group, "erasure", (event) => event.confirmed > 0);
  const { file } = amara.all(group, "book").at(-1);
  assert.match(file, /^-----BEGIN VERANDA GROUP BOOK-----\n/);
  assert.equal(amara.tries(group, "open-book", file, passphrase).problem, "book_passphrase");
  amara.does(group, "open-book", file, bookPassphrase);
}

function nothingIsLeft(who, person, secrets) {
  person.forget();
  const memory = Buffer.from(person.memory.buffer);
  for (const secret of secrets) assert.ok(!memory.includes(secret), `${who} still has "${secret}" in memory`);
}

const lacking = missing() ?? missingCore();
if (lacking !== null) {
  console.log(`skipped: ${lacking}`);
  process.exit(77);
}
try {
  const organisation = makeOrganisation();
  const facilitator = await becomesStaff(organisation, "Amara", "facilitator");
  const counsellor = await becomesStaff(organisation, "Iris", "counsellor");
  const { origin } = await startServer(organisation);
  const people = await anEvening(origin, facilitator);
  console.log("ok      keys, a group, two members, words and signs");
  const [fingerprint] = people.wren.does(group, "whose");
  const { iris, lark } = await aTalkAlone(origin, organisation, counsellor, fingerprint);
  await asksNoOther(origin, organisation);
  console.log("ok      a talk alone");
  const again = await comesBack(origin, people);
  console.log("ok      back by a ticket");
  const { ticket } = again.all(group, "ticket").at(-1);
  await itsEnd(people);
  console.log("ok      the end, and the book");
  const said = ["Good evening, and welcome", "Thank you, Amara", "I am back"];
  nothingIsLeft("Amara", people.amara, [...said, passphrase, bookPassphrase, "Walk home safely"]);
  nothingIsLeft("Wren", people.wren, [...said, "Evening group", "What is said here"]);
  nothingIsLeft("Robin", again, [...said, ticket, ticket.slice(-60)]);
  nothingIsLeft("Iris", iris, ["It is about tomorrow", "I would like to talk", passphrase]);
  nothingIsLeft("Lark", lark, ["It is about tomorrow", "I am here, take your time", "I would like to talk"]);
  console.log("ok      nothing is left in memory");
} catch (error) {
  console.log(`FAILED  ${error.stack}`);
  process.exitCode = 1;
} finally {
  leaveAll();
  await endAll();
}
