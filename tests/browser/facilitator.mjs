// A facilitator's evening in a real Chromium: keys, the group, each order, a colleague, the book, the end; with members
// in other browsers and in a terminal, against the real server. No part of it is played by a stand-in.
//
//   node tests/browser/facilitator.mjs          VERANDA_BUILD: where the programs are (build/dev)
//                                                VERANDA_SHOTS: a folder for a picture of each screen
// Ends with 77 when something it needs is not built: ctest shows it as skipped.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openPage, traces } from "./support/browser.mjs";
import { agree, askAs, clean, goOn, noTraces } from "./support/her-screen.mjs";
import { joinByLink, makeOrganisation, startServer } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";
import {
  atDoor,
  inGroup,
  letIn,
  look,
  inviteCard,
  makeInvite,
  manage,
  openGroup,
  openStaffPage,
  press,
  save,
  say,
  sees,
  signIn,
} from "./support/staff-screen.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });
const story = {}; // who is there, from one test to the next

test("keys are made in the browser, certified by the organisation, and open the page", async (given) => {
  const { browser, origin, organisation } = given;
  const she = await openStaffPage(browser, origin);
  const { page } = she;
  await page.getByRole("heading", { name: "For the team" }).waitFor();
  await look(she, "staff-sign-in");
  await press(she, "Make your keys");
  await page.getByLabel("Your name, as the group will see it").fill("Amara");
  await page.getByLabel("A passphrase that protects them").fill("kettle river orange stamp");
  await page.getByLabel("The same passphrase again").fill("kettle river orange stamp");
  await look(she, "staff-make-keys");
  await press(she, "Make my keys");
  await page.getByRole("heading", { name: "Your keys are made" }).waitFor();
  await look(she, "staff-keys-made");
  const keys = await save(she, "Save your keys");
  const certificate = organisation.certify(await save(she, "Save the request"));
  await press(she, "Go to signing in");

  await signIn(she, [certificate, keys], "kettle river orange lamp");
  await page.getByText("This passphrase does not open the file.").waitFor();
  await look(she, "staff-wrong-passphrase");
  await page.getByLabel("Your passphrase").fill("kettle river orange stamp");
  await press(she, "Sign in");
  await page.getByRole("heading", { name: "Hello, Amara" }).waitFor();
  await look(she, "staff-home");

  // This server was started before she was certified: it has not read the new staff list yet.
  await page.getByRole("button", { name: "Plan a group" }).click();
  await page.getByLabel("Name of the group").fill("Too early");
  await press(she, "Open the group");
  await page.getByText("Your certificate is not accepted here.").waitFor();
  await look(she, "staff-not-listed");
  await clean(she);
  story.files = [certificate, keys];
  story.origin = (await startServer(organisation)).origin;
});

test("a group is planned with a book, and members come in as she decides", async ({ browser }) => {
  const { origin, files } = story;
  const amara = await openStaffPage(browser, origin);
  const { page } = amara;
  await signIn(amara, files, "kettle river orange stamp");
  await openGroup(amara, "Tuesday evening", async () => {
    await press(amara, "Start with an example");
    await page.getByLabel("Begin a new book").check();
    await page.getByLabel("Passphrase of the book").fill("lantern pebble orchard");
    await page.getByLabel("The same passphrase again").fill("lantern pebble orchard");
    await look(amara, "staff-plan");
  });
  await look(amara, "staff-empty-group");
  const { link } = await makeInvite(amara);

  const heron = await openPage(browser, origin);
  await heron.page.goto(link);
  await goOn(heron);
  await agree(heron);
  await askAs(heron, "Heron");
  const door = atDoor(amara, "Heron");
  await door.getByRole("button", { name: "Talk and more" }).click();
  await door.locator(".waiting__five").waitFor();
  assert.equal((await door.locator(".waiting__five").innerText()).trim().split(/\s+/).length, 5);
  await door.getByRole("textbox", { name: "Write to Heron" }).fill("Good evening. Is it a good moment?");
  await door.getByRole("button", { name: "Send" }).click();
  await door.locator(".waiting__talk", { hasText: "Is it a good moment?" }).waitFor();
  await look(amara, "staff-at-the-door");
  await letIn(amara, "Heron");
  await heron.page.getByText("Connected", { exact: true }).waitFor();
  Object.assign(story, { amara, heron });

  const iris = joinByLink((await makeInvite(amara)).link, "Iris");
  const irisDoor = atDoor(amara, "Iris");
  await irisDoor.getByRole("button", { name: "Talk and more" }).click();
  await irisDoor.getByRole("button", { name: "Let in, only reading" }).click();
  await iris.newest("composer", (event) => !event.open && event.why === "listens_only", "that she only listens");
  await page.locator(".person", { hasText: "Iris" }).getByText("only reads").waitFor();
  story.iris = iris;
});

