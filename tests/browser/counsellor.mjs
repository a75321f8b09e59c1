// A counsellor's evening at the desk, in a real Chromium against the real server: several who ask by their terminals,
// two talks at once, a request that two counsellors want, a hand-over with consent, and ends that erase.
//
//   node tests/browser/counsellor.mjs           VERANDA_BUILD, VERANDA_SHOTS: as in conversation.mjs
// Ends with 77 when something it needs is not built: ctest shows it as skipped.

import assert from "node:assert/strict";
import { traces } from "./support/browser.mjs";
import { askUntilHeard, goOnDuty, look, onDuty, phone, place, take, turnTo, waiting } from "./support/desk-screen.mjs";
import { clean, noTraces } from "./support/her-screen.mjs";
import { askDesk, makeOrganisation, startServer } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";
import { press, say, sees } from "./support/staff-screen.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

// One who asks, in a terminal of her own.
const asks = ({ origin, organisation }, name, note, more = []) =>
  askDesk(origin, organisation, ["--name", name, "--note", note, ...more]);
const hears = (asker, text) => asker.event((it) => it.event === "message" && it.text === text, `"${text}"`);
const inTalk = (asker) => asker.newest("composer", (it) => it.open, "a talk that is open");

test("she goes on duty, and sees who waits, how urgent, in which language, and the note", async (it) => {
  it.celia = await onDuty(it.browser, it.origin, it.organisation, "Celia");
  const { page } = it.celia;
  await look(it.celia, "before-duty");
  await page.getByLabel("Italiano").check();
  await goOnDuty(it.celia);
  await page.getByText("Nobody is waiting now.").waitFor();
  await look(it.celia, "nobody");

  it.heron = asks(it, "Heron", "Can we talk?");
  it.maple = asks(it, "Maple", "Vorrei parlare", ["--language", "it", "--urgency", "now"]);
  await waiting(it.celia, "Can we talk?").waitFor();
  const urgent = waiting(it.celia, "Vorrei parlare");
  await urgent.waitFor();
  assert.match(await urgent.innerText(), /Now, please[\s\S]*Italiano[\s\S]*has just come/);
  assert.equal(await page.locator(".request__note").first().innerText(), "Vorrei parlare", "the most urgent first");
  await look(it.celia, "queue");
});

test("two talks at once, each its own, and the one that is not in front has news", async (it) => {
  const { celia, heron, maple } = it;
  await take(celia, "Can we talk?", "Heron");
  await inTalk(heron);
  await say(celia, "Good evening, Heron.");
  await hears(heron, "Good evening, Heron.");
  heron.say("Hello. <b>Is this safe?</b>");
  await sees(celia, "<b>Is this safe?</b>");

  await take(celia, "Vorrei parlare", "Maple");
  await inTalk(maple);
  await say(celia, "Buonasera.");
  await hears(maple, "Buonasera.");
  heron.say("Are you still there?");
  await place(celia, "Heron").getByText("1 new").waitFor();
  assert.equal(await celia.page.locator(".message", { hasText: "still there" }).count(), 0, "it is in another talk");
  await look(celia, "two-talks");

  await turnTo(celia, "Heron");
  await sees(celia, "Are you still there?");
  assert.equal(await place(celia, "Heron").getByText("new").count(), 0, "seen is no news");
  assert.ok(!maple.messages().some((message) => message.text.includes("Heron")), "nothing of the other talk");
  assert.equal(await celia.page.title(), "Page");
});

test("a prepared phrase is in the language of whoever asked, and hers to change", async (it) => {
  const { celia, maple } = it;
  const { page } = celia;
  await turnTo(celia, "Maple");
  await press(celia, "Phrases");
  await page.getByRole("button", { name: "Ciao. È bello che ci sei." }).waitFor();
  await look(celia, "phrases");
  await press(celia, "Change these phrases");
  await page.getByLabel("Phrase 1", { exact: true }).fill("Ciao, sono Celia.");
  await press(celia, "Done");
  await press(celia, "Ciao, sono Celia.");
  assert.equal(await page.locator(".composer textarea").inputValue(), "Ciao, sono Celia.");
  await page.keyboard.press("Enter");
  await hears(maple, "Ciao, sono Celia.");
});

