// A real Chromium without a past, and a page of it that notes everything it should not do.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.mjs";

const require = createRequire(join(root, "web-client/package.json"));
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const ignoreDefaultArgs = ["--disable-back-forward-cache"]; // her browser has one

export async function startBrowser(more = []) {
  const { chromium } = require("playwright-core");
  // launch() gives each browser a fresh user data folder, and removes it.
  return chromium.launch({ executablePath, args: [...args, ...more], ignoreDefaultArgs });
}

/** A browser whose profile lies in this folder, and is there again the next time. Answers with its only context. */
export async function startPersistentBrowser(folder, more = [], options = {}) {
  const { chromium } = require("playwright-core");
  return chromium.launchPersistentContext(folder, {
    executablePath,
    args: [...args, ...more],
    ignoreDefaultArgs,
    viewport: { width: 360, height: 740 },
    ignoreHTTPSErrors: true,
    ...options,
  });
}

/**
 * A phone's page. `faults` fills with what must never happen; a test ends with `clean`. `others`: origins besides its
 * own that may be asked, which none but a test of "Leave quickly" has.
 */
export async function openPage(browser, origin, options = {}, others = []) {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    const known = url.origin === origin || others.includes(url.origin);
    if (!["data:", "about:"].includes(url.protocol) && !known) faults.push(`request to ${url.origin}`);
    if (request.url().includes("#")) faults.push("a request with a fragment");
  });
  page.on("websocket", (socket) => {
    if (socket.url() !== `${origin.replace("http", "ws")}/ws`) faults.push(`socket to ${socket.url()}`);
  });
  // What had been loaded when the address was cleaned; asked for by conversation.mjs.
  await page.addInitScript(() => {
    const { replaceState } = history;
    history.replaceState = function (...args) {
      window.loadedAtStrip ??= performance.getEntriesByType("resource").map((entry) => entry.name);
      return replaceState.apply(this, args);
    };
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { context, page, faults };
}

/** Everything a page could have left on the phone. */
export async function traces({ page, context }) {
  const stored = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: "caches" in window ? (await caches.keys()).length : 0,
    workers: "serviceWorker" in navigator ? (await navigator.serviceWorker.getRegistrations()).length : 0,
    cookie: document.cookie.length,
  }));
  return { ...stored, cookies: (await context.cookies()).length };
}

/** What axe finds against WCAG 2.2 A and AA, one line each. */
export async function accessibilityProblems(page) {
  const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return found.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
