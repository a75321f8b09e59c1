// Every screen that a member can come to, beyond the way in that conversation.mjs walks with real programs: each is
// accessible, no wider than a phone, in light and dark, on a phone and on a desk. The worker is a stand-in.
//
//   node tests/browser/member-screens.mjs       VERANDA_SHOTS: a folder for a picture of each screen
// Ends with 77 when the page is not built.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openPage, startBrowser, traces } from "./support/browser.mjs";
import { accessible, clean, noTraces, picture } from "./support/her-screen.mjs";
import { pages } from "./support/programs.mjs";
import { asked, servePages, standIn, tell } from "./support/stand-in.mjs";

if (!existsSync(join(pages, "index.html"))) {
  console.log("skipped: the page is not built");
  process.exit(77);
}

const invitation = {
  event: "invitation",
  group: "Tuesday circle",
  rules: "What is said here stays here.\nNobody has to speak.",
  language: "en",
  organisation: "Casa Aurora",
  facilitator: "Amara",
};
const person = (name, role = "member", more = {}) => ({
  ...{ name, role, presence: "here", self: false, vouched: true },
  ...more,
});
const people = [
  person("Amara", "facilitator"),
  person("Heron", "member", { self: true }),
  person("Maple"),
  person("Firefly", "member", { presence: "away" }),
];
const message = (seq, from, text, more = {}) => ({
  ...{ event: "message", seq, from, text, role: "member", own: false, id: `${seq}`, reply_to: 0, through: "" },
  ...more,
});
const ticket = `http://127.0.0.1/back#1.${"A".repeat(120)}`;

const shapes = [
  { name: "phone", viewport: { width: 360, height: 740 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  { name: "desk", viewport: { width: 1280, height: 800 }, colorScheme: "light" },
];

async function open(browser, origin, shape, path = "/join#1.secret") {
  const { name, ...options } = shape;
  const her = await openPage(browser, origin, options);
  her.shape = name;
  await standIn(her.page);
  await her.page.goto(`${origin}${path}`);
  return her;
}

/** The screen is there, it is accessible, and there is a picture of it. */
async function shows(her, text, name) {
  await her.page.getByText(text).filter({ visible: true }).first().waitFor();
  await picture(her, `${name}-${her.shape}`);
  await accessible(her, `${name}, ${her.shape}`);
}

/** What "Remember me" has put on the disk. */
const kept = ({ page }) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("page");
        request.onerror = reject;
        request.onsuccess = () => {
          const get = request.result.transaction("kept").objectStore("kept").get("it");
          get.onsuccess = () => {
            request.result.close();
            resolve(get.result);
          };
        };
      }),
  );

const press = ({ page }, name) => page.getByRole("button", { name }).click();

async function toWaiting(her) {
  await press(her, "Go on");
  await tell(her, invitation);
  await press(her, "I agree");
  await her.page.getByLabel("Or make one up").fill("Heron");
  await press(her, "Ask to come in as Heron");
  await tell(her, { event: "state", state: "waiting" });
}

async function toGroup(her) {
  await toWaiting(her);
  await tell(
    her,
    { event: "state", state: "in_group" },
    { event: "roster", members: people },
    { event: "composer", open: true, why: "" },
    { event: "ticket", ticket },
    message(3, "Amara", "Good evening, everyone. Take your time.", { role: "facilitator" }),
    message(4, "Maple", "I slept well this week. First time in a long while."),
    message(5, "Heron", "I am glad to hear that!", { own: true, reply_to: 4 }),
    { event: "reaction", seq: 4, from: "Amara", sign: "hug", own: false },
    { event: "reaction", seq: 4, from: "Heron", sign: "hug", own: true },
    { event: "reaction", seq: 4, from: "Firefly", sign: "strength", own: false },
  );
}

