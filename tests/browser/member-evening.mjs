// A member's evening on the page, in a real Chromium, against the real server and a facilitator's real terminal client:
// talk before she is let in, everything she can do in the group, a reload in between, and a way back by her own words.
//
//   node tests/browser/member-evening.mjs       as conversation.mjs

import assert from "node:assert/strict";
import { openPage, traces } from "./support/browser.mjs";
import { accessible, agree, askAs, clean, goOn, noTraces, onlyTicket, picture, write } from "./support/her-screen.mjs";
import { hostGroup, invite, makeOrganisation, startServer } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";
import { more, shows, tap } from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

const inSheet = ({ page }, name) => page.getByRole("dialog").getByRole("button", { name }).click();

test("before she is let in, they write, and both screens show the same five words", async (evening) => {
  const { browser, origin, host } = evening;
  const { link } = await invite(host);
  const her = (evening.her = await openPage(browser, origin));
  await her.page.goto(link);
  await goOn(her);
  await agree(her);
  await askAs(her, "Heron");
  await shows(her, "Your request has arrived.");
  await write(her, "Is this the Tuesday group?");
  await host.event((event) => event.event === "talk" && event.text === "Is this the Tuesday group?", "her question");
  host.say("/talk Heron Yes, you are right here.");
  await shows(her, "Yes, you are right here.");
  host.say("/word Heron");
  const { words } = await host.event((event) => event.event === "agreed_word", "the agreed word");
  await shows(her, words);
  await picture(her, "evening-waiting");
});

test("a reload at the door leaves her standing there, as one person", async ({ her, host }) => {
  await her.page.waitForFunction(() => sessionStorage.length === 1);
  assert.deepEqual(await traces(her), onlyTicket);
  await her.page.reload();
  const isKnock = (event) => event.event === "knock" && event.name === "Heron";
  const gone = await host.event(isKnock, "what became of her knock");
  assert.equal(gone.waiting, false);
  const again = await host.event(isKnock, "her knock");
  assert.equal(again.waiting, true);
  await shows(her, "Your request has arrived.");
  await shows(her, "Heron");
  await write(her, "It is me again.");
  await host.event((event) => event.event === "talk" && event.text === "It is me again.", "her words");
});

test("an alarm reaches staff from the waiting room, and she is told who has seen it", async ({ her, host }) => {
  await more(her, "I am not safe");
  await tap(her, "Hold to tell the team");
  await tap(her, "Yes, tell them");
  await host.event((event) => event.event === "alarm" && event.from === "Heron" && event.waiting, "her alarm");
  await shows(her, "Nobody has seen it yet.");
  host.say("/seen Heron");
  await shows(her, "Amara has seen it");
  await inSheet(her, "Close");
});

test("in the group she answers, gives a sign, and takes back what is hers", async ({ her, host }) => {
  host.say("/admit Heron");
  await shows(her, "Connected");
  assert.equal(await her.page.getByText("Is this the Tuesday group?").count(), 0, "talk at the door is in the group");
  host.say("Good evening. How was your week?");
  await shows(her, "How was your week?");
  const { seq } = await host.event((event) => event.event === "message" && event.own, "his own words");
  await tap(her, "Answer Amara");
  await tap(her, "Hug");
  await host.event((event) => event.event === "reaction" && event.seq === seq && event.sign === "hug", "her sign");
  await her.page.locator(".reactions").waitFor();
  await tap(her, "Answer Amara");
  await tap(her, "Answer with words");
  await write(her, "Long, but good.");
  const answer = await host.event(
    (event) => event.event === "message" && event.text === "Long, but good.",
    "her answer",
  );
  assert.equal(answer.reply_to, seq);
  await her.page.locator(".message__answered", { hasText: "How was your week?" }).waitFor();
  await tap(her, "Answer Heron");
  await tap(her, "Take it back, for everyone");
  await host.event(
    (event) => event.event === "hidden" && event.seq === answer.seq && event.hidden,
    "that it is hidden",
  );
  await shows(her, "This message was taken back.");
});

test("what may be hard to read comes closed, hers and others'", async ({ her, host }) => {
  host.say("/warn There was a fire in the house.");
  await shows(her, "This may be hard to read.");
  assert.equal(await her.page.getByText("There was a fire").count(), 0);
  await accessible(her, "a closed message");
  await picture(her, "evening-closed");
  await tap(her, "Show it");
  await shows(her, "There was a fire in the house.");
  await tap(her, "Close it again");
  assert.equal(await her.page.getByText("There was a fire").count(), 0);
  await her.page.getByRole("textbox").fill("I saw one too.");
  await tap(her, "This may be hard to read");
  await accessible(her, "the composer with a warning");
  await picture(her, "evening-warns");
  await her.page.getByRole("textbox").press("Enter");
  const said = await host.event((event) => event.event === "message" && event.text === "I saw one too.", "her words");
  assert.equal(said.warned, true);
  await shows(her, "I saw one too."); // her own stand open
  await picture(her, "evening-warned");
  await write(her, "And now it is over.");
  const next = await host.event((event) => event.text === "And now it is over.", "her next words");
  assert.equal(next.warned, false);
});

