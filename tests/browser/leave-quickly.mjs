// "Leave quickly", as hard as we can make it: in a real Chromium with a profile on the disk, out of a group in which
// things were said. Nothing of them may be found again: not by Back, not in a storage, not in the browser's cache, not
// in a tab that is opened again, not on a server that is out of reach. The neutral page is a second server of this
// test's own, and the only other one that anything is asked of.
//
//   node tests/browser/leave-quickly.mjs        as conversation.mjs

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join, relative } from "node:path";
import { openPage, startPersistentBrowser, traces } from "./support/browser.mjs";
import { agree, askAs, goOn, noTraces, picture, write } from "./support/her-screen.mjs";
import { startLine } from "./support/line.mjs";
import { admit, hostGroup, invite, makeFolder, makeOrganisation, startServerByFile } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

const secret = "the blue house behind the bridge"; // what is said, and must be nowhere afterwards
const neutralText = "Rain in the afternoon";

/** In the group, with something said. The tab had another page open before. */
async function inGroup({ browser, origin, host, neutral }, name, options = {}) {
  const her = await openPage(browser, origin, { ignoreHTTPSErrors: true, hasTouch: true, ...options }, [
    neutral.origin,
  ]);
  const { link } = await invite(host);
  await her.page.goto(`${neutral.origin}/before`);
  await her.page.goto(link);
  await goOn(her);
  await agree(her);
  await askAs(her, name);
  await admit(host, name);
  await her.page.getByRole("heading", { name: "Evening group" }).waitFor();
  await write(her, secret);
  await her.page.locator(".message[data-own=true]:not([data-sending])", { hasText: secret }).waitFor();
  return { ...her, link };
}

async function isAway({ page }, neutral) {
  await page.waitForURL(neutral.page);
  assert.equal(await page.locator("body").innerText(), neutralText);
}

const shows = ({ page }) => page.evaluate(() => `${document.title} ${document.body?.innerText ?? ""}`);

test("the button: at once another page, and five times Back shows nothing of hers", async (given) => {
  const { origin, neutral } = given;
  const her = await inGroup(given, "Heron");
  const { page } = her;
  const asked = neutral.asked.length;
  await page.getByRole("button", { name: "Leave quickly" }).click();
  await isAway(her, neutral);
  assert.equal(page.workers().length, 0, "the worker is still there");

  const history = await her.context.newCDPSession(page).then((session) => session.send("Page.getNavigationHistory"));
  const places = history.entries.map((entry) => entry.url);
  assert.deepEqual(
    places.filter((url) => url.startsWith(origin)),
    [],
    "the tab's history leads back to her",
  );
  assert.doesNotMatch(JSON.stringify(history), /Evening|Page"/);
  for (let back = 1; back <= 5; ++back) {
    await page.goBack({ timeout: 5_000 }).catch(() => null);
    assert.ok(!page.url().startsWith(origin), `Back, ${back} times, leads to ${page.url()}`);
    assert.doesNotMatch(await shows(her), /group|blue house|Leave quickly/, `Back, ${back} times`);
  }
  for (let forward = 1; forward <= 2; ++forward) {
    await page.goForward({ timeout: 5_000 }).catch(() => null);
    assert.ok(!page.url().startsWith(origin));
  }
  assert.deepEqual(
    neutral.asked.slice(asked).filter((request) => request.referer !== undefined),
    [],
    "the neutral page was told where she came from",
  );
  assert.deepEqual(her.faults, []);
  await her.context.close();
});

test("three presses of Shift, three taps with two fingers, and the link at the end do the same", async (given) => {
  const { neutral } = given;
  const ways = {
    Shift: async (her) => {
      for (let press = 0; press < 2; ++press) await her.page.keyboard.press("Shift");
      await picture(her, "leave-quickly-dots");
      await her.page.keyboard.press("Shift");
    },
    taps: async ({ page, context }) => {
      const session = await context.newCDPSession(page);
      const touch = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
      const fingers = [
        { x: 100, y: 300, id: 0 },
        { x: 220, y: 320, id: 1 },
      ];
      for (let tap = 0; tap < 3; ++tap) {
        await touch("touchStart", fingers);
        await touch("touchEnd", []);
      }
    },
    link: async (her) => {
      const { page } = her;
      const link = page.getByRole("link", { name: "Leave quickly" });
      await link.focus();
      assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().width > 40), "focus shows it");
      await picture(her, "leave-quickly-link");
      await page.keyboard.press("Enter");
    },
  };
  for (const [name, way] of Object.entries(ways)) {
    const her = await inGroup(given, `Way ${name}`);
    await her.page.evaluate(() => document.activeElement.blur());
    await her.page.keyboard.press("Tab");
    await way(her);
    await isAway(her, neutral);
    assert.equal(her.page.workers().length, 0);
    assert.deepEqual(her.faults, [], name);
    await her.context.close();
  }
});

