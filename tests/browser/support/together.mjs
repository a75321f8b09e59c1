// What a member and a facilitator do together, each in a browser of her own; and what any of their tests looks for.

import { openPage } from "./browser.mjs";
import { agree, askAs, goOn } from "./her-screen.mjs";
import { makeOrganisation, startServer } from "./programs.mjs";
import { runTests } from "./script.mjs";
import { letIn, makeInvite, openGroup, openStaffPage, press, save, signIn } from "./staff-screen.mjs";

/**
 * Tests that are one story, with an organisation of Amara's and a server. `others`: whom else it has, by name;
 * `prepare`: what is done with it before the server is started.
 */
export const runStory = (tests, others = {}, prepare = () => undefined) =>
  runTests(
    tests,
    async () => {
      const organisation = makeOrganisation("Amara");
      for (const [name, role] of Object.entries(others)) organisation.takeIn(name, role);
      prepare(organisation);
      return { organisation, ...(await startServer(organisation)) };
    },
    { oneStory: true },
  );

/** Until this text can be seen. `timeout`: for what takes its time, a missed pulse for one. */
export const shows = ({ page }, text, timeout = 40_000) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout });

export const tap = ({ page }, name) => page.getByRole("button", { name }).filter({ visible: true }).first().click();

/** What is offered behind "More". */
export async function more(her, name) {
  await tap(her, "More");
  await tap(her, name);
}

/** A facilitator who has signed in, in a browser of her own. */
export async function signedIn({ browser, origin, organisation }, name) {
  const she = await openStaffPage(browser, origin);
  await signIn(she, organisation.filesOf(name), organisation.passphrase);
  await she.page.getByRole("heading", { name: `Hello, ${name}` }).waitFor();
  return she;
}

/** Somebody with this invite, who has knocked. */
export async function knocks({ browser, origin }, link, name, options = {}) {
  const her = await openPage(browser, origin, options);
  await her.page.goto(link);
  await goOn(her);
  await agree(her);
  await askAs(her, name);
  return her;
}

/** Somebody whom `she` invites and lets in. */
export async function comesIn(given, she, name) {
  const her = await knocks(given, (await makeInvite(she)).link, name);
  await letIn(she, name);
  await shows(her, "Connected");
  return her;
}

/** She knocks by her return words, on whatever phone. */
export async function knocksByWords({ browser, origin }, words, name) {
  const her = await openPage(browser, origin);
  await her.page.goto(`${origin}/`);
  await her.page.getByLabel("Your twelve words").fill(words);
  await goOn(her);
  await askAs(her, name);
  return her;
}

/** Her return words, when they stand in the group's book. */
export async function returnWords(her) {
  await more(her, "Words to come back with");
  await tap(her, "Show me my words");
  await shows(her, "They stand in the facilitator’s book.");
  const words = await her.page.locator(".twelve-words li").allTextContents();
  await her.page.getByRole("dialog").getByRole("button", { name: "I have them" }).click();
  return words.join(" ");
}

/** Asks for a counsellor, on the form that is open. */
export async function asksAlone(her, note, name) {
  await her.page.getByLabel("A few words, if you like").fill(note);
  await her.page.getByLabel("What shall we call you?").fill(name);
  await tap(her, "Ask for someone");
}

const bookPassphrase = "lantern pebble orchard";

/** Opens a group with a new book. */
export function openWithBook(she, name) {
  return openGroup(she, name, async (page) => {
    await page.getByLabel("Begin a new book").check();
    await page.getByLabel("Passphrase of the book").fill(bookPassphrase);
    await page.getByLabel("The same passphrase again").fill(bookPassphrase);
  });
}

/** Goes on with a book: the next evening, or this one if it is not over. */
export async function goOnByBook(she, book) {
  const { page } = she;
  await page.getByRole("button", { name: "Plan a group" }).click();
  await page.getByLabel("Go on with a book that I have").check();
  await page.locator("#plan-book-file").setInputFiles(book);
  await page.getByLabel("Name of the group").fill("");
  await page.getByLabel("Ground rules, one on each line").fill("");
  await page.getByLabel("Passphrase of the book").fill(bookPassphrase);
  await press(she, "Open the group");
  await page.locator(".host").waitFor();
  await shows(she, "Connected");
}

/** Saves the book in the middle of the evening. Answers with its file. */
export async function saveBook(she) {
  await tap(she, /^Book/);
  const book = await save(she, "Save the book");
  await shows(she, "What is in the book now is in your file.");
  await press(she, "Close");
  return book;
}

/** Everything that stands among the messages, and nothing twice. */
export async function saidOnce({ page }) {
  const texts = await page.locator(".message__text").allTextContents();
  const twice = texts.filter((text, at) => texts.indexOf(text) !== at);
  if (twice.length > 0) throw new Error(`said twice: ${twice.join(", ")}`);
  return texts;
}
