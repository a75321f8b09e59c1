// A page that is loaded again while she talks with a counsellor: the way back is the group's, and the talk is over on
// her side, since its keys went with the page. She is in her group again, asks anew, and nothing stands in her way.
//
//   node tests/browser/reload-alone.mjs         as conversation.mjs

import assert from "node:assert/strict";
import { goOnDuty, onDuty, take } from "./support/desk-screen.mjs";
import { clean, write } from "./support/her-screen.mjs";
import { openGroup, say, sees } from "./support/staff-screen.mjs";
import { asksAlone, comesIn, more, runStory, shows, signedIn, tap } from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

test("she talks with Celia, from within a group", async (it) => {
  it.amara = await signedIn(it, "Amara");
  await openGroup(it.amara, "Evening group");
  it.heron = await comesIn(it, it.amara, "Heron");
  it.celia = await onDuty(it.browser, it.origin, it.organisation, "Celia");
  await goOnDuty(it.celia);
  await more(it.heron, "Talk to someone alone");
  await asksAlone(it.heron, "About tomorrow.", "Robin");
  await take(it.celia, "About tomorrow.", "Robin");
  await say(it.celia, "I am here.");
  await shows(it.heron, "I am here.");
});

test("loaded again, she is in the group, and the page holds nothing of the talk", async (it) => {
  await it.heron.page.reload();
  await shows(it.heron, "Connected");
  assert.doesNotMatch(await it.heron.page.locator("body").innerText(), /Celia|I am here/);
  await write(it.heron, "My page was gone for a moment.");
  await sees(it.amara, "My page was gone for a moment.");
});

test("she asks again, and Celia takes her: they go on", async (it) => {
  await more(it.heron, "Talk to someone alone");
  await asksAlone(it.heron, "It is me again.", "Robin");
  await take(it.celia, "It is me again.", "Robin");
  await say(it.celia, "Good that you are back.");
  await shows(it.heron, "Good that you are back.");
  await write(it.heron, "Thank you.");
  await sees(it.celia, "Thank you.");
  await tap(it.heron, "Back");
  await shows(it.heron, "My page was gone for a moment.");
  for (const each of [it.heron, it.amara, it.celia]) await clean(each);
});

await runStory(tests, { Celia: "counsellor" });
