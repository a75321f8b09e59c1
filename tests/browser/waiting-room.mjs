// The waiting room from both sides, in browsers: five words that differ, and others at the next knock; everybody let in
// at once; a refusal; invites made void.
//
//   node tests/browser/waiting-room.mjs         as conversation.mjs

import assert from "node:assert/strict";
import { openPage } from "./support/browser.mjs";
import { agree, askAs, clean, goOn, picture } from "./support/her-screen.mjs";
import { atDoor, look, makeInvite, openGroup, press, say, sees } from "./support/staff-screen.mjs";
import { knocks, runStory, shows, signedIn, tap } from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

async function openDoor(she, name) {
  const door = atDoor(she, name);
  await door.getByRole("button", { name: "Talk and more" }).click();
  return door;
}

async function fiveWords(she, name) {
  const door = await openDoor(she, name);
  await door.locator(".waiting__five").waitFor();
  const words = (await door.locator(".waiting__five").innerText()).trim();
  assert.equal(words.split(/\s+/).length, 5);
  return words;
}

test("five words that differ refuse her kindly; at the next knock they are others; thrice is a warning", async (it) => {
  it.amara = await signedIn(it, "Amara");
  await openGroup(it.amara, "Evening group");
  const { link } = await makeInvite(it.amara);
  const heard = new Set();
  for (let knock = 1; knock <= 3; ++knock) {
    const her = await knocks(it, link, "Heron");
    const words = await fiveWords(it.amara, "Heron");
    await shows(her, words);
    heard.add(words);
    const warned = await it.amara.page.getByText("The five words of one invite were wrong three times.").count();
    assert.equal(warned, 0, "warned too early");
    await atDoor(it.amara, "Heron").getByRole("button", { name: "The other words are different" }).click();
    await shows(her, "You were not let in");
    await shows(her, "The words on your two screens were not the same.");
    await atDoor(it.amara, "Heron").waitFor({ state: "detached" });
    await clean(her);
  }
  assert.equal(heard.size, 3, "the same five words at two knocks");
  await shows(it.amara, "The five words of one invite were wrong three times.");
  await look(it.amara, "waiting-room-wrong-thrice");
});

test("all who wait are let in at once, with nobody forgotten", async (it) => {
  const names = ["Maple", "Otter", "Puffin"];
  for (const name of names) it[name] = await knocks(it, (await makeInvite(it.amara)).link, name);
  await shows(it.amara, "3 people are waiting");
  await tap(it.amara, "Let in all of them");
  for (const name of names) await shows(it[name], "Connected");
  await say(it.amara, "Welcome, all of you.");
  for (const name of names) await sees(it[name], "Welcome, all of you.");
  assert.equal(await it.amara.page.locator(".waiting").count(), 0);
  await shows(it.amara, "4 people are here");
  for (const name of names) await clean(it[name]);
});

test("a refusal brings her the facilitator's own words, and nothing of the group", async (it) => {
  const her = await knocks(it, (await makeInvite(it.amara)).link, "Linden");
  const door = await openDoor(it.amara, "Linden");
  await door.getByRole("button", { name: "Not this time" }).click();
  await door.getByLabel("A kind word with it").fill("We are full tonight. Come on Tuesday.");
  await door.getByRole("button", { name: "Do not let in" }).click();
  await shows(her, "You were not let in");
  await shows(her, "We are full tonight. Come on Tuesday.");
  assert.doesNotMatch(await her.page.locator("body").innerText(), /Welcome, all of you|Maple/);
  await picture(her, "waiting-room-refused");
  await clean(her);
});

test("an invite made void opens nothing, says so kindly, and a new one works", async (it) => {
  const { link, words } = await makeInvite(it.amara);
  await press(it.amara, "Invite");
  await press(it.amara, "Make unused invites void");
  await it.amara.page.locator('.invite-card[data-stands="unused"]').first().waitFor({ state: "detached" });
  await press(it.amara, "Close");
  const kind = "This invite opens nothing at the moment. Maybe the group has not begun yet. Or the invite was used";
  const byLink = await openPage(it.browser, it.origin);
  await byLink.page.goto(link);
  await goOn(byLink);
  await shows(byLink, kind);
  await picture(byLink, "waiting-room-void");
  assert.doesNotMatch(await byLink.page.locator("body").innerText(), /Evening group|Amara/);
  await clean(byLink);
  const byWords = await openPage(it.browser, it.origin);
  await byWords.page.goto(`${it.origin}/`);
  await byWords.page.getByLabel("Your twelve words").fill(words);
  await goOn(byWords);
  await shows(byWords, kind);
  await byWords.page.getByLabel("Your twelve words").fill((await makeInvite(it.amara)).words);
  await goOn(byWords);
  await agree(byWords);
  await askAs(byWords, "Willow");
  await atDoor(it.amara, "Willow").waitFor();
  await clean(byWords);
  await clean(it.amara);
});

await runStory(tests);
