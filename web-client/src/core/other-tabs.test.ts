// One place, two tabs: the second knows of the first, and the first can have its place back.
import { afterEach, describe, expect, it } from "vitest";
import { OtherTabs } from "./other-tabs";

const opened: OtherTabs[] = [];
const lines = new Set<FakeLine>();

class FakeLine {
  readonly #hears = new Set<(event: MessageEvent) => void>();
  constructor() {
    lines.add(this);
  }
  postMessage(data: unknown): void {
    for (const line of lines) if (line !== this) line.hear(data);
  }
  hear(data: unknown): void {
    queueMicrotask(() => this.#hears.forEach((hear) => hear({ data } as MessageEvent)));
  }
  addEventListener(_: string, hear: (event: MessageEvent) => void): void {
    this.#hears.add(hear);
  }
  removeEventListener(_: string, hear: (event: MessageEvent) => void): void {
    this.#hears.delete(hear);
  }
  close(): void {
    lines.delete(this);
  }
}

function tab(place: string, ticket: string): OtherTabs {
  const it = new OtherTabs(
    () => ({ place, ticket }),
    () => new FakeLine(),
  );
  opened.push(it);
  return it;
}

afterEach(() => opened.splice(0).forEach((it) => it.close()));

describe("OtherTabs", () => {
  it("finds a place that is open in another tab, and no other", async () => {
    tab("here", "ticket");
    expect(await tab("", "").isElsewhere("here")).toBe(true);
    expect(await tab("", "").isElsewhere("there")).toBe(false);
  });

  it("gets the newest ticket from the tab that has the place", async () => {
    tab("here", "newest");
    expect(await tab("", "").askForTicket("here")).toBe("newest");
    expect(await tab("", "").askForTicket("there")).toBeNull();
  });

  it("does without, where the browser has no such channel", async () => {
    const alone = new OtherTabs(
      () => ({ place: "here", ticket: "ticket" }),
      () => {
        throw new Error("no such thing");
      },
    );
    expect(await alone.isElsewhere("here")).toBe(false);
    alone.close();
  });
});