test("of two who want the same request one gets it, and the other is told", async (it) => {
  it.dora = await onDuty(it.browser, it.origin, it.organisation, "Dora", phone);
  await goOnDuty(it.dora);
  it.willow = asks(it, "Willow", "Is anybody there?");
  const both = [it.celia, it.dora];
  for (const she of both) await waiting(she, "Is anybody there?").waitFor();
  await Promise.all(
    both.map((she) => waiting(she, "Is anybody there?").getByRole("button").click({ timeout: 5_000, force: true })),
  ).catch(() => null); // it may be gone under her finger
  await inTalk(it.willow);
  const told = both.map((she) => she.page.getByText(/Another counsellor (was faster|has taken it)/));
  await Promise.race(told.map((text) => text.waitFor({ state: "attached" })));
  const celiaHas = (await place(it.celia, "Willow").count()) > 0;
  const [winner, loser] = celiaHas ? both : [it.dora, it.celia];
  await place(winner, "Willow").waitFor();
  assert.equal(await place(loser, "Willow").count(), 0);
  it.withWillow = winner;
  if (loser === it.celia) await look(it.celia, "faster");
});

test("a talk is handed over when the person says yes, and the other talk goes on", async (it) => {
  const { celia, dora, heron, maple } = it;
  await turnTo(celia, "Heron");
  await press(celia, "Hand over");
  await look(celia, "hand-over");
  await celia.page.getByLabel("The name of your colleague").fill("Nobody");
  await press(celia, "Ask for this");
  await celia.page.getByText("Nobody called Nobody is on duty now.").first().waitFor();
  await celia.page.waitForFunction(() => document.querySelector(".sheet form button") !== null);
  await celia.page.getByLabel("The name of your colleague").fill("Dora");
  await askUntilHeard(celia);
  await heron.event((event) => event.event === "hand_over" && event.state === "asked", "the question");
  await celia.page.getByText("The person is being asked.").first().waitFor();
  await look(celia, "hand-over-asked");

  heron.say("/yes");
  await celia.page.getByRole("heading", { name: "Dora goes on with this talk" }).waitFor();
  await look(celia, "handed-over");
  await heron.event((event) => event.event === "hand_over" && event.state === "here", "Dora");
  await turnTo(dora, "Heron");
  await dora.page.getByText("Celia has handed this talk over to you.").waitFor();
  await say(dora, "I am Dora.");
  await hears(heron, "I am Dora.");
  heron.say("Hello Dora.");
  await sees(dora, "Hello Dora.");
  await look(dora, "taken-over");

  await press(celia, "Close this");
  await turnTo(celia, "Maple");
  await say(celia, "Sono ancora qui.");
  await hears(maple, "Sono ancora qui.");
});

test("a pause takes nobody new, and the talk goes on", async (it) => {
  const { dora, heron } = it;
  const { page } = dora;
  await place(dora, "Waiting").click();
  await press(dora, "Pause");
  await page.getByText("You take nobody new.").waitFor();
  await look(dora, "paused");
  await turnTo(dora, "Heron");
  await say(dora, "I have time for you.");
  await hears(heron, "I have time for you.");
  await place(dora, "Waiting").click();
  await press(dora, "Go on duty again");
  await page.locator(".duty-bar__state[data-state=on_duty]").waitFor();
});

