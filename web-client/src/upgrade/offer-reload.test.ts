// What is said when a part of the page does not come, once, and never to who has left.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { listenForMissingParts, nameReload, offerReload } from "./offer-reload";

const reload = vi.fn();
const aWindow = () =>
  ({ document, location: { reload }, addEventListener: window.addEventListener.bind(window) }) as unknown as Window;
const notice = () => document.getElementById("load-again");

describe("offerReload", () => {
  beforeEach(() => {
    reload.mockClear();
    document.body.innerHTML = '<button id="leave-quickly"></button><div id="page"></div>';
  });

  it("says it in plain words, and loads the page again when she wants it", () => {
    offerReload(aWindow());
    expect(notice()?.textContent).toContain("did not arrive");
    expect(notice()?.getAttribute("role")).toBe("alert");
    expect(reload).not.toHaveBeenCalled();
    notice()!.querySelector("button")!.click();
    expect(reload).toHaveBeenCalledOnce();
  });

  it("says it once, however many parts are missing, in the page's language when it is known", () => {
    nameReload({ what: "Manca un pezzo.", next: "Ricarica.", otherwise: "Se no.", button: "Ricarica" });
    listenForMissingParts(aWindow());
    for (let i = 0; i < 3; ++i) window.dispatchEvent(new Event("vite:preloadError"));
    expect(document.querySelectorAll("#load-again")).toHaveLength(1);
    expect(notice()?.textContent).toContain("Manca un pezzo.");
  });

  it("shows nothing to who has left", () => {
    document.body.replaceChildren();
    offerReload(aWindow());
    expect(document.body.textContent).toBe("");
  });
});
