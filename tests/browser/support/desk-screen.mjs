// What a counsellor does on her screens and sees there.

import { join } from "node:path";
import { accessible } from "./her-screen.mjs";
import { openStaffPage, press, signIn } from "./staff-screen.mjs";

export const phone = { viewport: { width: 360, height: 740 } };

const sizes = [phone.viewport, { width: 1280, height: 800 }];

/** Signs in and goes on duty. */
export async function onDuty(browser, origin, organisation, name, options) {
  const she = await openStaffPage(browser, origin, options);
  await signIn(she, organisation.filesOf(name), organisation.passphrase);
  await she.page.getByRole("heading", { name: "At the desk", level: 1 }).waitFor();
  return she;
}

export async function goOnDuty(she) {
  await press(she, "Go on duty");
  await she.page.locator(".duty-bar__state[data-state=on_duty]").waitFor();
}

/** Her screen as it is on a phone and on a laptop, by day and by night: its pictures, and whether it is accessible. */
export async function look({ page }, name) {
  const size = page.viewportSize();
  for (const each of sizes)
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize(each);
      await page.emulateMedia({ colorScheme });
      const folder = process.env.VERANDA_SHOTS;
      if (folder) await page.screenshot({ path: join(folder, `desk-${name}-${each.width}-${colorScheme}.png`) });
      await accessible({ page }, `${name}, ${each.width} px, ${colorScheme}`);
    }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(size);
}

/** The card of whoever waits with this note. */
export function waiting({ page }, note) {
  return page.locator(".request", { hasText: note });
}

/** Takes this one, and waits until she has come in. */
export async function take(she, note, name) {
  await waiting(she, note).getByRole("button", { name: "Talk with this person" }).click();
  await she.page.locator(".talk").getByRole("heading", { name, level: 2 }).waitFor();
}

/** The talk with this person comes to the front. */
export async function turnTo(she, name) {
  await place(she, name).click();
  await she.page.locator(".talk").getByRole("heading", { name, level: 2 }).waitFor();
}

export function place({ page }, name) {
  return page.locator(".switcher button", { hasText: name });
}

/** Asks for a hand-over. The relay paces who asks who is on duty: once in five seconds. */
export async function askUntilHeard({ page }) {
  for (;;) {
    await page.getByRole("button", { name: "Ask for this", exact: true }).click();
    const asked = page.getByText("The person is being asked.").first();
    const tooFast = page.getByText("That was too fast.").first();
    await asked.or(tooFast).first().waitFor();
    if (await asked.isVisible()) return;
  }
}
