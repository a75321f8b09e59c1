// What she does on the page and sees there, step by step; and what must hold on every screen: it is accessible, no
// wider than a phone, and leaves nothing behind.

import assert from "node:assert/strict";
import { join } from "node:path";
import { accessibilityProblems } from "./browser.mjs";

export const noTraces = { local: 0, session: 0, databases: 0, caches: 0, workers: 0, cookie: 0, cookies: 0 };

/** What is kept while she is in the group: the way back, which dies by itself. */
export const onlyTicket = { ...noTraces, session: 1 };

/** Waits for the screen with this heading. `name`: of its picture. */
export async function screen(her, heading, name) {
  await her.page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  await picture(her, name);
  await accessible(her, name);
}

export async function accessible(her, where) {
  assert.deepEqual(await accessibilityProblems(her.page), [], `accessibility of: ${where}`);
  const overflow = await her.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${where} is wider than the phone by ${overflow} px`);
}

/** A picture of the screen, where VERANDA_SHOTS names a folder. */
export async function picture(her, name) {
  const folder = process.env.VERANDA_SHOTS;
  if (folder) await her.page.screenshot({ path: join(folder, `${name}.png`) });
}

export async function goOn({ page }) {
  await page.getByRole("button", { name: "Go on" }).click();
}

export async function agree({ page }) {
  await page.getByRole("button", { name: "I agree" }).click();
}

/** Asks to come in under a name of her own. */
export async function askAs({ page }, name) {
  await page.getByLabel("Or make one up").fill(name);
  await page.getByRole("button", { name: `Ask to come in as ${name}` }).click();
}

export async function write({ page }, text) {
  await page.getByRole("textbox").fill(text);
  await page.keyboard.press("Enter");
}

/** Nothing happened that must never happen; and she is gone. */
export async function clean(her) {
  assert.deepEqual(her.faults, []);
  await her.context.close();
}
