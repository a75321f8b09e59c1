// A bad network, and a server that goes and comes: what she says offline goes out once, the state of the line stands in
// words, a socket that a phone closed "cleanly" is opened again, a tab survives a restart and an upgrade of the server,
// and an idle tab costs next to nothing. Her line (support/line.mjs) is the test's; the facilitators have one of their
// own.
//
//   node tests/browser/network.mjs              as conversation.mjs

import assert from "node:assert/strict";
import { cpSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openPage, traces } from "./support/browser.mjs";
import { agree, askAs, clean, goOn, picture, write } from "./support/her-screen.mjs";
import { startLine } from "./support/line.mjs";
import {
  admit,
  hostByLink,
  hostGroup,
  inGroup,
  invite,
  makeFolder,
  makeOrganisation,
  pages,
  readPagesAgain,
  startServer,
} from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

const bytesAround = 110; // what TLS, TCP and IP put around each piece, and the answer that it has come

const onLine = (line, { link }) => line.origin + link.slice(link.indexOf("/join"));

test("she comes in over a line of her own", async (evening) => {
  const { browser, line, host } = evening;
  evening.her = await openPage(browser, line.origin);
  const { page } = evening.her;
  await page.goto(onLine(line, await invite(host)));
  await goOn(evening.her);
  await agree(evening.her);
  await askAs(evening.her, "Heron");
  await admit(host, "Heron");
  await page.getByRole("heading", { name: "Evening group" }).waitFor();
  await connected(evening.her);
});

test("what she says in a tunnel waits, is shown to wait, and goes out once", async ({ her, line, host }) => {
  const { page } = her;
  const before = host.messages().length;
  line.cut();
  await page.getByText("Connection lost. Trying again…").waitFor();
  await picture(her, "network-cut");
  for (const text of ["said in the tunnel, one", "said in the tunnel, two"]) {
    await write(her, text);
    await page.locator(".message[data-sending]", { hasText: text }).waitFor();
  }
  await picture(her, "network-waiting");
  line.mend();
  await host.hears(["said in the tunnel, one", "said in the tunnel, two"]);
  await connected(her);
  await page.locator(".message[data-sending]").waitFor({ state: "detached" });
  await sayBoth(her, host, "after the tunnel");
  assert.deepEqual(
    host
      .messages()
      .slice(before)
      .map(({ text }) => text),
    ["said in the tunnel, one", "said in the tunnel, two", "after the tunnel", "after the tunnel, too"],
  );
});

