// The page in a browser that has WebAssembly switched off, as iOS's Lockdown Mode and Tor Browser's "Safer" do: plain
// JavaScript of the same core takes over, which is loaded only then. Those two compile no JavaScript either, and
// neither does this browser.
//
//   node tests/browser/without-wasm.mjs         VERANDA_BUILD: where the programs are (build/dev)
// Ends with 77 when something it needs is not built: ctest shows it as skipped.

import assert from "node:assert/strict";
import { openPage, startBrowser } from "./support/browser.mjs";
import { agree, askAs, clean, goOn, write } from "./support/her-screen.mjs";
import { admit, hostGroup, invite, makeOrganisation, startServer } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";

const patienceMs = 60_000; // she waits longer, too

async function wayIn({ browser, origin, host }) {
  const link = await invite(host);
  const her = await openPage(browser, origin);
  her.page.setDefaultTimeout(patienceMs);
  const loaded = [];
  her.page.context().on("request", (request) => loaded.push(new URL(request.url()).pathname));
  assert.equal(await her.page.evaluate(() => typeof WebAssembly), "undefined", "this browser has WebAssembly");
  const from = performance.now();
  await her.page.goto(link.link);
  await goOn(her);
  await her.page.getByRole("heading", { name: "Evening group", level: 1 }).waitFor();
  console.log(`        the rules after ${Math.round(performance.now() - from)} ms`);
  await agree(her);
  await askAs(her, "Robin");
  await admit(host, "Robin");
  const admitted = performance.now();
  await her.page.getByText("Connected", { exact: true }).waitFor();
  console.log(`        in the group ${Math.round(performance.now() - admitted)} ms after she was let in`);

  host.say("Good evening, Robin");
  await her.page.locator(".message", { hasText: "Good evening, Robin" }).waitFor();
  await write(her, "Good evening");
  await host.event((event) => event.event === "message" && event.text === "Good evening", "her message");
  assert.ok(
    loaded.some((path) => /\/script-veranda-[0-9a-f]+\.js$/.test(path)),
    "the script was loaded",
  );
  assert.ok(!loaded.some((path) => path.endsWith(".wasm")), "a module was loaded all the same");
  await clean(her);
}

const tests = [{ name: "without WebAssembly she comes in and talks all the same", run: wayIn }];
await runTests(
  tests,
  async () => {
    const organisation = makeOrganisation("Amara");
    const { origin } = await startServer(organisation);
    return { origin, host: await hostGroup(origin, organisation, "Amara", "Evening group") };
  },
  { start: () => startBrowser(["--js-flags=--jitless"]) },
);
