// "I am not safe", pressed in a browser: the facilitator's page shows it at once, and she is told who has seen it. One
// that nobody in the group has seen for a minute comes to a counsellor on duty as well. All in browsers of their own.
//
//   node tests/browser/not-safe.mjs             as conversation.mjs

import assert from "node:assert/strict";
import { goOnDuty, onDuty } from "./support/desk-screen.mjs";
import { accessible, clean, picture, write } from "./support/her-screen.mjs";
import { openGroup, press, say, sees } from "./support/staff-screen.mjs";
import { comesIn, more, runStory, shows, signedIn, tap } from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

const unseen = 180_000; // protocol/limits.hpp: lane_unseen_ms is a minute, and the machine may be slow
const alarmOf = ({ page }, name) => page.locator(".host__alarm", { hasText: `${name} is not safe` });
const atDesk = ({ page }) => page.locator(".request[data-urgency=not_safe]");
const nothingOfIt = async ({ page }) => assert.doesNotMatch(await page.locator("body").innerText(), /not safe/i);

test("a group with two, and a counsellor on duty who knows nothing of it", async (it) => {
  it.amara = await signedIn(it, "Amara");
  await openGroup(it.amara, "Evening group");
  it.heron = await comesIn(it, it.amara, "Heron");
  it.maple = await comesIn(it, it.amara, "Maple");
  it.celia = await onDuty(it.browser, it.origin, it.organisation, "Celia");
  await goOnDuty(it.celia);
});

test("tapped and confirmed, it is on the facilitator's page, with the words that she adds", async (it) => {
  await more(it.heron, "I am not safe");
  await shows(it.heron, "What else you can do");
  await shows(it.heron, "In danger, call 112.");
  const numbers = await it.heron.page.locator(".own-text a").evaluateAll((all) => all.map(({ href }) => href));
  assert.deepEqual(numbers, ["tel:112", "tel:+390612345"]);
  await picture(it.heron, "not-safe-before");
  await accessible(it.heron, "before an alarm");
  await tap(it.heron, "Hold to tell the team");
  await shows(it.heron, "Tell the team that you are not safe?");
  await tap(it.heron, "Yes, tell them");
  await alarmOf(it.amara, "Heron").waitFor();
  await shows(it.heron, "It has left your phone. Nobody has seen it yet.");
  await it.heron.page.getByLabel("Would you like to add a few words?").fill("He is at the door.");
  await it.heron.page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
  // The alarm is open already: what she adds is a note beside it.
  await it.amara.page.locator(".host__needs").getByText("He is at the door.").waitFor();
  await picture(it.amara, "not-safe-facilitator");
  await nothingOfIt(it.maple);
});

test("she is told that it was seen, and by whom; the desk is not asked", async (it) => {
  await press(it.amara, "I have seen it");
  await alarmOf(it.amara, "Heron").waitFor({ state: "detached" });
  await shows(it.heron, "Amara has seen it and knows that you are not safe.");
  await picture(it.heron, "not-safe-seen");
  await accessible(it.heron, "an alarm that was seen");
  await it.heron.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await write(it.heron, "Thank you.");
  await sees(it.maple, "Thank you.");
  assert.equal(await atDesk(it.celia).count(), 0);
});

test("held, and seen by nobody for a minute, it comes to the counsellor too", async (it) => {
  await more(it.maple, "I am not safe");
  const button = it.maple.page.getByRole("button", { name: "Hold to tell the team" });
  await button.hover();
  await it.maple.page.mouse.down();
  await shows(it.maple, "It has left your phone. Nobody has seen it yet.");
  await it.maple.page.mouse.up();
  await alarmOf(it.amara, "Maple").waitFor();
  await atDesk(it.celia).waitFor({ timeout: unseen });
  await shows(it.maple, "It waits with the counsellors, too.");
  await picture(it.celia, "not-safe-desk");
  await atDesk(it.celia).getByRole("button", { name: "Talk with this person" }).click();
  await it.celia.page.locator(".talk").getByRole("heading", { name: "Maple", level: 2 }).waitFor();
  await say(it.celia, "I am Celia. Can you write?");
  await tap(it.maple, "Talk to someone alone");
  await sees(it.maple, "I am Celia. Can you write?");
  await write(it.maple, "Yes, quietly.");
  await sees(it.celia, "Yes, quietly.");
});

test("the facilitator sees it late: the talk goes on, and she is told", async (it) => {
  await press(it.amara, "I have seen it");
  await alarmOf(it.amara, "Maple").waitFor({ state: "detached" });
  await say(it.celia, "I stay with you.");
  await sees(it.maple, "I stay with you.");
  await tap(it.maple, "Back");
  await more(it.maple, "I am not safe"); // back to what she was told
  await shows(it.maple, "Amara has seen it and knows that you are not safe.");
  assert.doesNotMatch(await it.heron.page.locator("body").innerText(), /Maple is not safe|Celia|quietly/);
  for (const each of [it.heron, it.maple, it.amara, it.celia]) await clean(each);
});

await runStory(tests, { Celia: "counsellor" }, (organisation) => {
  organisation.sayNotSafe("en", "In danger, call 112.\nOur helpline: +39 06 12345, day and night.");
  organisation.sayNotSafe("it", "In pericolo, chiama il 112.");
});
