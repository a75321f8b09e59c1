// Leaving quickly: what is gone, in which order, and that nothing can hold it up.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { exitReady, leaveQuickly, nameExits, onExit } from "./leave-quickly";

type Browser = Window & typeof globalThis;

const replace = vi.fn();
const asked = vi.fn(() => Promise.resolve(new Response()));

// A window whose location and requests can be watched; everything else is the test's own.
function aWindow(more: object = {}): Browser {
  return {
    document,
    location: { replace },
    addEventListener: window.addEventListener.bind(window),
    setTimeout: globalThis.setTimeout.bind(globalThis),
    clearTimeout: globalThis.clearTimeout.bind(globalThis),
    sessionStorage: window.sessionStorage,
    localStorage: window.localStorage,
    Request: class {
      get keepalive() {
        return true;
      }
    },
    fetch: asked,
    ...more,
  } as unknown as Browser;
}

const page = `
  <button id="leave-quickly" data-leave>Leave quickly</button>
  <div id="page">a message</div>
  <a id="leave-quickly-too" href="about:blank" data-leave>Leave quickly</a>
  <p id="leave-quickly-status"></p>`;

describe("leaveQuickly", () => {
  beforeEach(() => {
    vi.clearAllMocks();
    document.head.innerHTML = '<title>Page</title><meta name="veranda-away" content="about:blank">';
    document.body.innerHTML = page;
  });
  afterEach(() => {
    document.documentElement.className = "";
    vi.useRealTimers();
  });

  it("leaves nothing to be read and takes the page's place in the history", () => {
    leaveQuickly(aWindow());
    expect(document.body.textContent).toBe("");
    expect(document.title.trim()).toBe("");
    expect(replace).toHaveBeenCalledExactlyOnceWith("about:blank");
  });

  it("goes where the organisation says, and nowhere that is no other site", () => {
    const meta = () => document.querySelector("meta")!;
    meta().content = "https://weather.example/";
    leaveQuickly(aWindow());
    expect(replace).toHaveBeenLastCalledWith("https://weather.example/");
    for (const bad of ["javascript:alert(1)", "/join", "http://weather.example/", ""]) {
      meta().content = bad;
      leaveQuickly(aWindow());
      expect(replace).toHaveBeenLastCalledWith("about:blank");
    }
  });

  it("blanks before it forgets, and leaves even when forgetting fails", () => {
    let seen = "not asked";
    onExit(() => {
      seen = document.body.textContent ?? "";
      throw new Error("a bug");
    });
    leaveQuickly(aWindow());
    expect(seen).toBe("");
    expect(replace).toHaveBeenCalledOnce();
  });

  it("clears what the page keeps, and has the browser clear the rest, without waiting", () => {
    window.sessionStorage.setItem("ticket", "x");
    window.localStorage.setItem("other", "x");
    leaveQuickly(aWindow());
    expect(window.sessionStorage.length + window.localStorage.length).toBe(0);
    expect(asked).toHaveBeenCalledExactlyOnceWith("/clear", { method: "POST", keepalive: true });
    expect(replace).toHaveBeenCalledOnce();
  });

  it("deletes every database, whatever its name", async () => {
    const deleteDatabase = vi.fn();
    const databases = () => Promise.resolve([{ name: "a", version: 1 }, { name: "b" }, {}]);
    leaveQuickly(aWindow({ indexedDB: { databases, deleteDatabase } }));
    await vi.waitFor(() => expect(deleteDatabase.mock.calls).toEqual([["a"], ["b"]]));
  });

  it("leaves where every storage is refused and nothing can be sent", () => {
    const refuse = () => {
      throw new DOMException("refused", "SecurityError");
    };
    const storage = { get: refuse };
    const refusing = aWindow({ fetch: refuse });
    for (const name of ["sessionStorage", "localStorage", "indexedDB", "caches", "navigator"])
      Object.defineProperty(refusing, name, storage);
    leaveQuickly(refusing);
    expect(document.body.textContent).toBe("");
    expect(replace).toHaveBeenCalledOnce();
  });

  it("sends a beacon where a request would not outlive the page", () => {
    const sendBeacon = vi.fn();
    leaveQuickly(aWindow({ Request: class {}, navigator: { sendBeacon } }));
    expect(sendBeacon).toHaveBeenCalledExactlyOnceWith("/clear");
    expect(asked).not.toHaveBeenCalled();
  });
});

