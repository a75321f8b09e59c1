// What a member's first use costs a cheap phone on a bad line: bytes that really went over it, and the time until the
// exit works, until there are words, and until the page answers. Fails beyond the limits. Called by ops/budget.
//
//   node tests/browser/budget.mjs [RUNS]        as conversation.mjs
//
// The line is a proxy of ours (support/line.mjs): 400 kbit/s each way, 400 ms a round trip, a handshake's included; so
// the worker's requests and the WebSocket are as slow as everything else, which a browser's own emulation leaves out.
// The processor is slowed by the browser, four times: the page's thread, not the worker's.

import assert from "node:assert/strict";
import { openPage } from "./support/browser.mjs";
import { startLine } from "./support/line.mjs";
import { hostGroup, invite, makeOrganisation, startServer } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";

const bytesMax = 140 * 1024;
const exitMsMax = 3_000;
const wordsMsMax = 3_000;
const usableMsMax = 8_000;
const line400 = { bytesPerSecond: 400_000 / 8, rttMs: 400 };
const slower = 4;
const runs = Number(process.argv[2] ?? 5);

/** One first use: a browser without a past, a link, until the core has answered her first press. */
async function firstUse({ browser, line, host }) {
  const her = await openPage(browser, line.origin);
  const { page, context } = her;
  const files = [];
  context.on("response", (response) => files.push(response));
  await page.addInitScript(() => {
    const times = (window.firstUse = {});
    const note = (what) => (times[what] ??= performance.now());
    const { replaceState } = history;
    history.replaceState = function (...args) {
      note("exit"); // the exit's listeners are there in the same breath
      return replaceState.apply(this, args);
    };
    new MutationObserver(() => {
      if (document.querySelector("h1")?.textContent) note("words");
    }).observe(document, { childList: true, subtree: true });
    const OurWorker = window.Worker;
    window.Worker = class extends OurWorker {
      constructor(...args) {
        super(...args);
        this.addEventListener("message", () => note("usable"));
      }
    };
  });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const { link } = await invite(host);
  const before = line.counts;
  await page.goto(line.origin + link.slice(link.indexOf("/join")), { waitUntil: "commit" });
  const press = page
    .getByRole("button", { name: "Go on" })
    .click()
    .catch(async ({ message }) => {
      const shown = await page.locator("body").innerText();
      throw new Error(`${message}\nthe page shows: ${shown}\n${her.faults.join("\n")}`);
    });
  await page.waitForFunction(() => window.firstUse.usable !== undefined, null, { polling: 50, timeout: 60_000 });
  const atUsable = line.counts;
  await press;
  await page.getByRole("heading", { name: "Evening group" }).waitFor({ timeout: 60_000 });
  const times = await page.evaluate(() => ({
    ...window.firstUse,
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    rules: performance.now(),
  }));
  const table = await Promise.all(files.map(describe));
  assert.deepEqual(her.faults, []);
  await context.close();
  return { ...times, files: table, overTheLine: atUsable.down + atUsable.up - before.down - before.up };
}

async function describe(response) {
  const headers = await response.allHeaders();
  const path = new URL(response.url()).pathname;
  return { path, bytes: Number(headers["content-length"]), coding: headers["content-encoding"] ?? "plain" };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

const seconds = (ms) => `${(ms / 1_000).toFixed(2)} s`;

async function measure(given) {
  const uses = [];
  for (let run = 0; run < runs; ++run) uses.push(await firstUse(given));

  const { files } = uses[0];
  console.log("\nfile                                      bytes   sent as");
  for (const { path, bytes, coding } of files)
    console.log(`${path.padEnd(38)}${String(bytes).padStart(9)}   ${coding}`);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);

  const rows = [
    ["first load, all files", bytes, bytesMax, (it) => `${it} bytes`],
    [
      "over the line until usable, headers too",
      median(uses.map((use) => use.overTheLine)),
      null,
      (it) => `${it} bytes`,
    ],
    ["something is painted (the exit)", median(uses.map((use) => use.paint)), exitMsMax, seconds],
    ["the exit works", median(uses.map((use) => use.exit)), exitMsMax, seconds],
    ["first words", median(uses.map((use) => use.words)), wordsMsMax, seconds],
    ["usable: the core answers", median(uses.map((use) => use.usable)), usableMsMax, seconds],
    ["the group's rules are on the screen", median(uses.map((use) => use.rules)), null, seconds],
  ];
  console.log(`\n${runs} first uses at 400 kbit/s, 400 ms, ${slower}x CPU; times are medians from the navigation on`);
  for (const [what, value, limit, form] of rows) {
    const limited = limit === null ? "" : `at most ${form(limit)}`;
    const verdict = limit !== null && value > limit ? "   TOO MUCH" : "";
    console.log(`${what.padEnd(42)}${form(value).padStart(14)}   ${limited}${verdict}`);
  }
  for (const use of uses)
    console.log(
      `   each: ${["paint", "exit", "words", "usable", "rules"].map((it) => `${it} ${seconds(use[it])}`).join(", ")}`,
    );
  console.log("");

  const plain = files.filter((file) => file.coding !== "br" && file.bytes > 600);
  assert.deepEqual(plain, [], "sent without brotli");
  assert.equal(new Set(files.map((file) => file.path)).size, files.length, "something was loaded twice");
  for (const [what, value, limit] of rows) assert.ok(limit === null || value <= limit, `${what}: ${value} of ${limit}`);
}

await runTests([{ name: "a member's first use is within its budget", run: measure }], async () => {
  const organisation = makeOrganisation("Amara");
  const line = await startLine(line400);
  const { origin, port } = await startServer(organisation, null, ["--origin", line.origin]);
  line.leadTo(port);
  return { line, host: await hostGroup(origin, organisation, "Amara", "Evening group") };
});
