// Makes the page empty. Imported first; depends on nothing, so that it works whatever else has failed.

/** Nothing is left to be read: no text, no title, and no look that could be recognised. */
export function blankPage(document: Document): void {
  document.documentElement.classList.add("blank");
  document.body.replaceChildren();
  document.title = " ";
  for (const style of document.querySelectorAll("link[rel=stylesheet], style")) style.remove();
}

/** Covers the page while it is out of sight, so that the app switcher shows nothing. Nothing is lost by it. */
export function coverWhileHidden(window: Window): void {
  const { document } = window;
  const cover = (covered: boolean) => document.documentElement.classList.toggle("covered", covered);
  document.addEventListener("visibilitychange", () => cover(document.visibilityState === "hidden"));
  // What the browser keeps of a page that is being left is kept covered.
  window.addEventListener("pagehide", () => cover(true));
}
