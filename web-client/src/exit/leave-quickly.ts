// "Leave quickly": blanks the screen, drops the keys, and puts a neutral page in this page's place. Nothing is recorded
// about it, and nothing is asked.
//
// Depends on nothing but its own folder. The button stands in index.html, so it is there before anything has loaded.
// It cannot take the visit out of the browser's history list; the first screen says so.

import { blankPage, coverWhileHidden } from "./blank-page";
import { ShiftPresses } from "./shift-presses";

const onLeaving: (() => void)[] = [];

/** Runs when she leaves quickly, after the screen is blank: to kill the worker, to forget. Must not wait. */
export function onExit(forget: () => void): void {
  onLeaving.push(forget);
}

export function leaveQuickly(window: Window): void {
  blankPage(window.document);
  const away = window.document.querySelector<HTMLMetaElement>("meta[name=veranda-away]")?.content || "about:blank";
  for (const forget of onLeaving) {
    try {
      forget();
    } catch {
      // Leaving matters more than whatever failed.
    }
  }
  window.location.replace(away);
}

/** Listens on the document, so it does not matter whether the button is there yet. */
export function exitReady(window: Window): void {
  const { document } = window;
  const shift = new ShiftPresses();

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("#leave-quickly")) leaveQuickly(window);
  });
  document.addEventListener("keydown", (event) => {
    const count = shift.press(event.key, event.repeat, event.timeStamp);
    document.getElementById("leave-quickly")?.setAttribute("data-presses", String(count));
    if (count >= ShiftPresses.enough) leaveQuickly(window);
  });
  coverWhileHidden(document);

  // The browser may have kept the page as it was; what was left must not come back with the Back button.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaveQuickly(window);
  });
}