test("what is said is heard, hidden, answered and pinned", async () => {
  const { amara, heron, iris } = story;
  await say(amara, "Good evening, all of you.");
  await sees(heron, "Good evening, all of you.");
  await heron.page.getByRole("textbox").fill("Thank you. مرحبا");
  await heron.page.keyboard.press("Enter");
  await sees(amara, "Thank you. مرحبا");
  await iris.event((event) => event.event === "message" && event.text === "Thank you. مرحبا", "Heron's message");
  await look(amara, "staff-group");

  const { page } = amara;
  const theirs = page.locator(".message", { hasText: "Thank you." });
  await theirs.locator(".message__more").click();
  await look(amara, "staff-message-tools");
  await page.getByRole("button", { name: "Hide it, for everyone" }).click();
  await iris.event((event) => event.event === "hidden" && event.hidden, "the message to be hidden");
  await press(amara, "Undo");
  await iris.event((event) => event.event === "hidden" && !event.hidden, "the message to be back");

  await press(amara, "Settings");
  await look(amara, "staff-settings");
  await page.getByLabel("A sentence that stays at the top").fill("Tonight: interviews.");
  await press(amara, "Pin it");
  await page.locator(".host__pinned", { hasText: "Tonight: interviews." }).waitFor();
  await iris.event((event) => event.event === "pinned" && event.text === "Tonight: interviews.", "the pinned sentence");
  await page.getByLabel("One message each 15 seconds").click();
  await iris.event((event) => event.event === "order" && event.kind === "slow_mode", "slow mode");
  await page.getByLabel("Off", { exact: true }).click();
  await iris.event(
    (event) => event.event === "order" && event.kind === "slow_mode" && event.seconds === 0,
    "slow mode to be off",
  );
  await press(amara, "Close");
});

test("hands, notes, alarms and held messages come to her, and her answers go back", async () => {
  const { amara, iris } = story;
  const { page } = amara;
  const needs = page.locator(".host__needs");
  iris.say("/hand");
  await needs.locator(".needs__hands", { hasText: "Iris" }).waitFor();
  iris.say("/note May I ask something later?");
  await needs.getByText("May I ask something later?").waitFor();

  iris.say("/notsafe somebody is at the door");
  const alarm = page.locator(".host__alarm", { hasText: "Iris is not safe" });
  await alarm.getByText("somebody is at the door").waitFor();
  await look(amara, "staff-alarm");
  await press(amara, "I have seen it");
  await alarm.waitFor({ state: "detached" });
  await iris.event(
    (event) => event.event === "lane" && event.kind === "not_safe" && event.state === "seen" && event.by === "Amara",
    "that her alarm was seen",
  );
  await press(amara, "I have read it");

  const person = await manage(amara, "Iris");
  await look(amara, "staff-manage");
  await person.getByRole("group", { name: "Write through me for" }).getByRole("button", { name: "15 minutes" }).click();
  await iris.newest("composer", (event) => event.open && event.why === "held", "that she is held");
  for (const [text, answer, state] of [
    ["May I say this?", "Show it to the group", "shown"],
    ["And this?", "Do not pass it on", "not_passed_on"],
  ]) {
    iris.say(text);
    await needs.getByText(text).waitFor();
    await press(amara, answer);
    await iris.event((event) => event.event === "held" && event.state === state, `the held message: ${state}`);
  }
  await sees(amara, "May I say this?");
  await (await manage(amara, "Iris")).getByRole("button", { name: "As at the beginning" }).click();
  await iris.newest("composer", (event) => !event.open && event.why === "listens_only", "that she only listens again");
  await (await manage(amara, "Iris")).getByRole("button", { name: "May write now" }).click();
  await iris.newest("composer", (event) => event.open && event.why === "", "that she may write");
  iris.say("Now everyone hears me.");
  await sees(amara, "Now everyone hears me.");
  iris.say("/hand down");
  await needs.locator(".needs__hands").waitFor({ state: "detached" });
});