test("another tab of hers is left as well", async (given) => {
  const her = await inGroup(given, "Nettle");
  const other = await her.context.newPage();
  await other.goto(`${given.origin}/`);
  await other.getByRole("heading", { level: 1 }).waitFor();
  await her.page.getByRole("button", { name: "Leave quickly" }).click();
  await isAway(her, given.neutral);
  await isAway({ page: other }, given.neutral);
  assert.deepEqual(her.faults, []);
  await her.context.close();
});

test("no storage of any kind holds anything, and her connection is gone from the server", async (given) => {
  const { origin, neutral } = given;
  const before = await connections(origin);
  const her = await inGroup(given, "Iris");
  const { page } = her;
  assert.equal(await connections(origin), before + 1);
  // Whatever a page could keep, whether ours does today or not.
  await page.evaluate(async () => {
    sessionStorage.setItem("kept", "1");
    localStorage.setItem("kept", "1");
    document.cookie = "kept=1; max-age=1000";
    await caches.open("kept").then((cache) => cache.put("/kept", new Response("1")));
    await new Promise((resolve) => (indexedDB.open("kept").onsuccess = resolve));
  });
  await page.getByRole("button", { name: "Leave quickly" }).click();
  await isAway(her, neutral);
  await until(async () => (await connections(origin)) === before, "her connection to end");
  // In the same tab, so that its session storage is looked at too; this page of the server has no script.
  await page.goto(`${origin}/healthz`);
  let found;
  await until(
    async () => {
      found = JSON.stringify(await traces(her));
      return found === JSON.stringify(noTraces);
    },
    () => `every storage to be empty: ${found}`,
  );
  await her.context.close();
});

test("a server that is out of reach, or silent, holds nothing up", async (given) => {
  const { line, neutral } = given;
  for (const trouble of ["cut", "freeze"]) {
    const her = await inGroup({ ...given, origin: line.origin }, `Out ${trouble}`);
    line[trouble]();
    await her.page.getByRole("button", { name: "Leave quickly" }).click();
    await isAway(her, neutral);
    await her.context.close();
    line.mend();
  }
});

test("without any network the page is blank all the same", async (given) => {
  const her = await inGroup(given, "Juniper");
  const { page, context } = her;
  await context.setOffline(true);
  await page.getByRole("button", { name: "Leave quickly" }).click();
  await until(
    async () => !/group|blue house|Leave quickly/.test(await shows(her).catch(() => "group")),
    "a blank page",
  );
  assert.equal(page.workers().length, 0);
  await context.close();
});

test("while it is out of sight the page is covered, and nothing is lost by it", async (given) => {
  const her = await inGroup(given, "Kestrel");
  const { page } = her;
  const become = (state) =>
    page.evaluate((it) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => it });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  const visible = () => page.evaluate(() => getComputedStyle(document.querySelector(".message")).visibility);
  await become("hidden");
  assert.equal(await visible(), "hidden");
  assert.equal(await page.title(), "Page");
  await become("visible");
  assert.equal(await visible(), "visible");
  await page.getByText(secret).waitFor();
  assert.deepEqual(her.faults, []);
  await her.context.close();
});

