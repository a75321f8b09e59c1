// The main flow in Debian's Firefox, driven by puppeteer-core over WebDriver BiDi: a link leads into the group, both
// can talk, she leaves; and "Leave quickly" leaves nothing, as far as another browser's tools can look.
//
//   node tests/browser/firefox.mjs              as conversation.mjs; FIREFOX: another one than Debian's

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { admit, hostGroup, invite, makeOrganisation, missing, root, startServer } from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";

const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const patienceMs = 30_000;
const tests = [];
const test = (name, run) => tests.push({ name, run });

test("a link leads her into the group, both can talk, and she leaves", async (given) => {
  const her = await comeIn(given, "Heron");
  const { page, faults } = her;
  given.host.say("Good evening. <b>Welcome</b>");
  await her.sees(".message[data-staff=true]", "Good evening. <b>Welcome</b>");
  await her.say("Thank you. مرحبا");
  await given.host.event(({ event, text }) => event === "message" && text === "Thank you. مرحبا", "her message");
  await her.sees(".message[data-own=true]:not([data-sending])", "Thank you");
  await her.press("Leave", { exactly: true });
  await her.press("Yes, leave");
  await her.heading("You have left");
  assert.doesNotMatch(await her.text(), /Thank you|Good evening/);
  assert.deepEqual(faults, []);
  await page.close();
});

test("leaving quickly leaves nothing to read, to go back to, or in a storage", async (given) => {
  for (const way of ["button", "Shift"]) {
    const her = await comeIn(given, `Iris ${way}`);
    const { page, faults } = her;
    await her.say("the blue house behind the bridge");
    await her.sees(".message[data-own=true]:not([data-sending])", "blue house");
    await page.evaluate(async () => {
      sessionStorage.setItem("kept", "1");
      localStorage.setItem("kept", "1");
      await new Promise((resolve) => (indexedDB.open("kept").onsuccess = resolve));
    });
    if (way === "button") await her.press("Leave quickly");
    else for (let press = 0; press < 3; ++press) await page.keyboard.press("Shift");
    await until(() => page.url() === "about:blank", "the neutral page");
    assert.equal(await her.text(), "");
    for (let back = 0; back < 3; ++back) {
      await page.goBack({ timeout: 3_000 }).catch(() => null);
      assert.ok(!page.url().startsWith(given.origin), `Back leads to ${page.url()}`);
    }
    await page.goto(`${given.origin}/healthz`);
    await until(
      () =>
        page.evaluate(
          async () => sessionStorage.length + localStorage.length + (await indexedDB.databases()).length === 0,
        ),
      "every storage to be empty",
    );
    assert.deepEqual(faults, []);
    await page.close();
  }
});

/** On a new page, by a link, as far as the group. */
async function comeIn({ browser, origin, host }, name) {
  const { link } = await invite(host);
  const page = await browser.newPage();
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  page.on("request", (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(origin)) faults.push(`request to ${request.url()}`);
  });
  const her = hands(page, faults);
  await page.goto(link);
  await her.heading("You are invited to a group");
  assert.equal(page.url(), `${origin}/join`, "the secret is still in the address");
  await her.press("Go on");
  await her.press("I agree");
  await (await her.find('//input[@id=//label[contains(., "Or make one up")]/@for]')).type(name);
  await her.press(`Ask to come in as ${name}`);
  await admit(host, name);
  await her.heading("Evening group");
  return her;
}

function hands(page, faults) {
  const find = (xpath) => page.waitForSelector(`::-p-xpath(${xpath})`, { timeout: patienceMs, visible: true });
  return {
    page,
    faults,
    find,
    heading: (text) => find(`//h1[contains(., "${text}")]`),
    press: async (text, { exactly = false } = {}) => {
      const said = exactly ? `normalize-space(.)="${text}"` : `contains(., "${text}")`;
      const button = await find(`//button[${said} and not(@disabled)]`);
      await button.evaluate((it) => it.scrollIntoView({ block: "center" }));
      await button.click();
    },
    say: async (text) => {
      await (await page.waitForSelector(".composer[data-open=true] textarea", { timeout: patienceMs })).type(text);
      await page.keyboard.press("Enter");
    },
    sees: (selector, text) =>
      page.waitForFunction(
        (where, what) => [...document.querySelectorAll(where)].some((it) => it.textContent.includes(what)),
        { timeout: patienceMs, polling: 100 },
        selector,
        text,
      ),
    text: () => page.evaluate(() => document.body?.innerText ?? ""),
  };
}

async function until(holds, what) {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function startFirefox() {
  const { default: puppeteer } = await import(
    createRequire(join(root, "web-client/package.json")).resolve("puppeteer-core")
  );
  return puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      "app.update.enabled": false,
      "browser.safebrowsing.update.enabled": false,
      "datareporting.policy.dataSubmissionEnabled": false,
      "network.captive-portal-service.enabled": false,
    },
  });
}

const needs = () => missing() ?? (existsSync(executablePath) ? null : `${executablePath} is not installed`);

await runTests(
  tests,
  async () => {
    const organisation = makeOrganisation("Amara");
    const { origin } = await startServer(organisation);
    return { origin, host: await hostGroup(origin, organisation, "Amara", "Evening group") };
  },
  { start: startFirefox, needs },
);