test("the door is locked and cleared, a refusal is kind, a remove is asked about and holds", async () => {
  const { amara, heron } = story;
  const { page } = amara;
  const { link } = await makeInvite(amara);
  const otter = joinByLink(link, "Otter");
  const door = atDoor(amara, "Otter");
  await door.getByRole("button", { name: "Talk and more" }).click();
  await door.getByRole("button", { name: "Not this time" }).click();
  await door.getByLabel("A kind word with it").fill("We are full tonight.");
  await look(amara, "staff-refuse");
  await door.getByRole("button", { name: "Do not let in" }).click();
  await otter.event((event) => event.event === "state" && event.state === "refused", "the refusal");

  const waiting = joinByLink((await makeInvite(amara)).link, "Puffin");
  await atDoor(amara, "Puffin").waitFor();
  await press(amara, "Settings");
  await press(amara, "Lock it and send away who waits");
  await page.getByText("Door locked", { exact: true }).waitFor();
  await waiting.event((event) => event.event === "state" && event.state === "refused", "the door to be cleared");
  await press(amara, "Open the door");
  await page.getByText("Door locked", { exact: true }).waitFor({ state: "detached" });
  await press(amara, "Close");

  const person = await manage(amara, "Heron");
  await person.getByRole("button", { name: "Take out of the group" }).click();
  await look(amara, "staff-remove");
  await person.getByRole("button", { name: "Yes, take out" }).click();
  await heron.page.getByRole("heading", { name: "You are no longer in the group" }).waitFor();
  await page.locator(".person", { hasText: "Heron" }).waitFor({ state: "detached" });
  await clean(heron);
});

test("each invite says what has become of it, and can be made void", async () => {
  const { amara } = story;
  const { page } = amara;
  const card = (number) => inviteCard(amara, number);
  const { link } = await makeInvite(amara);
  const early = joinByLink(link, "Early");
  await atDoor(amara, "Early").waitFor();
  await press(amara, "Invite");
  await card(1).getByText("Let in: Heron").waitFor();
  await card(2).getByText("Let in: Iris").waitFor();
  await card(3).getByText("Not used yet").waitFor();
  await card(5).getByText("At the door: Early").waitFor();
  assert.equal(
    await card(1).locator(".invite-card__words").count(),
    0,
    "words that nobody can come by are still there",
  );
  const unused = await card(4).locator(".invite-card__link").innerText();
  await look(amara, "staff-invites");
  await card(4).getByRole("button", { name: "Make it void" }).click();
  await card(4).getByText("Void", { exact: true }).waitFor();
  await card(5).getByRole("button", { name: "Make it void" }).click();
  await card(5).getByText("Void. Still at the door: Early").waitFor();
  await page.locator(".host__sheet").evaluate((sheet) => sheet.scrollTo(0, 0));
  await look(amara, "staff-invites-void");
  const late = joinByLink(unused, "Late");
  await late.event((event) => event.event === "error" && event.code === "no_such_card", "that it is void");
  await press(amara, "Close");
  const door = atDoor(amara, "Early");
  await door.getByRole("button", { name: "Talk and more" }).click();
  early.say("I am still here.");
  await door.locator(".waiting__talk", { hasText: "I am still here." }).waitFor();
  await door.getByRole("button", { name: "Not this time" }).click();
  await door.getByRole("button", { name: "Do not let in" }).click();
  await early.event((event) => event.event === "state" && event.state === "refused", "the refusal");
});

