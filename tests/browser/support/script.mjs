// How a script of tests runs: skipped where something it needs is not built, one line a test, and everything that it
// started ended.

import { startBrowser } from "./browser.mjs";
import { endAll } from "./program.mjs";
import { missing } from "./programs.mjs";

const screenMs = 5_000; // a page that hangs says nothing more

// What stood on each page when a test failed, so that nobody has to guess.
async function lastScreens(browser) {
  for (const page of (browser?.contexts() ?? []).flatMap((context) => context.pages())) {
    const hangs = new Promise((resolve) => setTimeout(resolve, screenMs, "(it does not answer)").unref());
    const screen = page.evaluate(screenOf).catch(() => "(it is gone)");
    console.log(`--- ${page.url().split("#")[0]}\n${await Promise.race([screen, hangs])}`);
  }
}

function screenOf() {
  const typed = [...document.querySelectorAll("textarea")].map((field) => `[${field.value}]`);
  return `${document.body.innerText}\n${typed.join("\n")}`;
}

/**
 * Runs `tests` ({ name, run }) one after the other, all with the browser and what `arrange` made. `oneStory`: each goes
 * on where the one before it ended, so that after a failure none of the others is run. `start`: another browser, or
 * none; `needs`: what is missing, in words, or null.
 */
export async function runTests(tests, arrange, { oneStory = false, start = startBrowser, needs = missing } = {}) {
  const lacking = needs();
  if (lacking !== null) {
    console.log(`skipped: ${lacking}`);
    process.exit(77);
  }
  let browser;
  let failed = 0;
  try {
    browser = await start();
    const given = { browser, ...(await arrange()) };
    for (const { name, run } of tests) {
      try {
        await run(given);
        console.log(`ok      ${name}`);
      } catch (error) {
        ++failed;
        console.log(`FAILED  ${name}\n${error.stack}`);
        await lastScreens(browser).catch(() => null);
        if (oneStory) break;
      }
    }
  } catch (error) {
    ++failed;
    console.log(error.stack);
  } finally {
    await browser?.close();
    await endAll();
  }
  process.exitCode = failed === 0 ? 0 : 1;
}
