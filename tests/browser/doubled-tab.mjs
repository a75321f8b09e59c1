// A member doubles her tab in the middle of an evening: the second one asks before it takes her place, and when she
// goes on there the first stands aside. Nothing is said twice, and she is one person to everybody.
//
//   node tests/browser/doubled-tab.mjs          as conversation.mjs

import assert from "node:assert/strict";
import { clean, picture, write } from "./support/her-screen.mjs";
import { openGroup, say, sees } from "./support/staff-screen.mjs";
import { comesIn, runStory, saidOnce, shows, signedIn, tap } from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

// As a browser does it: the session storage of the tab that she came from goes with her.
async function doubled({ page, context }) {
  const [other] = await Promise.all([
    context.waitForEvent("page"),
    page.evaluate(() => void window.open(location.href)),
  ]);
  other.setDefaultTimeout(40_000);
  return { page: other, context };
}

const heron = ({ page }) => page.locator(".person", { hasText: "Heron" });

test("an evening with her and another one", async (it) => {
  it.amara = await signedIn(it, "Amara");
  await openGroup(it.amara, "Evening group");
  it.first = await comesIn(it, it.amara, "Heron");
  it.maple = await comesIn(it, it.amara, "Maple");
  await write(it.first, "In the first tab.");
  for (const each of [it.amara, it.maple]) await sees(each, "In the first tab.");
  await it.first.page.waitForFunction(() => sessionStorage.length === 1);
});

test("a second tab asks, and until she has answered the first goes on", async (it) => {
  it.second = await doubled(it.first);
  await it.second.page.getByRole("heading", { name: "It is open elsewhere", level: 1 }).waitFor();
  await shows(it.second, "Would you like to continue on this one?");
  await picture(it.second, "doubled-asks");
  await write(it.first, "Still in the first tab.");
  await sees(it.amara, "Still in the first tab.");
  assert.equal(await it.second.page.getByText("Still in the first tab.").count(), 0, "the second tab listens already");
});

test("left there, the second is over and the first has noticed nothing", async (it) => {
  await tap(it.second, "Leave it there");
  await shows(it.second, "Your place in the group is open on another page.");
  await say(it.amara, "Can you read this?");
  await sees(it.first, "Can you read this?");
  await it.second.page.close();
});

test("continued in the second, the first stands aside", async (it) => {
  it.second = await doubled(it.first);
  await shows(it.second, "Would you like to continue on this one?");
  await tap(it.second, "Continue here");
  await shows(it.second, "Connected");
  await it.first.page.getByRole("heading", { name: "It is open somewhere else", level: 1 }).waitFor();
  await picture(it.first, "doubled-stands-aside");
  assert.equal(await it.first.page.locator(".message").count(), 0, "what was said stands on the tab that was left");
  await write(it.second, "Now in the second tab.");
  for (const each of [it.amara, it.maple]) {
    await sees(each, "Now in the second tab.");
    const texts = await saidOnce(each);
    assert.ok(texts.includes("In the first tab.") && texts.includes("Still in the first tab."));
  }
  await say(it.amara, "I hear you once.");
  await sees(it.second, "I hear you once.");
  await saidOnce(it.second);
  assert.equal(await heron(it.amara).count(), 1, "she is there twice");
});

test("and back in the first, which asks for her place again", async (it) => {
  await tap(it.first, "Continue here");
  await shows(it.first, "Connected");
  await it.second.page.getByRole("heading", { name: "It is open somewhere else", level: 1 }).waitFor();
  await write(it.first, "In the first again.");
  await sees(it.amara, "In the first again.");
  await saidOnce(it.amara);
  await saidOnce(it.first);
  assert.equal(await heron(it.amara).count(), 1, "she is there twice");
  for (const each of [it.first, it.maple, it.amara]) await clean(each);
});

await runStory(tests);
