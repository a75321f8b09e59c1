// The page in its five languages: each browser gets its own and loads no other, Arabic runs from right to left, and no
// screen breaks by longer words, larger letters, wider spacing, the dark or a keyboard. The worker is a stand-in.
//
//   node tests/browser/languages.mjs [WORD]     only tests with this word; VERANDA_SHOTS: a folder for pictures
// Ends with 77 when the page is not built.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { accessibilityProblems, openPage, startBrowser, traces } from "./support/browser.mjs";
import { clean, noTraces } from "./support/her-screen.mjs";
import { pages } from "./support/programs.mjs";
import { idsShown, languages, textsOf, walkScreens } from "./support/screens-in.mjs";
import { servePages, standIn } from "./support/stand-in.mjs";

if (!existsSync(join(pages, "index.html"))) {
  console.log("skipped: the page is not built");
  process.exit(77);
}

const phone = { width: 360, height: 740 };
const narrowest = { width: 320, height: 640 }; // a desk of 1280 at 400 %
const widths = { en: [360, 768, 1280], ar: [360, 768, 1280] };

async function open(browser, origin, language, options = {}) {
  const her = await openPage(browser, origin, { locale: languages[language].tag, viewport: phone, ...options });
  her.loaded = [];
  her.page.on("request", (request) => her.loaded.push(new URL(request.url()).pathname));
  await standIn(her.page);
  await her.page.goto(`${origin}/join#1.secret`);
  return her;
}

const catalogues = (her) => her.loaded.flatMap((path) => /\/words-([a-z]+)-/.exec(path)?.[1] ?? []);
const marked = ({ page }) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);

/** What stands outside of the window, or does not fit into its own box, one line each. */
function misfits({ page }) {
  return page.evaluate(() => {
    const shown = [...document.body.querySelectorAll("*")].filter((it) => it.checkVisibility() && !it.closest("svg"));
    const name = (it) => `${it.tagName.toLowerCase()}.${it.className} “${it.textContent.slice(0, 40)}”`;
    const aside = shown.filter((it) => {
      const box = it.getBoundingClientRect();
      const hidden = box.width <= 1 || getComputedStyle(it).clipPath !== "none" || box.bottom <= 0; // for readers alone
      return !hidden && (box.left < -1 || box.right > innerWidth + 1);
    });
    const tight = shown.filter((it) => it.matches("button, label, h1, h2, p, dd, li") && it.clientWidth > 1);
    const cut = tight.filter((it) => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== "auto");
    const hints = shown.filter((it) => it.matches("textarea") && it.scrollHeight > it.clientHeight + 1);
    const low = shown.filter(
      (it) =>
        it.matches("button") && getComputedStyle(it).overflowY === "hidden" && it.scrollHeight > it.clientHeight + 1,
    );
    // The exit stands over the page; at its top, no words of the heading may be under it.
    const exit = document.getElementById("leave-quickly").getBoundingClientRect();
    const under = shown.filter((it) => {
      if (!it.matches("h1") || window.scrollY > 0) return false;
      const words = document.createRange();
      words.selectNodeContents(it);
      const meets = (box) => box.left < exit.right && box.right > exit.left && box.top < exit.bottom;
      return [...words.getClientRects()].some(meets);
    });
    const wide = document.documentElement.scrollWidth > innerWidth ? ["the page is wider than the window"] : [];
    return [...wide, ...[...new Set([...aside, ...cut, ...low, ...hints, ...under])].map(name)];
  });
}

async function fits(her, where) {
  assert.deepEqual(await misfits(her), [], where);
}

async function accessible(her, where) {
  assert.deepEqual(await accessibilityProblems(her.page), [], where);
}

