// A whole evening over two servers with a real Redis between them: Amara opens the group at the first, Blessing comes
// in as the second facilitator at the other; Iris in a terminal at the first, Joy in one at the other, and Heron on the
// page, in a real Chromium, at the other. Whoever is let in is let in across the servers. What everybody hears is held
// against what Amara heard: the same words of the same people, each once, in the same order.
//
//   node tests/browser/two-servers.mjs          as conversation.mjs; Redis is /usr/bin/redis-server, on a socket of
//                                                the test's own

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
import {
  admit,
  hostByLink,
  hostGroup,
  inGroup,
  invite,
  joinByLink,
  makeOrganisation,
  startRedis,
  startServer,
} from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

test("five people come in by two servers, and each sees all the others", async (evening) => {
  const { amara, first, second, organisation } = evening;
  evening.blessing = hostByLink(at(second, await invite(amara, "/invite-staff")), organisation, "Blessing");
  await admit(amara, "Blessing");
  await inGroup(evening.blessing);
  evening.iris = joinByLink(at(first, await invite(evening.blessing)), "Iris");
  await admit(evening.blessing, "Iris");
  evening.joy = joinByLink(at(second, await invite(amara)), "Joy");
  await admit(amara, "Joy");

  evening.her = await openPage(evening.browser, second.origin);
  await evening.her.page.goto(at(second, await invite(amara)));
  await goOn(evening.her);
  await knockAs(evening, "Heron", amara);

  await allSee(evening, ["Amara", "Blessing", "Heron", "Iris", "Joy"]);
});

test("the page marks both facilitators, and nobody else", async ({ her }) => {
  await her.page.getByRole("button", { name: "5 people here" }).click();
  assert.deepEqual(await onHerRoster(her), ["Amara Facilitator", "Blessing Facilitator", "Heron (you)", "Iris", "Joy"]);
  await accessible(her, "who is here, of two servers");
  await picture(her, "two-servers-who");
  await her.page.getByRole("button", { name: "5 people here" }).click();
});

test("all talk at once, and everyone hears the same, once, in the same order", async (evening) => {
  await allTalk(evening, "first");
  await allTalk(evening, "second");
  await picture(evening.her, "two-servers-talking");
});

test("who is removed at the other server is gone for the page as well", async (evening) => {
  const { amara, joy, her } = evening;
  amara.say("/remove Joy");
  assert.equal(await joy.exit(), 3);
  evening.joy = null;
  await allSee(evening, ["Amara", "Blessing", "Heron", "Iris"]);
  await her.page.getByRole("button", { name: "4 people here" }).waitFor();
  await allTalk(evening, "third");
});

test("after a reload she is back by herself, as who she was", async (evening) => {
  const { amara, her, second } = evening;
  await her.page.reload();
  await screen(her, "Evening group", "two-servers-reloaded");
  await her.page.getByText("Connected", { exact: true }).waitFor();
  assert.equal(her.page.url(), `${second.origin}/join`);
  assert.doesNotMatch(await her.page.locator("body").innerText(), /third/, "what she had read is told again");
  assert.deepEqual(await traces(her), onlyTicket);
  evening.cameIn = said(amara).length;
  await allSee(evening, ["Amara", "Blessing", "Heron", "Iris"]);
  await allTalk(evening, "fourth");
});

test("the end is for everyone, at either server", async (evening) => {
  const { amara, her } = evening;
  amara.say("/end");
  await screen(her, "The group has ended for today", "two-servers-ended");
  assert.doesNotMatch(await her.page.locator("body").innerText(), /fourth|Amara|Iris/);
  assert.deepEqual(await traces(her), noTraces);
  await clean(her);
  for (const each of terminals(evening)) {
    await each.newest("state", (event) => event.state === "ended", "the end of the group");
    assert.equal(await each.exit(), 0);
    assert.deepEqual(said(each), said(amara));
  }
  for (const { server } of [evening.first, evening.second]) assert.equal(await server.end(), 0);
});

// The invite's link, for another address of the same organisation.
const at = ({ origin }, { link }) => origin + link.slice(link.indexOf("/join"));