test("a colleague comes in by her own link, on a phone, and both see what the other did", async (given) => {
  const { browser, organisation } = given;
  const { amara, iris, origin } = story;
  const { link } = await makeInvite(amara, "Invite another facilitator");
  assert.ok(link.startsWith(`${origin}/staff#`), link);
  const phone = { viewport: { width: 360, height: 740 } };
  const blessing = await openStaffPage(browser, origin, phone, link.slice(link.indexOf("#")));
  const { page } = blessing;
  assert.equal(page.url(), `${origin}/staff`, "the secret is still in the address");
  await signIn(blessing, organisation.filesOf("Blessing"), organisation.passphrase);
  await page.getByRole("button", { name: "Ask to come in as Blessing" }).click();
  await page.getByText("Your request has arrived.").waitFor();
  await look(blessing, "staff-phone-waiting");
  await letIn(amara, "Blessing");
  await inGroup(blessing, "Tuesday evening");
  await look(blessing, "staff-phone-talk");
  await say(blessing, "I am here too.");
  await sees(amara, "I am here too.");
  await iris.event((event) => event.event === "message" && event.role === "facilitator" && event.from === "Blessing");

  await page.reload();
  await signIn(blessing, organisation.filesOf("Blessing"), organisation.passphrase);
  await page.getByRole("button", { name: "Go back into your group" }).waitFor();
  await look(blessing, "staff-phone-way-back");
  await page.getByRole("button", { name: "Go back into your group" }).click();
  await page.locator(".host").waitFor();
  await press(blessing, "Invite");
  const theirs = inviteCard(blessing, 1);
  await theirs.getByText("Made by another facilitator").waitFor();
  await look(blessing, "staff-phone-invites");
  await theirs.getByRole("button", { name: "Make it void" }).click();
  await theirs.getByText("Void", { exact: true }).waitFor();
  await press(blessing, "Close");
  await press(amara, "Invite");
  await inviteCard(amara, 3).getByText("Void", { exact: true }).waitFor();
  await press(amara, "Close");
  await page.getByRole("button", { name: /^People/ }).click();
  const person = await manage(blessing, "Iris");
  await look(blessing, "staff-phone-people");
  await person
    .getByRole("group", { name: "Only read for" })
    .getByRole("button", { name: "5 minutes", exact: true })
    .click();
  await amara.page.locator(".person", { hasText: "Iris" }).getByText("only reads").waitFor();
  await page.getByRole("button", { name: /^Needs you/ }).click();
  await look(blessing, "staff-phone-needs");
  await press(blessing, "End");
  await press(blessing, "Leave without ending");
  await page.getByRole("heading", { name: "You have left the group" }).waitFor();
  await look(blessing, "staff-phone-left");
  await clean(blessing);
});

test("the book is saved, the group ended, and the page says where it is erased", async () => {
  const { amara, iris } = story;
  const { page } = amara;
  await press(amara, "End");
  await page.getByText("Your group book has changed and is not saved.").waitFor();
  await look(amara, "staff-ending");
  story.book = await save(amara, "Save the book");
  assert.match(story.book, /tuesday-evening\.book$/);
  assert.match(readFileSync(story.book, "utf8"), /^-----BEGIN VERANDA GROUP BOOK-----/);
  await page.getByLabel("Last words, if you like").fill("Sleep well, all of you.");
  await press(amara, "End the group now");
  await iris.event((event) => event.event === "closing" && event.text === "Sleep well, all of you.", "the last words");
  await page.getByRole("heading", { name: "The group has ended" }).waitFor();
  await page.getByText(/^Erased here\. 1 of 1/).waitFor();
  await look(amara, "staff-over");
  assert.doesNotMatch(await page.locator("body").innerText(), /Good evening, all of you/);
});