test("a hand, a note and a pinned message", async ({ her, host }) => {
  await more(her, "Raise my hand");
  await host.event((event) => event.event === "hands" && event.names.includes("Heron"), "her hand");
  await tap(her, "Take it down");
  await host.event((event) => event.event === "hands" && !event.names.includes("Heron"), "her hand to go down");
  await more(her, "Write to the facilitator alone");
  await her.page.getByLabel("What would you like to say?").fill("I have to leave at eight.");
  await inSheet(her, "Send");
  await host.event((event) => event.event === "note" && event.text === "I have to leave at eight.", "her note");
  await shows(her, "has it.");
  await inSheet(her, "Close");
  host.say("/pin We pause at eight.");
  await her.page.locator(".pinned", { hasText: "We pause at eight." }).waitFor();
});

test("a reload brings her back by itself, with what she missed", async ({ her, host }) => {
  await her.page.waitForFunction(() => sessionStorage.length === 1);
  assert.deepEqual(await traces(her), onlyTicket);
  await her.page.goto("about:blank");
  host.say("Said while the page was gone.");
  await her.page.goBack();
  await shows(her, "Connected");
  await shows(her, "Said while the page was gone.");
  await her.page.getByRole("heading", { name: "Evening group" }).waitFor();
  const texts = await her.page.locator(".message__text").allTextContents();
  assert.deepEqual(texts, [...new Set(texts)], "something was doubled");
  await write(her, "I am back.");
  const { from } = await host.event((event) => event.event === "message" && event.text === "I am back.", "her words");
  assert.equal(from, "Heron");
});

test("who was let in while her page was gone comes in when it is back", async ({ browser, origin, host }) => {
  const otter = await openPage(browser, origin);
  await otter.page.goto((await invite(host)).link);
  await goOn(otter);
  await agree(otter);
  await askAs(otter, "Otter");
  await shows(otter, "Your request has arrived.");
  await otter.page.waitForFunction(() => sessionStorage.length === 1);
  await otter.page.goto("about:blank");
  host.say("/admit Otter");
  const isIn = (event) => event.event === "roster" && event.members.some(({ name }) => name === "Otter");
  await host.event(isIn, "Otter in the roster");
  await otter.page.goBack();
  await shows(otter, "Connected");
  await shows(otter, "Evening group");
  host.say("/remove Otter");
  await host.event((event) => event.event === "order" && event.kind === "remove", "her removal");
  await clean(otter);
});

test("slow mode, held messages and reading only are said in words", async ({ her, host }) => {
  host.say("/slow 600");
  await shows(her, "asks everyone to go slowly");
  await write(her, "One thing.");
  await shows(her, "You can write again in a little while.");
  host.say("/slow off");
  await shows(her, "The pauses are over.");
  host.say("/hold Heron");
  await shows(her, "What you write goes to the facilitator first.");
  await write(her, "May I say this?");
  await shows(her, "With the facilitator");
  await host.event((event) => event.event === "held" && event.text === "May I say this?", "the held message");
  host.say("/release Heron");
  await shows(her, "passed on by Amara");
  await write(her, "And this?");
  await host.event((event) => event.event === "held" && event.text === "And this?", "the second held message");
  host.say("/decline Heron");
  await shows(her, "The facilitator did not pass this on: “And this?”");
  host.say("/mute Heron 5");
  await shows(her, "You can read here, but not write at the moment.");
  host.say("/lift Heron");
  await shows(her, "You can write to the group again.");
});

test("her return words are in the book, and stand on the closing screen with the last words", async (evening) => {
  const { her, host } = evening;
  await more(her, "Words to come back with");
  await tap(her, "Show me my words");
  await her.page.locator(".twelve-words li").nth(11).waitFor();
  evening.words = (await her.page.locator(".twelve-words li").allTextContents()).join(" ");
  await inSheet(her, "I have them");
  host.say("/end Thank you all. Get home well.");
  await shows(her, "The group has ended for today");
  await shows(her, "Get home well.");
  await shows(her, evening.words);
  assert.deepEqual(await traces(her), noTraces);
  await picture(her, "evening-ended");
  await clean(her);
});

await runTests(
  tests,
  async () => {
    const organisation = makeOrganisation("Amara");
    const { origin } = await startServer(organisation);
    return { origin, host: await hostGroup(origin, organisation, "Amara", "Evening group") };
  },
  { oneStory: true },
);
