// A screen for a browser with a window: Xvfb on a display of its own, and keys that reach the browser itself and not
// only the page, by xdotool.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { startPersistentBrowser } from "./browser.mjs";
import { Program } from "./program.mjs";
import { missing } from "./programs.mjs";

const xvfb = "/usr/bin/Xvfb";
const xdotool = "/usr/bin/xdotool";

/** What is missing for a browser with a window, in words, or null. */
export function missingWithDisplay() {
  for (const path of [xvfb, xdotool]) if (!existsSync(path)) return `${path} is not installed`;
  return missing();
}

/** Starts it on a number that is free. Answers with the name that DISPLAY takes. */
export async function startDisplay() {
  const server = new Program(xvfb, ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
  return `:${(await server.line((text) => /^\d+$/.test(text.trim()), "the display's number")).trim()}`;
}

/** A browser with a window and a profile. `keys` presses keys in it as a hand does, `Control_L+Shift_L+t` for one. */
export async function startWindow(display, profile, more = []) {
  const context = await startPersistentBrowser(profile, ["--window-position=0,0", ...more], {
    headless: false,
    viewport: null,
    env: { ...process.env, DISPLAY: display },
  });
  const x = (...args) => execFileSync(xdotool, args, { env: { ...process.env, DISPLAY: display }, encoding: "utf8" });
  const keys = (...wanted) => {
    const windows = x("search", "--onlyvisible", "--class", "chromium").trim().split("\n");
    x("windowfocus", "--sync", windows.at(-1), "key", "--clearmodifiers", ...wanted);
  };
  return { context, keys };
}