test("an end is said, and erases on both sides; one that had to be hard is said calmly", async (it) => {
  const { celia, dora, maple, heron } = it;
  await turnTo(celia, "Maple");
  await press(celia, "End");
  await look(celia, "end");
  await press(celia, "End and erase");
  await celia.page.getByRole("heading", { name: "The talk is over" }).waitFor();
  await maple.event((event) => event.event === "state" && event.state === "ended", "the end");
  assert.equal(await maple.exit(), 0);
  await celia.page.getByText("On the other phone: erased, as that phone says.").waitFor();
  assert.doesNotMatch(await celia.page.locator("body").innerText(), /Buonasera|ancora qui/);
  await look(celia, "over");
  await press(celia, "Close this");

  await turnTo(dora, "Heron");
  await press(dora, "End");
  await dora.page.getByLabel("It cannot go on like this").check();
  const words = await dora.page.getByLabel("Last words").inputValue();
  assert.match(words, /I do not go on when words hurt/);
  await look(dora, "end-hard");
  await press(dora, "End and erase");
  await heron.event((event) => event.event === "closing" && event.text === words, "the last words");
  await dora.page.getByText("That was hard.").waitFor();
});

test("signing out is possible when no talk is open, and leaves nothing", async (it) => {
  const { celia } = it;
  if (it.withWillow === celia) {
    await turnTo(celia, "Willow");
    await press(celia, "End");
    await press(celia, "End and erase");
    await press(celia, "Close this");
  }
  await press(celia, "Go off duty");
  await celia.page.getByRole("heading", { name: "At the desk" }).waitFor();
  assert.deepEqual(await traces(celia), noTraces);
  await press(celia, "Sign out");
  await celia.page.getByText("You are signed out.").waitFor();
  await clean(celia);
});

test("she leaves quickly: nothing of any talk is left", async ({ dora }) => {
  const { page } = dora;
  await page.getByRole("button", { name: "Leave quickly" }).click();
  await page.waitForURL("about:blank");
  await page.goBack().catch(() => null);
  assert.doesNotMatch(await page.evaluate(() => document.body?.innerText ?? ""), /Heron|Willow|desk/);
  assert.equal(page.workers().length, 0, "the worker is still there");
  await clean(dora);
});

test("what was left while nobody was on duty is read with the key of the desk, and answered", async (it) => {
  const left = asks(it, "Linden", "Please write to me", ["--leave"]);
  const { words } = await left.event((event) => event.event === "desk" && event.state === "left", "the twelve words");
  const she = await onDuty(it.browser, it.origin, it.organisation, "Celia");
  const { page } = she;
  await page.getByText("Read what was left").click();
  await page.locator("#desk-key").setInputFiles(it.deskKey);
  await page.getByLabel("The passphrase of this file").fill("not this one");
  await press(she, "Open the key");
  await page.getByText("This passphrase does not open the file.").waitFor();
  await page.getByLabel("The passphrase of this file").fill(it.organisation.passphrase);
  await press(she, "Open the key");
  await page.getByText("The key is open.").waitFor();
  await look(she, "key-open");
  await goOnDuty(she);
  const request = waiting(she, "Please write to me");
  await request.getByText("Left while nobody was here").waitFor();
  await request.getByRole("button", { name: "Answer this one" }).click();
  await page.getByLabel("Your answer").fill("Yes. We are there on Tuesday.");
  await look(she, "answer");
  await press(she, "Send the answer");
  await page.getByText("Your answer is on its way to be kept.").waitFor();
  const reader = askDesk(it.origin, it.organisation, ["--words", words]);
  const answer = await reader.event((event) => event.event === "answer", "the answer");
  assert.equal(answer.text, "Yes. We are there on Tuesday.");
  assert.equal(answer.name, "Celia");
  await clean(she);
});

await runTests(
  tests,
  async () => {
    const organisation = makeOrganisation();
    for (const name of ["Celia", "Dora"]) organisation.takeIn(name, "counsellor");
    const deskKey = organisation.deskKey();
    const { origin } = await startServer(organisation);
    return { origin, organisation, deskKey };
  },
  { oneStory: true },
);
