// What an address may carry, and that nothing of it stays where a glance or a history could find it.
import { describe, expect, it, vi } from "vitest";
import { takeFragment } from "./fragment";

const place = (hash: string, pathname = "/join") => ({
  location: { hash, pathname },
  history: { replaceState: vi.fn() },
});

describe("takeFragment", () => {
  it("leaves the bare path in the address, whatever stood there", () => {
    const it = place("#1.secret");
    takeFragment(it);
    expect(it.history.replaceState).toHaveBeenCalledExactlyOnceWith(null, "", "/join");
  });

  it("gives the fragment without its '#'", () => {
    expect(takeFragment(place("#1.secret"))?.reveal()).toBe("1.secret");
  });

  it.each(["#%231.secret", "##1.secret", "#1.secret).", "#1.secret%20", "#1.secret»", "#1.secret%0A"])(
    "finds it in what a messenger made of it: %s",
    (hash) => expect(takeFragment(place(hash))?.reveal()).toBe("1.secret"),
  );

  it("leaves alone what may belong to it", () => {
    expect(takeFragment(place("#1.se-cr_et-"))?.reveal()).toBe("1.se-cr_et-");
  });

  it("says when there is none", () => {
    expect(takeFragment(place(""))).toBeNull();
    expect(takeFragment(place("#"))).toBeNull();
  });

  it("gives a value that does not print", () => {
    const fragment = takeFragment(place("#1.secret"));
    expect(`${fragment}`).toBe("[confidential]");
    expect(JSON.stringify({ fragment })).not.toContain("secret");
  });
});