test("the back-forward cache never brings the page back to be read", async (given) => {
  const { neutral, origin } = given;
  const her = await inGroup(given, "Lark");
  await her.page.goto(`${neutral.origin}/elsewhere`); // she does not leave: she goes away
  await her.page.goBack();
  await until(async () => {
    const now = await shows(her).catch(() => secret);
    return her.page.url().startsWith(origin) || her.page.url() === neutral.page ? !now.includes(secret) : false;
  }, "a page without what was said");
  await her.context.close();
});

test("a profile on the disk holds nothing that was said, and a tab opened again is the neutral one", async (given) => {
  const { origin, neutral } = given;
  const profile = makeFolder();
  let context = await startPersistentBrowser(profile);
  const browser = { newContext: async () => context };
  const her = await inGroup({ ...given, browser }, "Magpie");
  // Chromium's "Code Cache" is left out: it keeps the bare address of a script, as the history does, and nothing of it.
  const cache = join(profile, "Default/Cache");
  const file = /\/assets\/page-[0-9a-f]+\.js/;
  await until(() => grep(cache, file) > 0, "the browser to keep the page's files");
  await her.page.getByRole("button", { name: "Leave quickly" }).click();
  await isAway(her, neutral);
  await until(() => grep(cache, file) === 0, "the browser to forget the page's files");
  await context.close();

  const [, fragment] = her.link.split("#");
  for (const [what, text] of Object.entries({ "what was said": secret, "the group": "Evening group", name: "Magpie" }))
    assert.equal(grep(profile, text), 0, `${what} lies in the profile`);
  // The browser writes the link into its history before any page of ours runs. It is nowhere else.
  const history = /^Default\/(History|Sessions\/|Favicons|Top Sites|Visited)|^segmentation_platform\//;
  assert.deepEqual(
    filesWith(profile, fragment).filter((name) => !history.test(name)),
    [],
    "the invite lies in the profile",
  );

  context = await startPersistentBrowser(profile, ["--restore-last-session"]);
  await until(() => context.pages().some((page) => page.url() === neutral.page), "the tab to be opened again");
  for (const page of context.pages()) {
    assert.ok(!page.url().startsWith(origin), `a tab was opened again at ${page.url()}`);
    assert.doesNotMatch(await shows({ page }), /group|blue house/);
  }
  await context.close();
});

// In how many files of a folder a text is found, in either of the encodings that a browser writes.
function grep(folder, wanted) {
  return filesWith(folder, wanted).length;
}

function filesWith(folder, wanted) {
  const files = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    let bytes;
    try {
      bytes = readFileSync(join(entry.parentPath, entry.name));
    } catch {
      continue; // it is gone again
    }
    const texts = [bytes.toString("latin1"), bytes.toString("utf16le"), bytes.subarray(1).toString("utf16le")];
    if (texts.some((text) => (wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted))))
      files.push(relative(folder, join(entry.parentPath, entry.name)));
  }
  return files;
}

async function connections(origin) {
  const health = await fetch(`${origin}/healthz`, { headers: { Connection: "close" } });
  return (await health.json()).connections;
}

async function until(holds, what) {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `waited in vain for ${typeof what === "function" ? what() : what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Another site, by https: what anybody might have open. It notes what it was asked, and by whom. */
async function startNeutralSite() {
  const folder = makeFolder();
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", ["req", "-x509", ...curve, "-keyout", key, "-out", cert, ...names, "-days", "2"], {
    stdio: "ignore",
  });
  const asked = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    asked.push({ path: request.url, ...request.headers });
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end(`<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>News</title>${neutralText}`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const origin = `https://127.0.0.1:${server.address().port}`;
  return { origin, page: `${origin}/today`, asked };
}

await runTests(tests, async () => {
  const organisation = makeOrganisation("Amara");
  const neutral = await startNeutralSite();
  const line = await startLine();
  const { origin, port } = await startServerByFile(organisation, {
    neutral_page: neutral.page,
    origins: [line.origin],
  });
  line.leadTo(port);
  return { origin, neutral, line, host: await hostGroup(origin, organisation, "Amara", "Evening group") };
});
