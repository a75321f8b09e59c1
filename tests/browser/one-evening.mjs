// A whole evening with everybody in a browser of her own: a facilitator, three members, a counsellor, and one more
// member in a terminal. What each sees of the others, in a real Chromium against the real server.
//
//   node tests/browser/one-evening.mjs          as conversation.mjs

import assert from "node:assert/strict";
import { goOnDuty, onDuty, take } from "./support/desk-screen.mjs";
import { clean, write } from "./support/her-screen.mjs";
import { joinByLink } from "./support/programs.mjs";
import { letIn, makeInvite, openGroup, press, say, sees } from "./support/staff-screen.mjs";
import { comesIn, runStory, shows, signedIn, tap } from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

const members = ["Heron", "Maple", "Otter"];
const everybody = (it) => [it.amara, ...members.map((name) => it[name])];

test("a facilitator, three members and a terminal are in one group, and all hear each", async (it) => {
  it.amara = await signedIn(it, "Amara");
  await openGroup(it.amara, "Evening group");
  for (const name of members) it[name] = await comesIn(it, it.amara, name);
  it.puffin = joinByLink((await makeInvite(it.amara)).link, "Puffin");
  await letIn(it.amara, "Puffin");

  await say(it.amara, "Good evening, everyone.");
  for (const name of members) await write(it[name], `It is ${name}.`);
  it.puffin.say("It is Puffin.");
  for (const each of everybody(it)) for (const name of [...members, "Puffin"]) await sees(each, `It is ${name}.`);
  await it.puffin.hears(["Good evening, everyone.", ...members.map((name) => `It is ${name}.`)]);
  for (const each of everybody(it)) {
    const texts = await each.page.locator(".message__text").allTextContents();
    assert.equal(new Set(texts).size, texts.length, "something was said twice");
  }
});

test("one of them talks with a counsellor alone, and the group knows nothing of it", async (it) => {
  it.celia = await onDuty(it.browser, it.origin, it.organisation, "Celia");
  await goOnDuty(it.celia);
  await tap(it.Maple, "More");
  await tap(it.Maple, "Talk to someone alone");
  await it.Maple.page.getByLabel("A few words, if you like").fill("About tomorrow.");
  await tap(it.Maple, "Ask for someone");
  await take(it.celia, "About tomorrow.", "Guest"); // the group's name for her stays in the group
  await say(it.celia, "I am here, take your time.");
  await shows(it.Maple, "I am here, take your time.");
  await write(it.Maple, "Thank you for coming.");
  await sees(it.celia, "Thank you for coming.");
  for (const each of [it.amara, it.Heron, it.Otter])
    assert.doesNotMatch(await each.page.locator("body").innerText(), /Celia|Thank you for coming/);
  assert.ok(!it.puffin.messages().some((message) => message.text.includes("Thank you for coming")));
});

test("a page that is loaded again is back by itself, and nothing is lost or doubled", async (it) => {
  await it.Otter.page.reload();
  await shows(it.Otter, "Connected");
  await say(it.amara, "Welcome back.");
  await sees(it.Otter, "Welcome back.");
  await write(it.Otter, "That was quick.");
  for (const each of [it.amara, it.Heron, it.Otter]) await sees(each, "That was quick.");
  assert.equal(await it.Heron.page.locator(".message", { hasText: "That was quick." }).count(), 1);
});

test("the end is everybody's, and she who talks alone goes on talking", async (it) => {
  await press(it.amara, "End");
  await it.amara.page.getByLabel("Last words, if you like").fill("Sleep well.");
  await tap(it.amara, /^End (the group now|without saving the book)$/);
  for (const name of ["Heron", "Otter"]) await shows(it[name], "Sleep well.");
  await it.puffin.event((event) => event.event === "closing" && event.text === "Sleep well.", "the last words");
  await shows(it.amara, "Erased here.");
  await say(it.celia, "The group is over. I am still here.");
  await shows(it.Maple, "The group is over. I am still here.");
  for (const each of [...everybody(it), it.celia]) await clean(each);
});

await runStory(tests, { Celia: "counsellor" });
