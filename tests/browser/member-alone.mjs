// "Talk to someone alone" on the page, in a real Chromium, against the real server and a counsellor's real terminal; an
// alarm that nobody in the group has seen; and a phone that remembers her under a PIN.
//
//   node tests/browser/member-alone.mjs         as conversation.mjs

import assert from "node:assert/strict";
import { openPage, traces } from "./support/browser.mjs";
import { agree, askAs, clean, goOn, noTraces, onlyTicket, picture, write } from "./support/her-screen.mjs";
import { admit, counsellorAtDesk, hostGroup, invite, makeOrganisation, startServer } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

const press = ({ page }, name) => page.getByRole("button", { name }).click();
const sees = ({ page }, text) => page.getByText(text).filter({ visible: true }).first().waitFor();
const inSheet = ({ page }, name) => page.getByRole("dialog").getByRole("button", { name }).click();

async function joined({ browser, origin, host }, name) {
  const { link } = await invite(host);
  const her = await openPage(browser, origin);
  await her.page.goto(link);
  await goOn(her);
  await agree(her);
  await askAs(her, name);
  await admit(host, name);
  await sees(her, "Connected");
  return her;
}

test("she asks from the group, and the group goes on", async (evening) => {
  const { origin, organisation } = evening;
  evening.grace = counsellorAtDesk(origin, organisation, "Grace");
  await evening.grace.newest("duty", (event) => event.state === "on_duty", "her duty");
  const her = (evening.her = await joined(evening, "Heron"));
  await press(her, "More");
  await press(her, "Talk to someone alone");
  await her.page.getByLabel("A few words, if you like").fill("About my papers.");
  await press(her, "Ask for someone");
  await sees(her, "You are in the queue.");
  await press(her, "Back");
  await sees(her, "You are waiting for someone to talk to.");
  await write(her, "I am still in the group.");
  await evening.host.event((event) => event.event === "message" && event.text === "I am still in the group.", "it");
});

test("a counsellor comes, and they talk; the group does not know", async (evening) => {
  const { her, host, grace } = evening;
  const { number } = await grace.event(
    (event) => event.event === "request" && event.note === "About my papers.",
    "her request",
  );
  grace.say(`/take ${number}`);
  await sees(her, "Grace is there for you, alone.");
  await grace.newest("composer", (event) => event.open, "the talk");
  grace.say("Hello, I am Grace.");
  await sees(her, "Grace has written to you, alone.");
  await press(her, "Go there");
  await sees(her, "Hello, I am Grace.");
  await write(her, "Thank you for coming.");
  await grace.event((event) => event.event === "message" && event.text === "Thank you for coming.", "her words");
  await picture(her, "alone-real-talk");
  await press(her, "End the talk");
  await sees(her, "You have ended it.");
  await her.page.getByRole("main").getByRole("button", { name: "Back" }).first().click();
  await sees(her, "Connected");
  assert.equal(host.messages().filter((message) => message.text.includes("Grace")).length, 0);
});

test("a phone remembers her under a PIN, and another PIN opens a list and ends that", async (evening) => {
  const { her, origin } = evening;
  await press(her, "More");
  await press(her, "Words to come back with");
  await press(her, "Show me my words");
  await her.page.locator(".twelve-words li").nth(11).waitFor();
  await inSheet(her, "I have them");
  await press(her, "More");
  await press(her, "Remember me on this phone");
  await her.page.getByLabel("Your PIN, or a few words").fill("2718");
  await her.page.locator("summary").filter({ visible: true }).last().click();
  await her.page.getByLabel("The second PIN").fill("3141");
  await inSheet(her, "Remember me");
  await sees(her, "This phone remembers you");
  assert.deepEqual(await traces(her), { ...onlyTicket, databases: 1 });
  await inSheet(her, "Close");
  await press(her, /^Leave$/);
  await press(her, "Yes, leave");
  await sees(her, "You have left");

  const open = async (pin) => {
    await her.page.goto(`${origin}/`);
    await press(her, "Open with my PIN");
    await her.page.getByLabel("Your PIN, or a few words").fill(pin);
    await press(her, /^Open$/);
  };
  await open("1111");
  await sees(her, "That did not open anything.");
  await open("2718");
  // The words are good; whether a group is open for them is the facilitator's to say, whose book is closed here.
  await her.page.getByText(/Welcome back|This invite opens nothing at the moment/).waitFor();
  await open("3141");
  await sees(her, "Tomatoes");
  await open("2718");
  await sees(her, "That did not open anything.");
  await inSheet(her, "Forget me on this phone");
  await her.page.getByRole("dialog").waitFor({ state: "detached" });
  assert.deepEqual(await traces(her), noTraces);
  await clean(her);
});

await runTests(
  tests,
  async () => {
    const organisation = makeOrganisation("Amara");
    organisation.takeIn("Grace", "counsellor");
    const { origin } = await startServer(organisation);
    return { origin, organisation, host: await hostGroup(origin, organisation, "Amara", "Evening group") };
  },
  { oneStory: true },
);
