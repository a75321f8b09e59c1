// Leaving quickly: what is gone, in which order, and that nothing can hold it up.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { exitReady, leaveQuickly, onExit } from "./leave-quickly";

const replace = vi.fn();

// A window whose location can be watched; everything else is the test's own document.
function aWindow(): Window {
  return {
    document,
    location: { replace },
    addEventListener: window.addEventListener.bind(window),
  } as unknown as Window;
}

describe("leaveQuickly", () => {
  beforeEach(() => {
    replace.mockClear();
    document.head.innerHTML = '<title>Page</title><meta name="veranda-away" content="about:blank">';
    document.body.innerHTML = '<button id="leave-quickly">Leave quickly</button><div id="page">a message</div>';
  });
  afterEach(() => (document.documentElement.className = ""));

  it("leaves nothing to be read and takes the page's place in the history", () => {
    leaveQuickly(aWindow());
    expect(document.body.textContent).toBe("");
    expect(document.title.trim()).toBe("");
    expect(replace).toHaveBeenCalledExactlyOnceWith("about:blank");
  });

  it("goes where the organisation says", () => {
    document.querySelector("meta")!.content = "/weather";
    leaveQuickly(aWindow());
    expect(replace).toHaveBeenCalledWith("/weather");
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

  it("works from the button and from three presses of Shift, and not from two", () => {
    exitReady(aWindow());
    const press = (key: string) => document.dispatchEvent(new KeyboardEvent("keydown", { key }));
    press("Shift");
    press("Shift");
    expect(replace).not.toHaveBeenCalled();
    expect(document.getElementById("leave-quickly")?.dataset["presses"]).toBe("2");
    press("Shift");
    expect(replace).toHaveBeenCalledOnce();

    document.body.innerHTML = '<button id="leave-quickly"><span>Leave</span></button>';
    document.querySelector("span")!.click();
    expect(replace).toHaveBeenCalledTimes(2);
  });
});
