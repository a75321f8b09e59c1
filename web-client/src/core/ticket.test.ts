// The one thing that is ever stored: it dies by itself, is gone when it is over, and a browser may refuse to keep it.
import { describe, expect, it } from "vitest";
import { placeOf, TicketKeeper } from "./ticket";

class FakeStorage {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

const minutes = (count: number) => count * 60_000;

describe("TicketKeeper", () => {
  it("gives back what was kept, in a page that knows nothing else", () => {
    const storage = new FakeStorage();
    expect(
      new TicketKeeper(
        () => storage,
        () => 0,
      ).keep("ticket"),
    ).toBe(true);
    expect(
      new TicketKeeper(
        () => storage,
        () => minutes(4),
      ).find(),
    ).toBe("ticket");
  });

  it("keeps nothing when there is no ticket any more", () => {
    const storage = new FakeStorage();
    const keeper = new TicketKeeper(() => storage);
    keeper.keep("ticket");
    expect(keeper.keep("")).toBe(true);
    expect(storage.items.size).toBe(0);
    expect(keeper.find()).toBeNull();
  });

  it("lets it die after five minutes, and leaves nothing of it", () => {
    const storage = new FakeStorage();
    new TicketKeeper(
      () => storage,
      () => 0,
    ).keep("ticket");
    expect(
      new TicketKeeper(
        () => storage,
        () => minutes(5),
      ).find(),
    ).toBeNull();
    expect(storage.items.size).toBe(0);
  });

  it("does not trust one from the future: the clock was set back", () => {
    const storage = new FakeStorage();
    new TicketKeeper(
      () => storage,
      () => minutes(60),
    ).keep("ticket");
    expect(
      new TicketKeeper(
        () => storage,
        () => 0,
      ).find(),
    ).toBeNull();
  });

  it("counts from when the page is put away", () => {
    const storage = new FakeStorage();
    let now = 0;
    const keeper = new TicketKeeper(
      () => storage,
      () => now,
    );
    keeper.keep("ticket");
    now = minutes(20);
    keeper.keepFromNow();
    expect(
      new TicketKeeper(
        () => storage,
        () => minutes(22),
      ).find(),
    ).toBe("ticket");
  });

  it("keeps nothing when there is nothing, and forgets on being told", () => {
    const storage = new FakeStorage();
    const keeper = new TicketKeeper(
      () => storage,
      () => 0,
    );
    keeper.keepFromNow();
    expect(storage.items.size).toBe(0);
    keeper.keep("ticket");
    keeper.forget();
    keeper.keepFromNow();
    expect(storage.items.size).toBe(0);
  });

  it("says so when the browser keeps nothing, and goes on", () => {
    const refused = () => {
      throw new DOMException("denied", "SecurityError");
    };
    const keeper = new TicketKeeper(refused, () => 0);
    expect(keeper.keep("ticket")).toBe(false);
    expect(keeper.find()).toBeNull();
    keeper.forget();
  });
});

describe("placeOf", () => {
  const ticket = (entropy: number, last: number) => {
    const bytes = new Uint8Array(90).fill(7);
    bytes[0] = entropy;
    bytes[87] = last;
    const secret = btoa(String.fromCharCode(...bytes))
      .replaceAll("+", "-")
      .replaceAll("/", "_");
    return `https://example.org/back#1.${secret}`;
  };

  it("is the same for each ticket of a place, and empty for what is none", () => {
    expect(placeOf(ticket(1, 2))).toBe(placeOf(ticket(3, 4)));
    expect(placeOf(ticket(1, 2))).toHaveLength(42);
    expect(placeOf("1.short")).toBe("");
  });
});