async function knockAs(evening, name, facilitator) {
  const { her } = evening;
  await agree(her);
  await askAs(her, name);
  await her.page.getByRole("heading", { name: "Waiting to be let in" }).waitFor();
  await admit(facilitator, name);
  await her.page.getByRole("heading", { name: "Evening group" }).waitFor();
  evening.herName = name;
  evening.cameIn = said(evening.amara).length;
}

const terminals = ({ amara, blessing, iris, joy }) => [amara, blessing, iris, joy].filter((each) => each !== null);

// Until the newest that everyone was told about the group is that these are in it, let in by facilitators; and all may
// write.
async function allSee(evening, names) {
  const complete = ({ members }) => {
    const seen = members.map((member) => member.name).sort();
    return seen.join() === names.join() && members.every((member) => member.vouched);
  };
  for (const each of terminals(evening)) {
    await each.newest("roster", complete, `a roster of ${names.join(", ")}`);
    await each.newest("composer", (composer) => composer.open, "leave to write");
  }
  const { page } = evening.her;
  await page.waitForFunction((wanted) => {
    const listed = [...document.querySelectorAll(".who-is-here bdi")].map((name) => name.textContent);
    return listed.sort().join() === wanted && document.querySelector(".who-is-here strong") === null;
  }, names.join());
  await page.locator(".composer[data-open=true]").waitFor();
}

// Everyone says two things without waiting for anybody. Then Amara has heard each of them once, and everything that
// anybody ever heard is what she heard.
async function allTalk(evening, round) {
  const { amara, her, herName } = evening;
  const speakers = terminals(evening);
  const before = said(amara).length;
  const texts = [];
  const text = (who, number) => texts[texts.push(`${round} round: ${number} of ${who}`) - 1];
  for (const number of ["one", "two"]) {
    speakers.forEach((each, i) => each.say(text(`speaker ${i}`, number)));
    await write(her, text(herName, number));
  }
  for (const each of speakers) await each.hears(texts);
  const heard = amara.messages().slice(before);
  assert.deepEqual(heard.map((message) => message.text).sort(), texts.sort());
  for (const each of speakers) assert.deepEqual(said(each), said(amara));
  const sinceShe = said(amara).slice(evening.cameIn);
  await her.page.waitForFunction(
    (count) =>
      document.querySelectorAll(".message:not([data-sending])").length >= count &&
      document.querySelector("[data-sending]") === null,
    sinceShe.length,
  );
  assert.deepEqual(await onHerPage(evening), sinceShe);
}

// What a terminal has heard: "Iris: hello", and "Amara (staff): hello".
function said(terminal) {
  return terminal.messages().map(({ from, role, text }) => `${from}${role === "member" ? "" : " (staff)"}: ${text}`);
}

// The same, as it stands on the page, where a name stands only above the first of one person's messages.
async function onHerPage({ her, herName }) {
  const shown = await her.page.locator(".message").evaluateAll((messages) =>
    messages.map((message) => ({
      own: message.dataset.own === "true",
      staff: message.dataset.staff === "true",
      from: message.querySelector(".message__from bdi")?.textContent ?? null,
      text: message.querySelector(".message__text").textContent,
    })),
  );
  let from = null;
  return shown.map((message) => {
    from = message.own ? herName : (message.from ?? from);
    return `${from}${message.staff ? " (staff)" : ""}: ${message.text}`;
  });
}

async function onHerRoster({ page }) {
  const people = await page.locator(".who-is-here li").evaluateAll((items) =>
    items.map((item) =>
      [...item.children]
        .map((part) => part.textContent)
        .join(" ")
        .trim(),
    ),
  );
  return people.sort();
}

await runTests(
  tests,
  async () => {
    const organisation = makeOrganisation("Amara", "Blessing");
    const redis = await startRedis();
    const first = await startServer(organisation, redis);
    const second = await startServer(organisation, redis);
    const amara = await hostGroup(first.origin, organisation, "Amara", "Evening group");
    return { organisation, first, second, amara };
  },
  { oneStory: true },
);