/** From here on a picture is named after the language. */
async function picture({ page }, ...name) {
  const folder = process.env.VERANDA_SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name.join("-")}.png`) });
}

const tests = {};

for (const language of Object.keys(languages)) {
  tests[`${language}: a browser gets its own language and loads no other`] = async ({ browser, origin }) => {
    const her = await open(browser, origin, language);
    const text = textsOf(language);
    await her.page.getByRole("heading", { name: text("invite.title") }).waitFor();
    assert.deepEqual(await marked(her), [language, languages[language].dir]);
    assert.equal(await her.page.locator("#leave-quickly").innerText(), text("exit.leave"));
    assert.equal(await her.page.locator("[aria-current=true]").innerText(), languages[language].name);
    assert.deepEqual(catalogues(her), [language]);
    await clean(her);
  };

  tests[`${language}: every main screen fits, is accessible and has no text missing`] = async ({ browser, origin }) => {
    const her = await open(browser, origin, language);
    const name = await walkScreens(her, language, async (screen) => {
      for (const width of widths[language] ?? [360]) {
        await her.page.setViewportSize({ width, height: width === 360 ? 740 : 800 });
        await fits(her, `${screen} at ${width}`);
        await picture(her, language, screen, width);
      }
      await accessible(her, `${screen} at ${her.page.viewportSize().width}`);
      await her.page.setViewportSize(phone);
      await accessible(her, screen);
      assert.deepEqual(idsShown(await her.page.locator("body").innerText()), [], screen);
    });
    const suggested = textsOf(language)("name.pool").split(", ");
    assert.ok(suggested.includes(name), `${name} is not of the language's pool`);
    await clean(her);
  };
}

tests["team: signing in and making keys read in every language, chosen there"] = async ({ browser, origin }) => {
  const her = await openPage(browser, origin, { locale: "en-GB", viewport: phone });
  await standIn(her.page);
  await her.page.goto(`${origin}/staff`);
  for (const language of Object.keys(languages)) {
    const text = textsOf(language);
    await her.page.getByRole("button", { name: languages[language].name, exact: true }).click();
    await her.page.getByRole("heading", { name: text("signIn.title"), level: 1 }).waitFor();
    assert.deepEqual(await marked(her), [language, languages[language].dir]);
    await fits(her, `signing in, ${language}`);
    await accessible(her, `signing in, ${language}`);
    await picture(her, language, "sign-in");
    await her.page.getByRole("button", { name: text("signIn.makeKeys") }).click();
    await her.page.getByRole("heading", { name: text("makeKeys.title"), level: 1 }).waitFor();
    await fits(her, `making keys, ${language}`);
    await accessible(her, `making keys, ${language}`);
    await picture(her, language, "make-keys");
    await her.page.getByRole("button", { name: text("makeKeys.back"), exact: true }).click();
  }
  await clean(her);
};

for (const language of ["en", "ar"]) {
  const text = textsOf(language);

  tests[`${language}: letters twice as large, and a window as narrow as 400 %`] = async ({ browser, origin }) => {
    const her = await open(browser, origin, language);
    await walkScreens(her, language, async (screen) => {
      await her.page.setViewportSize(narrowest);
      await fits(her, `${screen} at 320`);
      await her.page.setViewportSize({ width: 640, height: 400 }); // a desk of 1280 x 800 at 200 %
      await fits(her, `${screen} at 200 % of a desk`);
      await her.page.setViewportSize(phone);
      await her.page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      await fits(her, `${screen} with letters of 200 %`);
      await picture(her, language, screen, "200-percent");
      await her.page.evaluate(() => (document.documentElement.style.fontSize = ""));
    });
    await clean(her);
  };

  tests[`${language}: wider spacing of text (WCAG 1.4.12)`] = async ({ browser, origin }) => {
    const her = await open(browser, origin, language);
    await her.page.addStyleTag({
      content: `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`,
    });
    await walkScreens(her, language, async (screen) => {
      await fits(her, `${screen} with wide spacing`);
      await picture(her, language, screen, "spacing");
    });
    await clean(her);
  };

  tests[`${language}: in the dark, and nothing moves for whoever wants that`] = async ({ browser, origin }) => {
    const her = await open(browser, origin, language, { colorScheme: "dark", reducedMotion: "reduce" });
    await walkScreens(her, language, async (screen) => {
      await accessible(her, `${screen} in the dark`);
      await picture(her, language, screen, "dark");
      const moving = await her.page.evaluate(() =>
        [...document.querySelectorAll("*")]
          .filter((it) => {
            const { transitionDuration, animationName } = getComputedStyle(it);
            return animationName !== "none" || transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
          })
          .map((it) => `${it.tagName}.${it.className}`),
      );
      assert.deepEqual(moving, [], `moves: ${screen}`);
    });
    await clean(her);
  };

  tests[`${language}: a keyboard reaches everything, in order, and sees where it is`] = async ({ browser, origin }) => {
    const her = await open(browser, origin, language);
    await her.page.getByRole("heading", { name: text("invite.title") }).waitFor();
    await walksByKeyboard(her, "invite");
    await her.page.getByRole("button", { name: text("invite.goOn"), exact: true }).focus();
    await her.page.keyboard.press("Enter");
    await her.page.waitForFunction(() => window.asked.some((it) => it.command[0] === "open-link"));
    await her.page.goto("about:blank");
    await her.page.goto(`${origin}/join#1.secret`);
    await walkScreens(her, language, async (screen) => {
      if (["rules", "name", "waiting", "group", "ended"].includes(screen)) await walksByKeyboard(her, screen);
    });
    await clean(her);
  };
}

