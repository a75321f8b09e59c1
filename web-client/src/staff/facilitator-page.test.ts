// What a facilitator does, carried in order to a core that answers as it is told to; and nothing once she is gone.
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import type { Command } from "../core/commands";
import { Confidential } from "../core/confidential";
import type { CoreEvent } from "../core/events";
import type { Problem } from "../core/messages";
import { startWith } from "./facilitator-page";
import type { Shell } from "./shell";
import { say } from "./test-words";

function open(answer: (command: Command) => Problem | null = () => null, invite: Confidential | null = null) {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const asked: Command[] = [];
  let listener: (channel: number, event: CoreEvent) => void = () => undefined;
  let forget = () => undefined as void;
  const shell: Shell = {
    account: { name: "Amara", role: "facilitator", lastDay: Date.now() / 1_000 + 1e6 },
    place,
    words: say,
    staffWords: say,
    ask: (_, command) => {
      asked.push(command);
      return Promise.resolve({ problem: answer(command), texts: [] });
    },
    hear: (it) => {
      listener = it;
      return () => (listener = () => undefined);
    },
    signOut: vi.fn(),
    onOver: (it) => (forget = it),
  };
  act(() => startWith(shell, invite));
  const button = (text: string) => {
    const found = [...place.querySelectorAll("button")].find((it) => it.textContent?.trim().startsWith(text));
    expect(found, text).toBeDefined();
    return found!;
  };
  return {
    place,
    asked,
    press: (text: string) => act(async () => button(text).click()),
    tell: (event: CoreEvent, channel = 0) => act(() => listener(channel, event)),
    type: (id: string, text: string) =>
      act(() => {
        const field = place.querySelector<HTMLInputElement>(`#${id}`)!;
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    submit: () =>
      act(async () => {
        place.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      }),
    forget: () => forget(),
  };
}

describe("FacilitatorPage", () => {
  it("opens a group by its plan, and shows it when the core is in it", async () => {
    const page = open();
    await page.press("Plan a group");
    page.type("plan-name", "Tuesday");
    await page.submit();
    expect(page.asked).toHaveLength(1);
    expect(JSON.parse((page.asked[0] as ["host", string])[1])).toMatchObject({ name: "Tuesday", newcomers: "speaks" });
    page.tell({ event: "state", state: "in_group" });
    expect(page.place.querySelector(".host")).not.toBeNull();
  });

  it("opens the book first, and no group if the book does not open", async () => {
    const page = open((command) => (command[0] === "open-book" ? { code: "book_damaged" } : null));
    await page.press("Plan a group");
    page.type("plan-name", "Tuesday");
    await act(async () => page.place.querySelectorAll<HTMLInputElement>("[name=plan-book]")[1]!.click());
    page.type("plan-book-passphrase", "kettle river orange");
    page.type("plan-book-again", "kettle river orange");
    await page.submit();
    expect(page.asked).toEqual([["open-book", "", "kettle river orange"]]);
    expect(page.place.textContent).toContain("This book is damaged");
  });

  it("takes the secret out of a pasted link, and words as words", async () => {
    const page = open();
    await page.press("Go into a colleague");
    page.type("join-link", " https://veranda.example/join#1.abc ");
    await page.submit();
    page.tell({ event: "error", code: "no_such_card", text: "" });
    page.type("join-link", "acid walnut river");
    await page.submit();
    expect(page.asked).toEqual([
      ["open-link", "1.abc"],
      ["open-words", "acid walnut river"],
    ]);
  });

  it("goes on with an invite that brought her here, and knocks as staff when she says so", async () => {
    const page = open(() => null, new Confidential("1.abc"));
    expect(page.asked).toEqual([["open-link", "1.abc"]]);
    page.tell({
      event: "invitation",
      group: "Tuesday",
      rules: "",
      language: "en",
      organisation: "Casa",
      facilitator: "Blessing",
    });
    await page.press("Ask to come in as Amara");
    expect(page.asked.at(-1)).toEqual(["knock-as-staff"]);
  });

  it("hears nothing of other channels, and nothing after she is gone", async () => {
    const page = open();
    page.tell({ event: "state", state: "in_group" }, 8);
    expect(page.place.querySelector(".host")).toBeNull();
    page.tell({ event: "state", state: "in_group" });
    page.forget();
    page.tell({ event: "message", from: "Heron", role: "member", text: "late", seq: 1, own: false });
    expect(page.place.textContent).not.toContain("late");
  });

  it("shows a problem in words, and keeps what she was writing", async () => {
    const page = open((command) => (command[0] === "talk" ? { code: "nobody_of_that_name" } : null));
    page.tell({ event: "state", state: "in_group" });
    page.tell({
      event: "knock",
      name: "Maple",
      role: "member",
      waiting: true,
      returning: false,
      was_removed: false,
      known_as: "",
    });
    await page.press("Talk and more");
    page.type("door-talk-Maple", "hello");
    await page.press("Send");
    expect(page.asked.at(-1)).toEqual(["talk", "Maple", "hello"]);
    expect(page.place.textContent).toContain("There is nobody of that name any more.");
    expect(page.place.querySelector<HTMLInputElement>("#door-talk-Maple")!.value).toBe("hello");
  });

  it("opens a practice group without asking for anything", async () => {
    const page = open();
    await page.press("Try it with yourself");
    await page.submit();
    expect(JSON.parse((page.asked[0] as ["host", string])[1]).name).toBe("Practice group");
  });
});
