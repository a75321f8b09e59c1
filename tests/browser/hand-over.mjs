// A counsellor hands a talk over to another one, and the person it is about decides: no the first time, yes the second.
// All three in browsers of their own.
//
//   node tests/browser/hand-over.mjs            as conversation.mjs

import assert from "node:assert/strict";
import { openPage } from "./support/browser.mjs";
import { askUntilHeard, goOnDuty, onDuty, take, turnTo } from "./support/desk-screen.mjs";
import { accessible, clean, picture, write } from "./support/her-screen.mjs";
import { press, say, sees } from "./support/staff-screen.mjs";
import { asksAlone, runStory, saidOnce, shows, tap } from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

const question = "Celia asks: may Dora go on talking with you?";

async function asksToHandOver({ celia }) {
  await press(celia, "Hand over");
  await celia.page.getByLabel("The name of your colleague").fill("Dora");
  await askUntilHeard(celia);
}

test("she talks with Celia, from the page alone", async (it) => {
  for (const name of ["Celia", "Dora"]) {
    const she = (it[name.toLowerCase()] = await onDuty(it.browser, it.origin, it.organisation, name));
    await goOnDuty(she);
  }
  it.her = await openPage(it.browser, it.origin);
  await it.her.page.goto(`${it.origin}/`);
  await tap(it.her, "Talk to someone alone");
  await asksAlone(it.her, "Can we talk?", "Heron");
  await take(it.celia, "Can we talk?", "Heron");
  await shows(it.her, "Connected");
  await say(it.celia, "Good evening, Heron.");
  await sees(it.her, "Good evening, Heron.");
  await write(it.her, "It is about my papers.");
  await sees(it.celia, "It is about my papers.");
});

test("she is asked, and says no: nothing changes", async (it) => {
  await asksToHandOver(it);
  await shows(it.her, question);
  await picture(it.her, "hand-over-question");
  await accessible(it.her, "the question of a hand-over");
  await press(it.celia, "Back to the talk");
  await write(it.her, "I would rather not."); // the question does not keep her from writing
  await sees(it.celia, "I would rather not.");
  await tap(it.her, /^No$/);
  await shows(it.celia, "The person would rather stay with you.");
  await it.her.page.getByText(question).waitFor({ state: "detached" });
  await say(it.celia, "Then we stay together.");
  await sees(it.her, "Then we stay together.");
  assert.doesNotMatch(await it.dora.page.locator("body").innerText(), /Heron|my papers|rather not/);
});

test("asked again she says yes, and the talk goes on with Dora", async (it) => {
  await asksToHandOver(it);
  await shows(it.her, question);
  await tap(it.her, /^Yes$/);
  await it.celia.page.getByRole("heading", { name: "Dora goes on with this talk" }).waitFor();
  await turnTo(it.dora, "Heron");
  await shows(it.dora, "Celia has handed this talk over to you. What was said before is not shown.");
  await it.her.page.getByRole("heading", { name: "Dora", level: 1 }).waitFor();
  await picture(it.her, "hand-over-done");
  await say(it.dora, "I am Dora.");
  await sees(it.her, "I am Dora.");
  await write(it.her, "Hello Dora.");
  await sees(it.dora, "Hello Dora.");
  assert.ok((await saidOnce(it.her)).includes("Then we stay together."), "her own page lost what was said");
  assert.doesNotMatch(await it.dora.page.locator("body").innerText(), /my papers|rather not/);
  assert.doesNotMatch(await it.celia.page.locator("body").innerText(), /I am Dora|Hello Dora|my papers/);
});

test("the end is Dora's to say, and erases", async (it) => {
  await press(it.dora, "End");
  await press(it.dora, "End and erase");
  await shows(it.her, "It has ended. What was written is gone from this page.");
  await shows(it.dora, "On the other phone: erased, as that phone says.");
  for (const each of [it.her, it.dora, it.celia]) await clean(each);
});

await runStory(tests, { Celia: "counsellor", Dora: "counsellor" });