test("a socket that was closed with code 1000 is opened again when she looks at the page", async ({
  her,
  line,
  host,
}) => {
  const { page } = her;
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  assert.equal(line.closeCleanly(), 1);
  await page.evaluate(() => {
    delete document.visibilityState;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await connected(her);
  await sayBoth(her, host, "awake again");
  assert.equal(line.webSockets(), 1);
});

test("an idle tab with two staff pulsing stays below 300 KB an hour", async (evening) => {
  const { line, host, organisation } = evening;
  const blessing = hostByLink((await invite(host, "/invite-staff")).link, organisation, "Blessing");
  await admit(host, "Blessing");
  await inGroup(blessing);
  await evening.her.page.getByRole("button", { name: "3 people here" }).waitFor();
  // From something that comes over the line to the twelfth after it: both pulse every 20 s, and what else an idle line
  // carries (pings, presence) comes in between. Then that much an hour.
  await line.hear(2);
  const [began, before] = [performance.now(), line.counts];
  await line.hear(8);
  const hours = (performance.now() - began) / 3_600_000;
  const { down, up, pieces } = line.counts;
  const bytes = down + up - before.down - before.up + (pieces - before.pieces) * bytesAround;
  const anHour = bytes / hours / 1_024;
  console.log(`        ${bytes} bytes in ${Math.round(hours * 3_600)} s: ${Math.round(anHour)} KB an hour`);
  assert.ok(anHour <= 300, `${anHour} KB an hour`);
  blessing.say("/leave");
});

test("the server is restarted: the tab is still there, and so is the group", async (evening) => {
  const { her, line, hostLine, host, organisation } = evening;
  await evening.server.end();
  await startAgain(evening);
  line.leadTo(evening.port);
  hostLine.leadTo(evening.port);
  await host.newest("state", ({ state }) => state === "in_group", "the group to be made anew");
  await connected(her);
  await sayBoth(her, host, "after the restart");
  assert.equal((await traces(her)).workers, 0, "no service worker");
  assert.ok(organisation);
});

test("an upgrade of the pages leaves an open tab the parts that it knows", async ({ her, server, served, origin }) => {
  const part = readdirSync(join(served, "assets")).find((name) => /^page-[0-9a-f]+\.js$/.test(name));
  const renewed = part.replace(/-[0-9a-f]+/, "-000000000000");
  for (const form of ["", ".br", ".gz"])
    renameSync(join(served, "assets", part + form), join(served, "assets", renewed + form));
  await readPagesAgain({ server, origin }, served);
  for (const name of [part, renewed]) assert.equal((await fetch(`${origin}/assets/${name}`)).status, 200, name);
  await her.page.getByRole("heading", { name: "Evening group" }).waitFor();
  await clean(her);
});

test("a part that is gone for good is no dead end: she is told, and loads the page again", async (evening) => {
  const { browser, served } = evening;
  const assets = join(served, "assets");
  const [part] = readdirSync(assets).filter((name) => /^page-[0-9a-f]+\.js$/.test(name));
  rmSync(join(served, "index.html.br"), { force: true });
  const { origin, server } = await startServer(evening.organisation, null, ["--pages", served]);
  const her = await openPage(browser, origin);
  await her.page.goto(`${origin}/join`);
  const notice = her.page.getByRole("alert").filter({ hasText: "did not arrive" });
  await notice.waitFor();
  await picture(her, "network-part-missing");
  // The part is there again, under the name that index.html's module asks for.
  const wanted = readdirSync(join(pages, "assets")).find((name) => /^page-[0-9a-f]+\.js$/.test(name));
  cpSync(join(assets, part), join(assets, wanted));
  await readPagesAgain({ server, origin }, served);
  await notice.getByRole("button", { name: "Load again" }).click();
  await her.page.getByRole("heading", { name: "Come in with your words" }).waitFor();
  await her.context.close();
});

async function connected({ page }) {
  await page.getByText("Connected", { exact: true }).waitFor();
  await page.locator(".composer[data-open=true]").waitFor();
}

// Both ways: what she says is heard, and what is said to her is shown, each once.
async function sayBoth(her, host, text) {
  await write(her, text);
  await host.hears([text]);
  host.say(`${text}, too`);
  await her.page.locator(".message", { hasText: `${text}, too` }).waitFor();
  await host.hears([`${text}, too`]);
  for (const one of [text, `${text}, too`])
    assert.equal(await her.page.locator(".message__text").getByText(one, { exact: true }).count(), 1, one);
}

async function startAgain(evening) {
  const origins = [evening.line, evening.hostLine].flatMap((line) => ["--origin", line.origin]);
  const made = await startServer(evening.organisation, null, ["--pages", evening.served, ...origins]);
  Object.assign(evening, made);
}

async function arrange() {
  const organisation = makeOrganisation("Amara", "Blessing");
  const served = join(makeFolder(), "pages");
  cpSync(pages, served, { recursive: true });
  const evening = { organisation, served, line: await startLine(), hostLine: await startLine() };
  await startAgain(evening);
  evening.line.leadTo(evening.port);
  evening.hostLine.leadTo(evening.port);
  evening.host = await hostGroup(evening.hostLine.origin, organisation, "Amara", "Evening group");
  return evening;
}

await runTests(tests, arrange, { oneStory: true });
