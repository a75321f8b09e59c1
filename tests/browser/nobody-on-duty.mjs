// She asks for a counsellor when nobody is on duty: what she is told, what she can leave, and who comes when somebody
// goes on duty; and a request that she takes back. She and the counsellor are in browsers of their own.
//
//   node tests/browser/nobody-on-duty.mjs       as conversation.mjs

import assert from "node:assert/strict";
import { openPage } from "./support/browser.mjs";
import { goOnDuty, onDuty, take, waiting } from "./support/desk-screen.mjs";
import { clean, picture, write } from "./support/her-screen.mjs";
import { makeOrganisation, startServer } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";
import { press, say, sees } from "./support/staff-screen.mjs";
import { asksAlone, shows, tap } from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

async function atDesk({ browser, origin }) {
  const her = await openPage(browser, origin);
  await her.page.goto(`${origin}/`);
  await tap(her, "Talk to someone alone");
  return her;
}

test("nobody is on duty: she is told, may leave it for later, and gets words for the answer", async (it) => {
  const her = (it.leaves = await atDesk(it));
  await asksAlone(her, "Please write to me.", "Linden");
  await shows(her, "Nobody is there at the moment. This page goes on looking.");
  await picture(her, "nobody-on-duty");
  await tap(her, "Leave it for later");
  await shows(her, "A counsellor will read it and write an answer.");
  it.words = (await her.page.locator(".twelve-words li").allTextContents()).join(" ");
  assert.equal(it.words.split(" ").length, 12);
  await picture(her, "nobody-on-duty-left");
  await clean(her);
});

test("another stays on the page, and is taken when a counsellor comes on duty", async (it) => {
  const her = (it.stays = await atDesk(it));
  await asksAlone(her, "I wait here.", "Heron");
  await shows(her, "Nobody is there at the moment.");
  it.celia = await onDuty(it.browser, it.origin, it.organisation, "Celia");
  const { page } = it.celia;
  await page.getByText("Read what was left").click();
  await page.locator("#desk-key").setInputFiles(it.deskKey);
  await page.getByLabel("The passphrase of this file").fill(it.organisation.passphrase);
  await press(it.celia, "Open the key");
  await page.getByText("The key is open.").waitFor();
  await goOnDuty(it.celia);
  await waiting(it.celia, "I wait here.").waitFor({ timeout: 120_000 }); // her page looks again by itself
  await shows(her, "You are in the queue. One counsellor can see it.");
  await take(it.celia, "I wait here.", "Heron");
  await say(it.celia, "I have just come.");
  await sees(her, "I have just come.");
  await write(her, "Good that you are here.");
  await sees(it.celia, "Good that you are here.");
  await tap(her, "End the talk");
  await shows(her, "You have ended it.");
  await shows(it.celia, "The person has left the talk. You can end it.");
  await clean(her);
});

test("what was left is answered, and read with the words on another phone", async (it) => {
  const request = waiting(it.celia, "Please write to me.");
  await request.getByText("Left while nobody was here").waitFor();
  await request.getByRole("button", { name: "Answer this one" }).click();
  await it.celia.page.getByLabel("Your answer").fill("Come on Tuesday at six.");
  await press(it.celia, "Send the answer");
  await it.celia.page.getByText("Your answer is on its way to be kept.").waitFor();
  const her = await atDesk(it);
  await tap(her, "I have words for an answer");
  await her.page.getByLabel("The twelve words you were given").fill(it.words);
  await tap(her, "Look for the answer");
  await shows(her, "Come on Tuesday at six.");
  await shows(her, "Celia wrote this on");
  await picture(her, "nobody-on-duty-answer");
  await clean(her);
});

test("a request that she takes back is gone from the desk, which says so; she may ask again", async (it) => {
  const her = await atDesk(it);
  await asksAlone(her, "Only a question.", "Willow");
  await waiting(it.celia, "Only a question.").waitFor();
  await shows(her, "You are in the queue.");
  await tap(her, "I have changed my mind");
  await shows(it.celia, "The person took it back, or went away.");
  assert.equal(await waiting(it.celia, "Only a question.").count(), 0);
  await picture(her, "nobody-on-duty-taken-back");
  await clean(her);
  await clean(it.celia);
});

await runTests(
  tests,
  async () => {
    const organisation = makeOrganisation();
    organisation.takeIn("Celia", "counsellor");
    const deskKey = organisation.deskKey();
    return { organisation, deskKey, ...(await startServer(organisation)) };
  },
  { oneStory: true },
);