test("by the book she goes on next week, and a wrong passphrase opens nothing", async ({ browser }) => {
  const { amara, book, origin } = story;
  const { page } = amara;
  await press(amara, "Back to the beginning");
  await page.getByRole("button", { name: "Plan a group" }).click();
  await page.getByLabel("Go on with a book that I have").check();
  await page.locator("#plan-book-file").setInputFiles(book);
  await page.getByLabel("Name of the group").fill("");
  await page.getByLabel("Ground rules, one on each line").fill("");
  await page.getByLabel("Passphrase of the book").fill("another passphrase");
  await press(amara, "Open the group");
  await page.locator(".trouble:not(:empty)").waitFor();
  await look(amara, "staff-book-wrong");
  await page.getByLabel("Passphrase of the book").fill("lantern pebble orchard");
  await press(amara, "Open the group");
  await page.locator(".host").waitFor();
  await page.getByRole("heading", { name: "Tuesday evening" }).waitFor(); // not what the file is called
  const { link } = await makeInvite(amara);
  const her = await openPage(browser, origin);
  await her.page.goto(link);
  await goOn(her);
  await her.page.getByRole("heading", { name: "Tuesday evening" }).waitFor();
  await agree(her);
  await askAs(her, "Otter");
  await letIn(amara, "Otter");
  await her.page.getByText("Connected", { exact: true }).waitFor();
  await clean(her);
});

test("signing out leaves nothing, and neither does leaving quickly", async () => {
  const { amara } = story;
  const { page } = amara;
  assert.deepEqual(await traces(amara), { ...noTraces, session: 1 }); // her way back, for minutes
  await press(amara, "End");
  await press(amara, "End without saving the book");
  await page.getByRole("heading", { name: "The group has ended" }).waitFor();
  await press(amara, "Sign out");
  await page.getByText("You are signed out.").waitFor();
  assert.deepEqual(await traces(amara), noTraces);
  await page.locator("#leave-quickly").click();
  await page.waitForURL("about:blank");
  assert.equal(page.workers().length, 0, "the worker is still there");
  await clean(amara);
});

test("a newcomer practises with herself, in two windows", async ({ browser, origin, organisation }) => {
  const she = await openStaffPage(browser, origin);
  const { page } = she;
  await signIn(she, organisation.filesOf("Blessing"), organisation.passphrase);
  await page.getByRole("button", { name: "Try it with yourself" }).click();
  await look(she, "staff-practice");
  await press(she, "Open my practice group");
  await inGroup(she, "Practice group");
  await press(she, "Make an invite");
  await page.locator(".host__sheet").getByRole("button", { name: "Make an invite" }).click();
  await page.locator(".invite-card .qr-code").waitFor();
  await look(she, "staff-practice-invite");
  const [second] = await Promise.all([
    she.context.waitForEvent("page"),
    page.getByRole("link", { name: "Open it in a second window" }).click(),
  ]);
  const her = { page: second };
  await goOn(her);
  await agree(her);
  await askAs(her, "Puffin");
  await press(she, "Close");
  await letIn(she, "Puffin");
  await second.getByText("Connected", { exact: true }).waitFor();
  await say(she, "Welcome, me.");
  await sees(her, "Welcome, me.");
  await clean(she);
});

await runTests(
  tests,
  async () => {
    const organisation = makeOrganisation("Blessing");
    const { origin } = await startServer(organisation);
    return { origin, organisation };
  },
  { oneStory: true },
);