/** From the exit on, by Tab: whatever can be pressed is reached, each with a mark, none out of sight. */
async function walksByKeyboard({ page }, screen) {
  const expected = await page.evaluate(() => {
    const able = [...document.querySelectorAll("a[href], button, input, textarea, summary, select, [tabindex='0']")];
    window.able = able.filter((it) => it.checkVisibility() && !it.disabled && !it.closest("[inert]"));
    const groups = new Set();
    window.able = window.able.filter((it) => {
      if (it.type !== "radio") return true;
      const first = !groups.has(it.name);
      groups.add(it.name);
      return first; // one stop for a group of them
    });
    window.able[0].focus(); // where a screen begins for the keyboard is for conversation.mjs
    return window.able.map((it) => it.id || it.textContent.trim() || it.type);
  });
  assert.equal(expected[0], "leave-quickly", `first on ${screen}`);
  const reached = [];
  // Some come and go while she walks: "Go to the newest", when the list moves.
  for (let at = 0; at < expected.length + 3 && reached.at(-1) !== "leave-quickly-too"; ++at) {
    await page.keyboard.press("Tab");
    if (at === 0) await page.keyboard.press("Shift+Tab"); // back to the exit, with the keyboard's mark
    const stop = await page.evaluate(() => {
      const it = document.activeElement;
      if (it === document.body) return null; // it went away as the list moved
      const outlined = (element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && outlineWidth !== "0px";
      };
      const box = it.getBoundingClientRect();
      return {
        name: it.id || it.textContent.trim() || it.type,
        marked: outlined(it) || outlined(it.parentElement), // a field's frame may be what is drawn round it
        inSight: box.bottom > 0 && box.top < innerHeight,
      };
    });
    if (stop === null) continue;
    assert.ok(stop.marked, `no mark on “${stop.name}” of ${screen}`);
    assert.ok(stop.inSight, `“${stop.name}” of ${screen} is out of sight`);
    reached.push(stop.name);
  }
  const missed = expected.filter((name) => !reached.includes(name));
  assert.deepEqual(missed, [], `not reached on ${screen}`);
}

tests["switch: the language changes at a tap, to and fro, and nothing is kept of it"] = async ({ browser, origin }) => {
  const her = await open(browser, origin, "it");
  await her.page.getByRole("button", { name: "العربية" }).click();
  await her.page.getByRole("heading", { name: textsOf("ar")("invite.title") }).waitFor();
  assert.deepEqual(await marked(her), ["ar", "rtl"]);
  assert.equal(await her.page.locator("#leave-quickly").innerText(), textsOf("ar")("exit.leave"));
  await her.page.getByRole("button", { name: "Italiano" }).click();
  await her.page.getByRole("heading", { name: textsOf("it")("invite.title") }).waitFor();
  assert.deepEqual(await marked(her), ["it", "ltr"]);
  assert.deepEqual(catalogues(her).toSorted(), ["ar", "it"]);
  assert.deepEqual(await traces(her), noTraces);
  assert.equal(her.page.url(), `${origin}/join`, "the language is in the address");
  await clean(her);
};

tests["switch: a language that does not come is named, and the page stays as it is"] = async ({ browser, origin }) => {
  const her = await open(browser, origin, "en");
  await her.page.getByRole("heading", { name: textsOf("en")("invite.title") }).waitFor();
  await her.context.setOffline(true);
  await her.page.getByRole("button", { name: "Français" }).click();
  await her.page.getByText(textsOf("en")("problem.language_not_loaded")).waitFor();
  assert.deepEqual(await marked(her), ["en", "ltr"]);
  await accessible(her, "a language that did not come");
  await her.context.close(); // the browser reports what could not be loaded
};

