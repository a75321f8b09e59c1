// A survivor's way through the page, in a real Chromium, against the real server and a facilitator's real terminal
// client: from the link to the closing screen. No part of it is played by a stand-in.
//
//   node tests/browser/conversation.mjs         VERANDA_BUILD: where the programs are (build/dev)
//                                                VERANDA_SHOTS: a folder for a picture of each screen
// Ends with 77 when something it needs is not built: ctest shows it as skipped.

import assert from "node:assert/strict";
import { openPage, traces } from "./support/browser.mjs";
import {
  accessible,
  agree,
  askAs,
  clean,
  goOn,
  noTraces,
  onlyTicket,
  picture,
  screen,
  write,
} from "./support/her-screen.mjs";
import { admit, hostGroup, invite, makeOrganisation, startServer } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

test("a link leads her into the group, and both can talk", async ({ browser, origin, host }) => {
  const link = await invite(host);
  const her = await openPage(browser, origin);
  const { page } = her;
  await page.goto(link.link);

  await screen(her, "You are invited to a group", "invite");
  assert.equal(page.url(), `${origin}/join`, "the secret is still in the address");
  assert.doesNotMatch(await page.locator("body").innerText(), /too old/, "it can be drawn");
  const before = await page.evaluate(() => window.loadedAtStrip);
  assert.deepEqual(
    before.filter((name) => !/\/assets\/index-[0-9a-f]+\.js$/.test(name)),
    [],
    "loaded before the strip",
  );
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "leave-quickly", "the exit is first in tab order");
  assert.equal(await page.title(), "Page");

  await goOn(her);
  await screen(her, "Evening group", "rules");
  assert.deepEqual(await page.locator(".ground-rules__list li").allTextContents(), [
    "What is said here stays here.",
    "Nobody has to speak.",
  ]);
  assert.match(await page.locator("main").innerText(), /Amara looks after this group, for Casa Aurora/);

  await agree(her);
  await screen(her, "What shall we call you?", "name");
  await page.locator(".name__choice label").first().click();
  const name = await page.locator(".name__choice input:checked").inputValue();
  await page.getByRole("button", { name: `Ask to come in as ${name}` }).click();
  await screen(her, "Waiting to be let in", "waiting");
  await page.getByText("Your request has arrived. Amara has not answered it yet.").waitFor();

  await admit(host, name);
  await screen(her, "Evening group", "group");
  await page.getByText("Connected", { exact: true }).waitFor();

  host.say("Good evening. <b>Welcome</b> https://example.org");
  const theirs = page.locator(".message[data-staff=true]", { hasText: "Good evening" });
  await theirs.waitFor();
  assert.equal(
    await theirs.locator(".message__text").innerHTML(),
    "Good evening. &lt;b&gt;Welcome&lt;/b&gt; https://example.org",
  );
  assert.equal(await theirs.locator(".role-mark").innerText(), "Facilitator");

  await write(her, "Thank you. مرحبا");
  await host.event((event) => event.event === "message" && event.text === "Thank you. مرحبا", "her message");
  await page.locator(".message[data-own=true]:not([data-sending])", { hasText: "Thank you" }).waitFor();
  await picture(her, "group-talking");
  assert.deepEqual(await traces(her), onlyTicket);

  await page.getByRole("button", { name: "people here" }).click();
  assert.match(await page.locator(".who-is-here").innerText(), /Amara[\s\S]*Facilitator[\s\S]*\(you\)/);
  await accessible(her, "who is here");

  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await accessible(her, "leave question");
  await page.getByRole("button", { name: "Yes, leave" }).click();
  await screen(her, "You have left", "left");
  assert.doesNotMatch(await page.locator("body").innerText(), /Thank you|Good evening/);
  await clean(her);
});

test("twelve words lead her in as well, and a wrong one is named", async ({ browser, origin, host }) => {
  const { words } = await invite(host);
  const her = await openPage(browser, origin);
  const { page } = her;
  await page.goto(`${origin}/`);
  await screen(her, "Come in with your words", "words");
  const field = page.getByLabel("Your twelve words");
  assert.equal(await field.getAttribute("spellcheck"), "false", "no word goes to a spell checker");

  await field.fill(words.replace(/^\S+/, "veranda"));
  await goOn(her);
  await page.getByText("This word is not one of ours: veranda.").waitFor();
  await picture(her, "words-unknown");

  await field.fill(`  ${words.toUpperCase()} `);
  await goOn(her);
  await screen(her, "Evening group", "rules-words");
  await agree(her);
  await askAs(her, "Willow Leaf");
  await screen(her, "Waiting to be let in", "waiting-words");

  await admit(host, "Willow Leaf");
  await screen(her, "Evening group", "group-words");
  host.say("/remove Willow Leaf");
  await screen(her, "You are no longer in the group", "removed");
  assert.deepEqual(await traces(her), noTraces);
  await clean(her);
});

test("leaving quickly leaves nothing on the screen, and Back shows nothing", async ({ browser, origin, host }) => {
  const { link } = await invite(host);
  const her = await openPage(browser, origin);
  const { page } = her;
  await page.goto(link);
  await goOn(her);
  await page.getByRole("button", { name: "I agree" }).waitFor();
  await page.getByRole("button", { name: "Leave quickly" }).click();
  await page.waitForURL("about:blank");
  await page.goBack().catch(() => null);
  assert.doesNotMatch(await page.evaluate(() => document.body?.innerText ?? ""), /group|Leave/);
  assert.equal(page.workers().length, 0, "the worker is still there");

  await page.goto(link);
  await page.getByRole("heading", { name: "You are invited to a group" }).waitFor();
  for (let press = 0; press < 3; ++press) await page.keyboard.press("Shift");
  await page.waitForURL("about:blank");
  await clean(her);
});

test("a name that is taken is no refusal: she picks another, and is let in", async ({ browser, origin, host }) => {
  const { link } = await invite(host);
  const her = await openPage(browser, origin);
  const { page } = her;
  await page.goto(link);
  await goOn(her);
  await agree(her);
  await askAs(her, "Amara");
  await page.getByText("Someone in the group has this name already.").waitFor();
  await askAs(her, "Thistle");
  await page.getByRole("heading", { name: "Waiting to be let in" }).waitFor();
  await admit(host, "Thistle");
  await page.getByRole("heading", { name: "Evening group" }).waitFor();
  await clean(her);
});

test("a broken link says what it is, and offers nothing to guess", async ({ browser, origin }) => {
  const her = await openPage(browser, origin);
  await her.page.goto(`${origin}/join#1.tooshort`);
  await goOn(her);
  await her.page.getByText("This link is not whole.").waitFor();
  await clean(her);
});

await runTests(tests, async () => {
  const organisation = makeOrganisation("Amara");
  const { origin } = await startServer(organisation);
  return { origin, host: await hostGroup(origin, organisation, "Amara", "Evening group") };
});
