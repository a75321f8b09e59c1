// The only facilitator's page dies in the middle of an evening. She goes on by the book that she saved;
// the members stay, and are back without doing anything; nothing that the design promises is lost.
//
//   node tests/browser/lone-facilitator.mjs     as conversation.mjs

import assert from "node:assert/strict";
import { clean, picture, write } from "./support/her-screen.mjs";
import { atDoor, manage, say, sees } from "./support/staff-screen.mjs";
import {
  comesIn,
  goOnByBook,
  openWithBook,
  runStory,
  saidOnce,
  saveBook,
  shows,
  signedIn,
  tap,
} from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

test("an evening with a book that is saved in the middle", async (it) => {
  it.amara = await signedIn(it, "Amara");
  await openWithBook(it.amara, "Tuesday evening");
  for (const name of ["Heron", "Maple", "Otter"]) it[name] = await comesIn(it, it.amara, name);
  const person = await manage(it.amara, "Otter");
  await person.getByRole("button", { name: "Take out of the group" }).click();
  await person.getByRole("button", { name: "Yes, take out" }).click();
  await shows(it.Otter, "You are no longer in the group");
  for (const name of ["Heron", "Maple"]) await shows(it[name], "3 people here");
  await write(it.Heron, "Before it broke.");
  await sees(it.Maple, "Before it broke.");
  it.book = await saveBook(it.amara);
});

test("her page is killed; the members keep what they have, and are told why they cannot write", async (it) => {
  await it.amara.context.close();
  const pulsesMissed = 120_000; // protocol/limits.hpp: pulse_missing_ms is 45 s, and the machine may be slow
  for (const name of ["Heron", "Maple"]) {
    await shows(it[name], "The facilitator cannot be reached at the moment, so nobody can write.", pulsesMissed);
    await sees(it[name], "Before it broke.");
  }
});

test("on another device she goes on by her book, and everyone who was there comes back", async (it) => {
  it.amara = await signedIn(it, "Amara");
  await goOnByBook(it.amara, it.book);
  for (const name of ["Heron", "Maple"]) await atDoor(it.amara, name).getByText("Was in this group already").waitFor();
  await picture(it.amara, "lone-facilitator-back");
  await tap(it.amara, "Let in all of them");
  for (const name of ["Heron", "Maple"]) {
    await it.amara.page.locator(".person", { hasText: name }).waitFor();
    await shows(it[name], "Connected");
  }
  await say(it.amara, "I am back.");
  for (const name of ["Heron", "Maple"]) await sees(it[name], "I am back.");
  await write(it.Heron, "So are we.");
  for (const each of [it.amara, it.Maple]) await sees(each, "So are we.");
  for (const name of ["Heron", "Maple"]) {
    const texts = await saidOnce(it[name]);
    assert.ok(texts.includes("Before it broke."), "what was said before is gone");
  }
  assert.equal(await atDoor(it.amara, "Otter").count(), 0, "who was taken out is at the door");
});

for (const it of ["Heron", "Maple", "Otter", "amara"])
  test(`nothing happened on the page of ${it} that must not`, async (given) => clean(given[it]));

await runStory(tests);