const tests = {
  async "the waiting room, with talk and the agreed word"(her) {
    await toWaiting(her);
    await tell(
      her,
      { event: "agreed_word", name: "Heron", words: "lantern river apple stone cloud" },
      { event: "talk", from: "Amara", text: "Hello Heron. I let you in at seven.", own: false, name: "Heron" },
    );
    await her.page.getByLabel("Write to the facilitator").last().fill("Thank you");
    await her.page.keyboard.press("Enter");
    await shows(her, "Sending…", "waiting-sending");
    await tell(her, { event: "talk", from: "Heron", text: "Thank you", own: true, name: "Heron" });
    await shows(her, "Hello Heron.", "waiting-talk");
    await press(her, "More");
    await shows(her, "What would you like to do?", "waiting-more");
    await her.page.keyboard.press("Escape");
    assert.equal(await her.page.getByRole("dialog").count(), 0);
  },

  async "the group: signs, answers, taking back, the pinned message, a gap"(her) {
    await toGroup(her);
    await shows(her, "I am glad to hear that!", "group");
    await her.page.getByRole("button", { name: "Answer Maple" }).click();
    await shows(her, "Answer with words", "group-tools");
    await press(her, "Strength");
    assert.deepEqual(await asked(her, "react"), [["react", 4, "strength"]]);
    await her.page.getByRole("button", { name: "Answer Maple" }).click();
    await press(her, "Answer with words");
    await shows(her, "You answer Maple", "group-answering");
    await her.page.getByRole("textbox").fill("How did you do it?");
    await her.page.keyboard.press("Enter");
    assert.deepEqual(await asked(her, "reply"), [["reply", 4, "How did you do it?"]]);
    await her.page.getByRole("button", { name: "Answer Heron" }).click();
    await press(her, "Take it back");
    assert.deepEqual(await asked(her, "hide"), [["hide", 5, 1]]);
    await tell(
      her,
      { event: "hidden", author: "Heron", seq: 5, id: "5", hidden: true },
      {
        event: "pinned",
        text: "We pause at eight.\nTea is in the kitchen, as always, for whoever is here.",
        from: "Amara",
      },
      { event: "gap", from_seq: 6, to_seq: 8 },
      {
        event: "order",
        kind: "slow_mode",
        by: "Amara",
        name: "",
        self: false,
        level: "speaks",
        seconds: 30,
        flag: false,
      },
      message(9, "Maple", "I hold on to small things.", { through: "Amara" }),
    );
    await shows(her, "taken back", "group-taken-back");
    await her.page.locator(".pinned summary").click();
    await shows(her, "Tea is in the kitchen", "group-pinned");
  },

  async "a number goes out only when she says so once more"(her) {
    await toGroup(her);
    await her.page.getByRole("textbox").fill("Call me: 333 123 4567");
    await her.page.keyboard.press("Enter");
    await shows(her, "This looks like a phone number", "group-number");
    assert.deepEqual(await asked(her, "say"), []);
    await press(her, "Send it anyway");
    assert.deepEqual(await asked(her, "say"), [["say", "Call me: 333 123 4567"]]);
  },

  async "what she writes goes to the facilitator first"(her) {
    await toGroup(her);
    await tell(her, { event: "composer", open: true, why: "held" });
    await her.page.getByRole("textbox").fill("May I say something?");
    await her.page.keyboard.press("Enter");
    await tell(
      her,
      { event: "held", from: "Heron", text: "May I say something?", number: 0, state: "waiting", own: true },
      { event: "composer", open: false, why: "held_outstanding" },
    );
    await shows(her, "With the facilitator", "group-held");
    await tell(her, { event: "composer", open: false, why: "slow_mode", wait_ms: 20_000 });
    await shows(her, "in a little while", "group-slow");
    assert.doesNotMatch(await her.page.locator(".composer").innerText(), /\d/, "a countdown");
  },

  async "more: a hand, a note, a break, words to come back with, whom to tell"(her) {
    await toGroup(her);
    await press(her, "More");
    await shows(her, "What would you like to do?", "more");
    await press(her, "Raise my hand");
    await shows(her, "Your hand is up.", "group-hand");
    assert.deepEqual(await asked(her, "hand"), [["hand", 1]]);
    await press(her, "More");
    await press(her, "Write to the facilitator alone");
    await her.page.getByLabel("What would you like to say?").fill("I am a bit lost.");
    await her.page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await tell(her, { event: "lane", kind: "private_note", state: "at_server", by: "" });
    await shows(her, "It waits for a facilitator", "more-note");
    await press(her, "Close");
    await press(her, "More");
    await press(her, "I need a break");
    await shows(her, "Take your time", "break");
    const inFront = () => document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest(".break") !== null;
    assert.ok(await her.page.evaluate(inFront), "what is said is not covered");
    await press(her, "I am back");
    await press(her, "More");
    await press(her, "Words to come back with");
    await shows(her, "Make them where nobody looks on", "return-words-before");
    await press(her, "Show me my words");
    await tell(
      her,
      {
        event: "return_words",
        words: "lantern river apple stone cloud garden window silver morning paper kettle bread",
      },
      { event: "lane", kind: "return_pass", state: "seen", by: "Amara" },
    );
    await shows(her, "They stand in the facilitator’s book", "return-words");
    await press(her, "I have them");
    await press(her, "More");
    await press(her, "Something is wrong here");
    await shows(her, "It is right to say so", "report");
  },

  async "I am not safe: held, or tapped and confirmed; and told truthfully"(her) {
    await toGroup(her);
    await press(her, "More");
    await press(her, "I am not safe");
    await shows(her, "Hold to tell the team", "not-safe");
    await press(her, "Hold to tell the team");
    await shows(her, "Tell the team that you are not safe?", "not-safe-sure");
    assert.deepEqual(await asked(her, "not-safe"), [], "a tap alone tells nobody");
    await press(her, "No, not now");
    const button = await her.page.getByRole("button", { name: "Hold to tell the team" }).boundingBox();
    await her.page.mouse.move(button.x + 40, button.y + 20);
    await her.page.mouse.down();
    await her.page.waitForFunction(() => window.asked.some((it) => it.command[0] === "not-safe"));
    await her.page.mouse.up();
    await tell(her, { event: "lane", kind: "not_safe", state: "at_server", by: "" });
    await shows(her, "Nobody has seen it yet", "not-safe-sent");
    await tell(her, { event: "lane", kind: "not_safe", state: "nobody", by: "" });
    await tell(her, { event: "desk", state: "waiting", counsellors: 1, can_leave: false, name: "", words: "", on: 1 });
    await shows(her, "waits with the counsellors", "not-safe-nobody");
    await tell(her, { event: "lane", kind: "not_safe", state: "seen", by: "Amara" });
    await shows(her, "Amara has seen it", "not-safe-seen");
  },

  async "talk to someone alone, from the first screen to the end"(her) {
    await press(her, "Talk to someone alone");
    await shows(her, "How soon?", "alone-ask");
    await her.page.getByLabel("Today would be good").check();
    await her.page.getByLabel("A few words, if you like").fill("I would like to ask about papers.");
    await press(her, "Ask for someone");
    assert.deepEqual((await asked(her, "ask")).at(-1), [
      ...["ask", "en", "soon", "I would like to ask about papers.", "Guest"],
    ]);
    const desk = (state, more = {}) => ({
      ...{ event: "desk", state, counsellors: 0, can_leave: false, name: "", words: "", on: 1 },
      ...more,
    });
    await tell(her, desk("looking"));
    await shows(her, "Looking who is there", "alone-looking");
    await tell(her, desk("nobody", { can_leave: true }));
    await shows(her, "Leave it for later", "alone-nobody");
    await tell(her, desk("waiting", { counsellors: 2 }));
    await shows(her, "2 counsellors can see it", "alone-waiting");
    await press(her, "Back");
    await her.page.getByRole("heading", { name: "You are invited to a group" }).waitFor();
    await toGroup(her);
    await shows(her, "You are waiting for someone", "group-alone-waiting");
    await tell(her, desk("claimed"), desk("counsellor", { name: "Grace" }), {
      event: "state",
      state: "in_group",
      on: 1,
    });
    await tell(
      her,
      { event: "roster", members: [person("Grace", "counsellor"), person("Guest", "member", { self: true })], on: 1 },
      { event: "composer", open: true, why: "", on: 1 },
      message(2, "Grace", "Hello. I am Grace. What would you like to talk about?", { role: "counsellor", on: 1 }),
    );
    await shows(her, "Grace has written to you, alone", "group-alone-unread");
    await press(her, "Go there");
    await shows(her, "What would you like to talk about?", "alone-talk");
    await tell(her, { event: "hand_over", state: "asked", name: "Irene", by: "Grace", on: 1 });
    await shows(her, "may Irene go on talking with you?", "alone-hand-over");
    await press(her, /^Yes$/);
    assert.deepEqual(await asked(her, "agree"), [["agree", 1]]);
    await press(her, "End the talk");
    await tell(her, { event: "state", state: "left", on: 1 });
    await shows(her, "The talk is over", "alone-over");
    assert.doesNotMatch(await her.page.locator("main").innerText(), /Grace|papers/);
  },

  async "a request that is left, and its answer"(her) {
    await press(her, "Talk to someone alone");
    await press(her, "Ask for someone");
    await tell(her, {
      ...{ event: "desk", state: "left", counsellors: 0, can_leave: false, name: "", on: 1 },
      words: "lantern river apple stone cloud garden window silver morning paper kettle bread",
    });
    await tell(her, { event: "state", state: "left", on: 1 });
    await shows(her, "It is left for later", "alone-left");
    await press(her, "I have them");
    await press(her, "I have words for an answer");
    await shows(her, "Read an answer", "alone-read");
    await her.page.getByLabel("The twelve words you were given").fill("lantern river");
    await press(her, "Look for the answer");
    await tell(her, {
      ...{
        event: "answer",
        state: "answered",
        name: "Grace",
        on: 1,
        asked_at: 1_764_000_000,
        answered_at: 1_764_090_000,
      },
      text: "Yes, that is possible.\nCome on Thursday at ten, and ask for Irene.",
    });
    await shows(her, "Come on Thursday at ten", "alone-answer");
  },

  async "the end, with last words, the next date and her words"(her) {
    await toGroup(her);
    await tell(
      her,
      {
        event: "return_words",
        words: "lantern river apple stone cloud garden window silver morning paper kettle bread",
      },
      {
        event: "closing",
        text: "Thank you for this evening. Get home well.",
        from: "Amara",
        next_session: 1_796_752_800,
      },
      { event: "state", state: "ended" },
    );
    await shows(her, "The group has ended for today", "ended");
    assert.match(await her.page.locator("main").innerText(), /The next time: .*December/);
    assert.deepEqual(await traces(her), noTraces, "the ticket is still there");
  },

  async "a reload comes back by itself, and a doubled tab asks first"(her, { browser, origin, shape }) {
    await toGroup(her);
    await her.page.waitForFunction(() => sessionStorage.length === 1);
    await her.page.reload();
    await shows(her, "goes back into your group by itself", "returning");
    await her.page.waitForFunction(() => window.asked.some((it) => it.command[0] === "return-by"));
    assert.deepEqual(await asked(her, "return-by"), [["return-by", ticket]]);
    await tell(her, { event: "state", state: "waiting" });
    await shows(her, "A facilitator has to let you in again", "returning-by-hand");
    await tell(her, { event: "state", state: "in_group" }, { event: "roster", members: people });
    await tell(her, { event: "composer", open: true, why: "" }, message(4, "Maple", "I slept well."), {
      event: "ticket",
      ticket,
    });
    await shows(her, "Your group", "returned");

    const second = { ...her, page: await her.context.newPage() };
    await standIn(second.page);
    await second.page.addInitScript((kept) => sessionStorage.setItem("t", `${Date.now()} ${kept}`), ticket);
    await second.page.goto(`${origin}/join`);
    await shows(second, "It is open elsewhere", "doubled");
    assert.deepEqual(await asked(second, "return-by"), []);
    await press(second, "Continue here");
    await second.page.waitForFunction(() => window.asked.some((it) => it.command[0] === "return-by"));
    await tell(second, { event: "state", state: "in_group" }, { event: "ticket", ticket });
    await second.page.getByText("Connected").waitFor();
    await tell(her, { event: "notice", code: "elsewhere", text: "" }, { event: "state", state: "left" });
    await shows(her, "It is open somewhere else", "elsewhere");
    await press(her, "Continue here");
    await her.page.waitForFunction(() => window.asked.filter((it) => it.command[0] === "return-by").length === 2);
    await second.page.close();
  },

  async "remembered on this phone, with a PIN, and a second one"(her) {
    const words = "lantern river apple stone cloud garden window silver morning paper kettle bread";
    await toGroup(her);
    await press(her, "More");
    await press(her, "Remember me on this phone");
    await shows(her, "First you need your words", "remember-before");
    await press(her, "Show me my words");
    await press(her, "Show me my words");
    await tell(her, { event: "return_words", words });
    await press(her, "I have them");
    await press(her, "More");
    await press(her, "Remember me on this phone");
    await her.page.getByLabel("Your PIN, or a few words").fill("2718");
    await her.page.locator("summary").click();
    await her.page.getByLabel("The second PIN").fill("3141");
    await shows(her, "A PIN is weak.", "remember");
    await her.page.getByRole("dialog").getByRole("button", { name: "Remember me" }).click();
    await shows(her, "This phone remembers you", "remembered");
    const slots = await kept(her);
    assert.equal(slots.length, 2);
    assert.equal(slots[0].length, slots[1].length, "the slots look different");

    await tell(her, { event: "state", state: "left" });
    await her.page.goto(`${her.origin}/`);
    await press(her, "Open with my PIN");
    await her.page.getByLabel("Your PIN, or a few words").fill("0000");
    await press(her, /^Open$/);
    await shows(her, "That did not open anything", "unlock-wrong");
    await her.page.getByLabel("Your PIN, or a few words").fill("2718");
    await press(her, /^Open$/);
    await her.page.waitForFunction(() => window.asked.some((it) => it.command[0] === "open-words"));
    assert.deepEqual(await asked(her, "open-words"), [["open-words", words]]);

    await her.page.goto(`${her.origin}/`);
    await press(her, "Open with my PIN");
    await her.page.getByLabel("Your PIN, or a few words").fill("3141");
    await press(her, /^Open$/);
    await shows(her, "Tomatoes", "plain-list");
    assert.equal((await kept(her)).length, 2);
    await her.page.goto(`${her.origin}/`);
    await press(her, "Open with my PIN");
    await her.page.getByLabel("Your PIN, or a few words").fill("2718");
    await press(her, /^Open$/);
    await her.page.getByRole("dialog").getByText("That did not open anything").waitFor();
    await press(her, "Forget me on this phone");
    await her.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.deepEqual(await traces(her), noTraces);
  },

  async "inside another app she is told how to open the page outside"(her, { browser, shape }) {
    const userAgent =
      "Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 Chrome/114.0 Safari/537.36 Instagram 289.0";
    const inside = await open(browser, her.origin, { ...shape, userAgent });
    await shows(inside, "You are inside Instagram", "in-app");
    await inside.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await press(inside, "Copy the link");
    await inside.page.getByText("It is copied.").waitFor();
    assert.equal(await inside.page.evaluate(() => navigator.clipboard.readText()), `${her.origin}/join#1.secret`);
    await clean(inside);
  },

  async "each way to end has a kind screen with a way on"(her) {
    const ends = ["left", "removed", "refused", "ended"];
    for (const state of ends) {
      await toGroup(her);
      await tell(her, { event: "notice", code: "knock_refused", text: "The group is full tonight. Come on Thursday." });
      await tell(her, { event: "state", state });
      await shows(her, "You can close this page now", `end-${state}`);
      await her.page.goto("about:blank");
      await her.page.goto(`${her.origin}/join#1.secret`);
    }
    await press(her, "Go on");
    for (const code of ["no_such_card", "room_full", "room_locked", "certificate_lifetime", "other_organisation"]) {
      await tell(her, { event: "error", code, text: "" });
      await her.page.locator(".trouble").first().waitFor();
      assert.doesNotMatch(await her.page.locator(".trouble").first().innerText(), new RegExp(code), "no words for it");
    }
    await shows(her, "another organisation", "trouble");
    await her.page.evaluate(() => window.breakPage("no-wasm"));
    await shows(her, "This browser cannot open the group", "end-no-wasm");
  },
};

let failed = 0;
const only = process.argv[2];
const { origin, end } = await servePages();
const browser = await startBrowser();
try {
  for (const shape of shapes) {
    for (const [name, run] of Object.entries(tests)) {
      if (only && !name.includes(only)) continue;
      const her = await open(browser, origin, shape);
      her.origin = origin;
      try {
        await run(her, { browser, origin, shape });
        await clean(her);
        console.log(`ok      ${shape.name}: ${name}`);
      } catch (error) {
        ++failed;
        await picture(her, `failed-${shape.name}`);
        console.log(`FAILED  ${shape.name}: ${name}\n${error.stack}`);
        await her.context.close();
      }
    }
  }
} finally {
  await browser.close();
  end();
}
process.exitCode = failed === 0 ? 0 : 1;
