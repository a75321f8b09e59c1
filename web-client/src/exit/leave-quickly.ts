// "Leave quickly": blanks the screen, drops the keys, clears what the browser keeps for this site, and puts a neutral
// page in this page's place. Nothing is recorded about it, and nothing is asked or waited for.
//
// Depends on nothing but its own folder. The button stands in index.html, so it is there before anything has loaded; so
// does a second way for screen readers, at the end of the page. It cannot take the visit out of the browser's history
// list; the first screen says so.

import { blankPage, coverWhileHidden } from "./blank-page";
import { forgetSite } from "./forget-site";
import { ShiftPresses } from "./shift-presses";
import { type Finger, TwoFingerTaps } from "./touch-taps";

type Browser = Window & typeof globalThis;

const progressMs = 5_000; // how long the dots of presses or taps are shown
const otherTabs = new WeakMap<Browser, BroadcastChannel>(); // of this address
const onLeaving: (() => void)[] = [];
let stillToPress: readonly string[] = [];

/** Runs when she leaves quickly, after the screen is blank: to kill the worker, to forget. Must not wait. */
export function onExit(forget: () => void): void {
  onLeaving.push(forget);
}

/** `more[n]`: what is said to a screen reader when n + 1 presses are still missing. */
export function nameExits(document: Document, leave: string, more: readonly string[]): void {
  for (const exit of document.querySelectorAll("[data-leave]")) exit.textContent = leave;
  stillToPress = more;
}

/** `alone`: no other tab has said it; the others are told. */
export function leaveQuickly(window: Browser, alone = true): void {
  const away = neutralPage(window.document);
  blankPage(window.document);
  const tellOtherTabs = () => alone && otherTabs.get(window)?.postMessage(0);
  for (const forget of [...onLeaving, tellOtherTabs]) {
    try {
      forget();
    } catch {
      // Leaving matters more than whatever failed.
    }
  }
  forgetSite(window);
  window.location.replace(away);
}

// Another tab of hers may show as much as this one did: whoever leaves one leaves all.
function listenToOtherTabs(window: Browser): void {
  try {
    const channel = new window.BroadcastChannel("leave");
    channel.onmessage = () => leaveQuickly(window, false);
    otherTabs.set(window, channel);
  } catch {
    // A browser without it has this tab alone to leave.
  }
}

/** Listens on the document, so it does not matter whether the button is there yet. */
export function exitReady(window: Browser): void {
  const { document } = window;
  listenToClicks(window);
  listenToKeys(window);
  listenToFingers(window);
  listenToOtherTabs(window);
  coverWhileHidden(window);

  // The browser may have kept the page as it was; what was left must not come back with the Back button.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaveQuickly(window);
  });
  for (const link of document.querySelectorAll("a[data-leave]")) link.setAttribute("href", neutralPage(document));
}

// The server writes the organisation's choice into the page. Whatever else stands there is not gone to.
function neutralPage(document: Document): string {
  const named = document.querySelector<HTMLMetaElement>("meta[name=veranda-away]")?.content ?? "";
  return named.startsWith("https://") ? named : "about:blank";
}

function listenToClicks(window: Browser): void {
  window.document.addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element) || event.target.closest("[data-leave]") === null) return;
      event.preventDefault();
      leaveQuickly(window);
    },
    { capture: true }, // before anything that the page does with clicks
  );
}

function listenToKeys(window: Browser): void {
  const shift = new ShiftPresses();
  const progress = new Progress(window);
  window.document.addEventListener(
    "keydown",
    (event) => {
      const count = shift.press(event.key, event.repeat, event.timeStamp);
      if (count >= ShiftPresses.enough) leaveQuickly(window);
      else if (!event.repeat) progress.show(count, event.key === "Shift" ? ShiftPresses.enough - count : 0);
    },
    { capture: true },
  );
}

function listenToFingers(window: Browser): void {
  const taps = new TwoFingerTaps();
  const progress = new Progress(window);
  const fingers = (event: TouchEvent): Finger[] =>
    [...event.changedTouches].map((touch) => ({ id: touch.identifier, x: touch.clientX, y: touch.clientY }));
  const on = (name: "touchstart" | "touchmove" | "touchend" | "touchcancel", hear: (event: TouchEvent) => void) =>
    window.document.addEventListener(name, hear, { capture: true, passive: true });

  on("touchstart", (event) => fingers(event).forEach((finger) => taps.down(finger, event.timeStamp)));
  on("touchmove", (event) => fingers(event).forEach((finger) => taps.move(finger)));
  on("touchend", (event) => {
    const count = fingers(event).reduce((_, finger) => taps.up(finger, event.timeStamp), 0);
    if (count >= TwoFingerTaps.enough) leaveQuickly(window);
    else progress.show(count, 0);
  });
  on("touchcancel", () => progress.show(taps.cancel(), 0));
}

/** The dots in the button, and a word for who cannot see them. */
class Progress {
  readonly #window: Browser;
  #timer = 0;

  constructor(window: Browser) {
    this.#window = window;
  }

  show(count: number, missing: number): void {
    const { document } = this.#window;
    const button = document.getElementById("leave-quickly");
    const status = document.getElementById("leave-quickly-status");
    this.#window.clearTimeout(this.#timer);
    if (count > 0) button?.setAttribute("data-presses", String(count));
    else button?.removeAttribute("data-presses");
    if (status !== null) status.textContent = count > 0 ? (stillToPress[missing - 1] ?? "") : "";
    if (count > 0) this.#timer = this.#window.setTimeout(() => this.show(0, 0), progressMs);
  }
}
