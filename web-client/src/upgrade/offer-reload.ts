// A part of the page that does not come: the line is bad, or the server was upgraded under an open tab and has lost
// the parts that this tab knows. Says so, and offers to load the page again. Loaded with the first module, so that it
// works for every other one.

export interface ReloadTexts {
  what: string;
  next: string;
  otherwise: string;
  button: string;
}

// Until a catalogue is here: it may be what did not come.
let texts: ReloadTexts = {
  what: "A part of this page did not arrive.",
  next: "Load the page again. If you were in a group, you come back by yourself.",
  otherwise: "If you were not, open your link again.",
  button: "Load again",
};

export function nameReload(inWords: ReloadTexts): void {
  texts = inWords;
}

/** Vite tells the window about every dynamic import that failed. */
export function listenForMissingParts(window: Window): void {
  window.addEventListener("vite:preloadError", () => offerReload(window));
}

export function offerReload(window: Window): void {
  const { document } = window;
  const isThere = document.getElementById("load-again") !== null;
  const hasLeft = document.getElementById("leave-quickly") === null;
  if (isThere || hasLeft) return;
  const notice = document.createElement("section");
  notice.id = "load-again";
  notice.setAttribute("role", "alert");
  for (const text of [texts.what, texts.next, texts.otherwise]) {
    const line = document.createElement("p");
    line.textContent = text;
    notice.append(line);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "main";
  button.textContent = texts.button;
  button.addEventListener("click", () => window.location.reload());
  notice.append(button);
  document.getElementById("page")?.after(notice);
}
