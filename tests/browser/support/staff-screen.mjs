// What a facilitator does on her screens and sees there. What must hold on every screen is of support/her-screen.mjs.

import { join } from "node:path";
import { openPage } from "./browser.mjs";
import { accessible, picture } from "./her-screen.mjs";
import { makeFolder } from "./programs.mjs";

export const laptop = { viewport: { width: 1280, height: 800 } };

/** A page of staff's, at /staff. `fragment`: of an invite for the team. */
export async function openStaffPage(browser, origin, options = laptop, fragment = "") {
  const she = await openPage(browser, origin, { ...options, acceptDownloads: true });
  await she.page.goto(`${origin}/staff${fragment}`);
  return she;
}

export async function signIn({ page }, files, passphrase) {
  await page.locator("#sign-in-certificate").setInputFiles(files);
  await page.getByLabel("Your passphrase").fill(passphrase);
  await press({ page }, "Sign in");
}

export function press({ page }, name, options = {}) {
  return page.getByRole("button", { name, exact: true, ...options }).click();
}

/** Saves what a press of this button downloads. Answers with the file's path. */
export async function save({ page }, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), press({ page }, name)]);
  const path = join(makeFolder(), download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

/** Plans a group and opens it. `more`: fills in what else it shall have. */
export async function openGroup(she, name, more = async () => undefined) {
  const { page } = she;
  await page.getByRole("button", { name: "Plan a group" }).click();
  await page.getByLabel("Name of the group").fill(name);
  await more(page);
  await press(she, "Open the group");
  await inGroup(she, name);
}

export async function inGroup({ page }, name) {
  await page.locator(".host").getByRole("heading", { name, level: 1 }).waitFor();
  await page.getByText("Connected", { exact: true }).waitFor();
}

/** A new invite: link and words. The sheet is closed again. */
export async function makeInvite(she, button = "Make an invite") {
  const { page } = she;
  await press(she, "Invite");
  const before = await page.locator(".invite-card").count();
  await page.locator(".host__sheet").getByRole("button", { name: button, exact: true }).click();
  const card = page.locator(".invite-card").nth(before);
  await card.waitFor();
  const newest = page.locator(".invite-card").first();
  const link = await newest.locator(".invite-card__link").innerText();
  const words = await newest.locator(".invite-card__words").innerText();
  await press(she, "Close");
  return { link, words };
}

/** What her list says of an invite, on the open sheet. */
export function inviteCard({ page }, number) {
  const title = page.getByRole("heading", { name: `Invite ${number}`, exact: true });
  return page.locator(".invite-card").filter({ has: title });
}

/** The part of the waiting room that is about this person. */
export function atDoor({ page }, name) {
  return page.locator(".waiting", { hasText: name });
}

export async function letIn(she, name) {
  const door = atDoor(she, name);
  await door.waitFor();
  await door.getByRole("button", { name: "Let in", exact: true }).click();
  await she.page.locator(".person", { hasText: name }).waitFor();
}

/** Opens what can be done about this member. Answers with her part of the list. */
export async function manage({ page }, name) {
  const person = page.locator(".person", { hasText: name });
  const button = person.getByRole("button", { name: `Manage ${name}` });
  if ((await person.getAttribute("data-open")) !== "true") await button.click();
  return person;
}

export async function say({ page }, text) {
  await page.locator(".composer textarea").fill(text);
  await page.keyboard.press("Enter");
}

/** Until this text stands among what is said. */
export function sees({ page }, text) {
  return page.locator(".message", { hasText: text }).first().waitFor();
}

/** Looks at a screen, takes its picture, and holds it to what every screen has to be. */
export async function look(she, name) {
  await picture(she, name);
  await accessible(she, name);
}
