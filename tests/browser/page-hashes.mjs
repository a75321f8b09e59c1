// The page's signed hashes against the real server: what was built passes, and one altered byte is noticed, whatever
// form of a file it is in. minisign makes the key and signs, as an organisation does it. No browser is in it.
//
//   node tests/browser/page-hashes.mjs          as conversation.mjs

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  makeFolder,
  makeOrganisation,
  missing,
  pages,
  readPagesAgain,
  root,
  startServer,
  startServerByFile,
} from "./support/programs.mjs";
import { runTests } from "./support/script.mjs";

const tests = [];
const test = (name, run) => tests.push({ name, run });

// In another process: while it runs, this one is still there for whoever it started.
function checkPage(...args) {
  const { status, stdout, stderr } = spawnSync(join(root, "ops/check-page"), args, { encoding: "utf8" });
  return { status, told: stdout + stderr };
}

test("the page that was built and signed is the page that is served", async ({ origin, folder, key }) => {
  const byKey = checkPage(origin, "--key", key);
  assert.equal(byKey.status, 0, byKey.told);
  assert.match(byKey.told, /signed: the page of Veranda/);
  assert.match(byKey.told, /this is the page/);
  assert.equal(checkPage(`${origin}/`, "--hashes", join(folder, "hashes.txt")).status, 0);
});

test("one altered byte is noticed, plain or packed", async ({ origin, server, folder, key }) => {
  const scripts = readdirSync(join(folder, "assets")).filter((name) => /^page-.*[.]js$/.test(name));
  const wasm = readdirSync(join(folder, "assets")).filter((name) => name.endsWith(".wasm"));
  for (const name of [...scripts, ...wasm, "../index.html"]) {
    for (const form of ["", ".br", ".gz"]) {
      const path = join(folder, "assets", name + form);
      if (!existsSync(path)) continue;
      const good = readFileSync(path);
      const bad = Buffer.from(good);
      bad[bad.length >> 1] ^= 1;
      writeFileSync(path, bad);
      await readPagesAgain({ server, origin }, folder);
      const { status, told } = checkPage(origin, "--key", key);
      assert.equal(status, 1, `${name}${form}: ${told}`);
      assert.ok(told.includes(`differs: /${name === "../index.html" ? "" : `assets/${name}`} (`), told);
      assert.match(told, /THIS IS NOT THE PAGE/);
      writeFileSync(path, good);
    }
  }
  await readPagesAgain({ server, origin }, folder);
  assert.equal(checkPage(origin, "--key", key).status, 0);
});

test("a list that was changed with the page is not taken, nor one that somebody else signed", async (given) => {
  const { origin, server, folder, key, makeKey, sign } = given;
  const list = join(folder, "hashes.txt");
  const good = readFileSync(list);
  writeFileSync(
    list,
    good.toString().replace(/^./, (digit) => (digit === "0" ? "1" : "0")),
  );
  await readPagesAgain({ server, origin }, folder);
  assert.match(checkPage(origin, "--key", key).told, /signature is not good/);
  writeFileSync(list, good);
  sign(makeKey("stranger"));
  await readPagesAgain({ server, origin }, folder);
  assert.match(checkPage(origin, "--key", key).told, /another key/);
});

test("the organisation's neutral page is the one thing that may differ, and is told", async ({
  organisation,
  folder,
}) => {
  const neutral = "https://weather.example/today?a=1&b=2";
  const { origin } = await startServerByFile(organisation, { neutral_page: neutral, pages: folder });
  const { status, told } = checkPage(origin, "--hashes", join(folder, "hashes.txt"));
  assert.equal(status, 0, told);
  assert.match(told, /leave quickly lands on: https:\/\/weather.example\/today\?a=1&amp;b=2/);
});

test("what is not understood is refused with a line that helps", async ({ origin }) => {
  for (const args of [[], ["not-an-address", "--key", "x"], [origin], [origin, "--key"], [origin, "--wrong", "x"]]) {
    const { status, told } = checkPage(...args);
    assert.equal(status, 2);
    assert.match(told, /usage: ops\/check-page URL --key/);
  }
  assert.equal(checkPage("http://127.0.0.1:1", "--key", join(root, "README.md")).status, 1);
});

const needs = () => missing() ?? (existsSync("/usr/bin/minisign") ? null : "minisign is not installed");

async function arrange() {
  const work = makeFolder();
  const folder = join(work, "pages");
  cpSync(pages, folder, { recursive: true });
  const makeKey = (name) => {
    const [pub, secret] = [join(work, `${name}.pub`), join(work, `${name}.key`)];
    execFileSync("minisign", ["-G", "-W", "-p", pub, "-s", secret], { stdio: "ignore" });
    return { pub, secret };
  };
  const sign = ({ secret }) =>
    execFileSync(join(root, "ops/sign-page"), [secret], {
      env: { ...process.env, VERANDA_PAGES: folder },
      stdio: "ignore",
    });
  const release = makeKey("release");
  sign(release);
  const organisation = makeOrganisation("Amara");
  const { origin, server } = await startServer(organisation, null, ["--pages", folder]);
  return { organisation, origin, server, folder, key: release.pub, makeKey, sign };
}

await runTests(tests, arrange, { start: () => null, needs });