describe("exitReady", () => {
  beforeEach(() => {
    vi.clearAllMocks();
    document.head.innerHTML = '<title>Page</title><meta name="veranda-away" content="https://weather.example/">';
    document.body.innerHTML = page;
  });
  afterEach(() => {
    document.documentElement.className = "";
    vi.useRealTimers();
  });
  const button = () => document.getElementById("leave-quickly");
  const press = (key: string) => document.dispatchEvent(new KeyboardEvent("keydown", { key }));
  const touch = (type: string, ...ids: number[]) => {
    const event = new Event(type);
    const changedTouches = ids.map((identifier) => ({ identifier, clientX: 100 * identifier, clientY: 300 }));
    document.dispatchEvent(Object.assign(event, { changedTouches }));
  };
  // Each listens on the test's one document: so all that is asked is once a window, at least.
  const leaves = (act: () => void) => {
    replace.mockClear();
    act();
    return replace.mock.calls.length > 0;
  };

  it("works from the button, whatever in it was pressed, and from the link at the end", () => {
    exitReady(aWindow());
    expect(document.querySelector("a")!.getAttribute("href")).toBe("https://weather.example/");
    expect(leaves(() => document.querySelector("a")!.click())).toBe(true);
    document.body.innerHTML = '<button id="leave-quickly" data-leave><span>Leave</span></button>';
    expect(leaves(() => document.querySelector("span")!.click())).toBe(true);
    document.body.innerHTML = "<button>Something else</button>";
    expect(leaves(() => document.querySelector("button")!.click())).toBe(false);
  });

  it("works from three presses of Shift, and not from two; dots and a word say how far she is", () => {
    vi.useFakeTimers();
    exitReady(aWindow());
    nameExits(document, "Leave quickly", ["Once more.", "Two more."]);
    expect(leaves(() => press("Shift"))).toBe(false);
    expect(button()?.dataset["presses"]).toBe("1");
    expect(document.getElementById("leave-quickly-status")?.textContent).toBe("Two more.");
    expect(leaves(() => press("Shift"))).toBe(false);
    expect(button()?.dataset["presses"]).toBe("2");
    expect(document.getElementById("leave-quickly-status")?.textContent).toBe("Once more.");
    vi.advanceTimersByTime(5_000);
    expect(button()?.dataset["presses"]).toBeUndefined();
    expect(document.getElementById("leave-quickly-status")?.textContent).toBe("");
    for (let i = 0; i < 2; ++i) expect(leaves(() => press("a"))).toBe(false);
    press("Shift");
    press("Shift");
    expect(leaves(() => press("Shift"))).toBe(true);
    expect(document.body.textContent).toBe("");
  });

  it("works from three taps with two fingers, and not from two", () => {
    exitReady(aWindow());
    const tap = () => {
      touch("touchstart", 1);
      touch("touchstart", 2);
      touch("touchend", 1, 2);
    };
    expect(leaves(tap)).toBe(false);
    expect(button()?.dataset["presses"]).toBe("1");
    expect(leaves(tap)).toBe(false);
    expect(leaves(tap)).toBe(true);
  });

  it("leaves every tab of hers, and each is told once", () => {
    const channels: FakeChannel[] = [];
    class FakeChannel {
      onmessage: (() => void) | null = null;
      constructor() {
        channels.push(this);
      }
      postMessage = () => channels.filter((it) => it !== this).forEach((it) => it.onmessage?.());
    }
    const [here, there] = [vi.fn(), vi.fn()];
    const tab = (to: () => void) => aWindow({ BroadcastChannel: FakeChannel, location: { replace: to } });
    const [one, other] = [tab(here), tab(there)];
    exitReady(one);
    exitReady(other);
    leaveQuickly(one);
    expect(here).toHaveBeenCalledOnce();
    expect(there).toHaveBeenCalledOnce();
    expect(channels).toHaveLength(2); // who was told tells nobody
  });

  it("is covered while it is out of sight, and when the browser may keep it", () => {
    exitReady(aWindow());
    const covered = () => document.documentElement.classList.contains("covered");
    const state = vi.spyOn(document, "visibilityState", "get");
    state.mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(covered()).toBe(true);
    state.mockReturnValue("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(covered()).toBe(false);
    state.mockRestore();
    window.dispatchEvent(new Event("pagehide"));
    expect(covered()).toBe(true);
  });

  it("shows nothing when Back brings the page as it was, and goes away again", () => {
    exitReady(aWindow());
    expect(leaves(() => window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false })))).toBe(false);
    expect(leaves(() => window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true })))).toBe(true);
    expect(document.body.textContent).toBe("");
  });
});
