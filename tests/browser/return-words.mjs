// A member gets her words at the end of an evening and comes back by them a week later, from another phone: she is the
// same person to the facilitator, who opens the group again from her saved book. Everybody in a browser of her own.
//
//   node tests/browser/return-words.mjs         as conversation.mjs

import assert from "node:assert/strict";
import { openPage, traces } from "./support/browser.mjs";
import { clean, goOn, noTraces, picture, write } from "./support/her-screen.mjs";
import { startServer } from "./support/programs.mjs";
import { atDoor, letIn, manage, press, save, say, sees } from "./support/staff-screen.mjs";
import {
  comesIn,
  goOnByBook,
  knocksByWords,
  more,
  openWithBook,
  returnWords,
  runStory,
  saidOnce,
  shows,
  signedIn,
  tap,
} from "./support/together.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

const anotherServer = (it) => startServer(it.organisation);

test("her words are good once they stand in the book, and the closing screen shows them again", async (it) => {
  it.amara = await signedIn(it, "Amara");
  await openWithBook(it.amara, "Tuesday evening");
  it.heron = await comesIn(it, it.amara, "Heron");
  it.maple = await comesIn(it, it.amara, "Maple");
  it.words = await returnWords(it.heron);
  it.maples = await returnWords(it.maple);
  assert.equal(it.words.split(" ").length, 12);
  assert.notEqual(it.words, it.maples);
  await write(it.heron, "See you on Tuesday.");
  await sees(it.amara, "See you on Tuesday.");
});

test("who is taken out has words too, and the book remembers both", async (it) => {
  const person = await manage(it.amara, "Maple");
  await person.getByRole("button", { name: "Take out of the group" }).click();
  await person.getByRole("button", { name: "Yes, take out" }).click();
  await shows(it.maple, "You are no longer in the group");
  await clean(it.maple);
});

test("the group is ended, and the book saved with that in it", async (it) => {
  await press(it.amara, "End");
  await save(it.amara, "Save the book");
  await it.amara.page.getByLabel("Last words, if you like").fill("Until Tuesday.");
  await press(it.amara, "End the group now");
  await shows(it.heron, "Until Tuesday.");
  await shows(it.heron, it.words);
  await shows(it.amara, "Erased here.");
  await shows(it.amara, "The group book has changed and is not saved yet."); // that it is over stands in it as well
  it.book = await save(it.amara, "Save the book");
  assert.deepEqual(await traces(it.heron), noTraces);
  await clean(it.heron);
  await press(it.amara, "Sign out");
  await clean(it.amara);
});

test("between two evenings the words open nothing, and that is said kindly", async (it) => {
  const her = await openPage(it.browser, it.origin);
  await her.page.goto(`${it.origin}/`);
  await her.page.getByLabel("Your twelve words").fill(it.words);
  await goOn(her);
  await shows(her, "This invite opens nothing at the moment. Maybe the group has not begun yet.");
  await clean(her);
});

test("a week later, on another phone, her words bring her to the door as who she was", async (it) => {
  Object.assign(it, await anotherServer(it)); // a week is long: the server was started anew, and knows nothing
  it.amara = await signedIn(it, "Amara");
  await goOnByBook(it.amara, it.book);
  it.heron = await knocksByWords(it, it.words, "Grey Bird");
  const door = atDoor(it.amara, "Grey Bird");
  await door.getByText("Comes with return words. In your book as Heron").waitFor();
  assert.equal(await door.getByText("Was taken out of this group before").count(), 0);
  await picture(it.amara, "return-words-at-door");
  await letIn(it.amara, "Grey Bird");
  await shows(it.heron, "Connected");
  assert.deepEqual(await saidOnce(it.heron), [], "something of last week is shown");
  await say(it.amara, "Good to see you again.");
  await sees(it.heron, "Good to see you again.");
  await write(it.heron, "I found my way back.");
  await sees(it.amara, "I found my way back.");
});

test("who was taken out comes to the door with that said, and a human decides", async (it) => {
  const maple = await knocksByWords(it, it.maples, "Somebody");
  const door = atDoor(it.amara, "Somebody");
  await door.getByText("In your book as Maple").waitFor();
  await door.getByText("Was taken out of this group before").waitFor();
  await door.getByRole("button", { name: "Talk and more" }).click();
  await door.getByRole("button", { name: "Not this time" }).click();
  await door.getByRole("button", { name: "Do not let in" }).click();
  await shows(maple, "You were not let in");
  await door.waitFor({ state: "detached" });
  await clean(maple);
});

test("words that somebody else has seen open nothing any more, and she makes others", async (it) => {
  await more(it.heron, "Words to come back with");
  await tap(it.heron, "Someone else has seen them");
  await shows(it.heron, "Those words are no good any more.");
  const other = await openPage(it.browser, it.origin);
  await other.page.goto(`${it.origin}/`);
  await other.page.getByLabel("Your twelve words").fill(it.words);
  await goOn(other);
  await shows(other, "This invite opens nothing at the moment.");
  await clean(other);
  await tap(it.heron, "Show me my words");
  await shows(it.heron, "They stand in the facilitator’s book.");
  const words = await it.heron.page.locator(".twelve-words li").allTextContents();
  assert.notEqual(words.join(" "), it.words);
  await clean(it.heron);
  await clean(it.amara);
});

await runStory(tests);