tests["switch: a browser of another language reads English"] = async ({ browser, origin }) => {
  const her = await openPage(browser, origin, { locale: "de-DE", viewport: phone });
  await standIn(her.page);
  await her.page.goto(`${origin}/join#1.secret`);
  await her.page.getByRole("heading", { name: textsOf("en")("invite.title") }).waitFor();
  await clean(her);
};

tests["switch: a group's own language is offered beside its rules"] = async ({ browser, origin }) => {
  const her = await open(browser, origin, "ar");
  await her.page.getByRole("button", { name: textsOf("ar")("invite.goOn") }).click();
  await her.page.evaluate(() =>
    window.tellPage({
      ...{ event: "invitation", group: "Martedì", rules: "", language: "it" },
      ...{ organisation: "Casa", facilitator: "Ana" },
    }),
  );
  await her.page.getByRole("heading", { name: "Martedì" }).waitFor();
  assert.deepEqual(await her.page.locator(".language button").allInnerTexts(), ["Italiano"]);
  assert.deepEqual(await marked(her), ["ar", "rtl"], "it was forced");
  await her.page.locator(".language button").click();
  await her.page.getByRole("button", { name: textsOf("it")("rules.agree") }).waitFor();
  assert.equal(await her.page.locator(".language").count(), 0);
  await clean(her);
};

tests["voice: long texts are read by a voice of the phone, and by no other"] = async ({ browser, origin }) => {
  const her = await openPage(browser, origin, { locale: "fr-FR", viewport: phone });
  await standIn(her.page);
  await her.page.addInitScript(() => {
    window.read = [];
    const voices = [
      { lang: "fr-FR", localService: false, default: true, name: "away" },
      { lang: "fr-FR", localService: true, default: false, name: "here" },
    ];
    const synthesis = Object.assign(new EventTarget(), {
      getVoices: () => voices,
      speak: (it) => window.read.push(`${it.voice.name}: ${it.text}`),
      cancel: () => window.read.splice(0),
    });
    Object.defineProperty(window, "speechSynthesis", { value: synthesis });
    window.SpeechSynthesisUtterance = class {
      constructor(text) {
        this.text = text;
      }
    };
  });
  await her.page.goto(`${origin}/join#1.secret`);
  const text = textsOf("fr");
  await her.page.getByRole("button", { name: text("readAloud.start") }).click();
  const read = await her.page.evaluate(() => window.read);
  assert.ok(read.includes(`here: ${text("invite.what")}`), read.join("\n"));
  assert.deepEqual(
    read.filter((it) => !it.startsWith("here: ")),
    [],
  );
  await accessible(her, "being read aloud");
  await picture(her, "read-aloud");
  await her.page.getByRole("button", { name: text("readAloud.stop") }).click();
  assert.deepEqual(await her.page.evaluate(() => window.read), []);

  await walkScreens(her, "fr", async (screen) => {
    if (screen !== "group") return;
    const { hello } = languages.fr;
    await her.page.locator(".message", { hasText: hello }).first().getByRole("button").first().click();
    await her.page
      .locator(".message-tools")
      .getByRole("button", { name: text("readAloud.start") })
      .click();
    assert.deepEqual(await her.page.evaluate(() => window.read), [`here: ${hello}`]);
    await accessible(her, "a message being read aloud");
    await fits(her, "a message being read aloud");
    await picture(her, "read-message");
    await her.page.keyboard.press("Escape");
  });
  await clean(her);
};

let failed = 0;
const only = process.argv[2];
const { origin, end } = await servePages();
const browser = await startBrowser();
try {
  for (const [name, run] of Object.entries(tests)) {
    if (only && !name.includes(only)) continue;
    try {
      await run({ browser, origin });
      console.log(`ok      ${name}`);
    } catch (error) {
      ++failed;
      console.log(`FAILED  ${name}\n${error.stack}`);
      await Promise.all(browser.contexts().map((context) => context.close()));
    }
  }
} finally {
  await browser.close();
  end();
}
process.exitCode = failed === 0 ? 0 : 1;
