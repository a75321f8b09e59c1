// The first module of the page, and the only one in index.html. It takes the invite out of the address before anything
// else is loaded, makes "Leave quickly" work, and only then lets the worker, the page and its language come: at /staff
// the page of staff, everywhere else the members'.
//
// The HTML names no other file, so until replaceState has run the browser has loaded this one alone.

import { takeFragment } from "./core/fragment";
import { exitReady, nameExits, onExit } from "./exit/leave-quickly";
import { chooseLanguage, languages, loadCatalogue, markLanguage } from "./languages";
import { listenForMissingParts } from "./upgrade/offer-reload";

const fragment = takeFragment(window);
exitReady(window);
listenForMissingParts(window);
const language = chooseLanguage(navigator.languages);
markLanguage(document, language);
nameExits(document, languages[language].leave, []);

const staff = location.pathname === "/staff";

// By a table: of an `if` the minifier makes one import of two files, and the style sheets of one of them are lost.
const pages = { staff: () => import("./staff/staff-page"), members: () => import("./page") };

// The page first: it gets the connection that is open, and is there before the worker's large module shares the line.
const page = Promise.all([pages[staff ? "staff" : "members"](), loadCatalogue(language)]);

// The worker's name says which core it loads.
const worker = staff
  ? new Worker(new URL("./core/worker.ts", import.meta.url), { type: "module", name: "staff" })
  : new Worker(new URL("./core/worker.ts", import.meta.url), { type: "module", name: "core" });
onExit(() => worker.terminate());

void page.then(([{ start }, catalogue]) => {
  document.getElementById("page")?.replaceChildren(); // what stands there for browsers that come no further
  start(fragment, worker, language, catalogue);
});
