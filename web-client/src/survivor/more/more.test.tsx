// What else she can do: from where it is offered, and that each thing says truthfully how far it has come.
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { firstState, type PageState, type Sheet } from "../../core/state";
import { draw, moreWords, noActions } from "../test-page";
import { More } from "./more";
import { ownText } from "./own-text";

const state = (sheet: Sheet, more: Partial<PageState> = {}): PageState => ({
  ...firstState("link", []),
  step: "group",
  sheet,
  ...more,
});
const show = (sheet: Sheet, more: Partial<PageState> = {}, actions = noActions()) =>
  draw(<More state={state(sheet, more)} words={moreWords} actions={actions} />);
const names = (page: HTMLElement) => [...page.querySelectorAll(".more strong")].map((it) => it.textContent);
const button = (page: HTMLElement, text: string) =>
  [...page.querySelectorAll<HTMLButtonElement>("button")].find((it) => it.textContent?.includes(text))!;

describe("More", () => {
  it("offers everything in the group, and in the waiting room what works there", () => {
    expect(names(show("menu"))).toEqual([
      "Raise my hand",
      "Write to the facilitator alone",
      "I need a break",
      "Talk to someone alone",
      "I am not safe",
      "Words to come back with",
      "Remember me on this phone",
      "Something is wrong here",
    ]);
    expect(names(show("menu", { step: "waiting" }))).toEqual([
      "Talk to someone alone",
      "I am not safe",
      "Something is wrong here",
    ]);
  });

  it("closes by its button and by Escape", () => {
    const actions = noActions();
    const page = show("menu", {}, actions);
    button(page, "Close").click();
    page.querySelector(".sheet")!.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(actions.showSheet.mock.calls).toEqual([[null], [null]]);
  });

  it("takes her hand down when it is up", () => {
    const actions = noActions();
    button(show("menu", { lane: { handUp: true, progress: {} } }, actions), "Take my hand down").click();
    expect(actions.raiseHand).toHaveBeenCalledExactlyOnceWith(false);
  });

  it("sends a note that has words, and none that is too long", () => {
    const actions = noActions();
    const submit = (page: HTMLElement) =>
      page.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    submit(show("note", { note: " I am lost " }, actions));
    submit(show("note", { note: "  " }, actions));
    submit(show("note", { note: "é".repeat(601) }, actions));
    expect(actions.sendNote).toHaveBeenCalledExactlyOnceWith("I am lost");
  });

  it.each([
    ["sent", "", "On its way."],
    ["at_server", "", "It waits for a facilitator."],
    ["seen", "Ana", "Ana has it."],
    ["seen", "", "Someone from the team has it."],
    ["nobody", "", "Nobody has it yet."],
  ] as const)("says how far a note has come: %s", (how, by, text) => {
    const page = show("note", { lane: { handUp: false, progress: { private_note: { state: how, by } } } });
    expect(page.querySelector(".lane-progress")?.textContent).toContain(text);
  });

  it("shows return words only when she has asked for them", () => {
    const actions = noActions();
    const before = show("words", {}, actions);
    expect(before.querySelector(".twelve-words")).toBeNull();
    button(before, "Show me my words").click();
    expect(actions.askForWords).toHaveBeenCalledOnce();
    const page = show("words", { returnWords: "lantern river apple" }, actions);
    expect([...page.querySelectorAll(".twelve-words li")].map((it) => it.textContent)).toEqual([
      "lantern",
      "river",
      "apple",
    ]);
    button(page, "Someone else has seen them").click();
    expect(actions.wordsSeen).toHaveBeenCalledOnce();
  });

  it("covers what is said when she needs a break, and tells nobody by itself", () => {
    const actions = noActions();
    const page = show("break", {}, actions);
    expect(page.textContent).toContain("Nobody is told.");
    expect(actions.sendNote).not.toHaveBeenCalled();
    act(() => button(page, "Tell the facilitator").click());
    expect(actions.sendNote).toHaveBeenCalledExactlyOnceWith("I need a break. I am still here.");
    button(page, "I am back").click();
    expect(actions.showSheet).toHaveBeenCalledWith(null);
  });

  it("has a way on for whoever something is about", () => {
    const actions = noActions();
    const page = show("report", {}, actions);
    button(page, "about someone in the group").click();
    expect(actions.showSheet).toHaveBeenCalledWith("note");
    button(page, "about a facilitator").click();
    expect(actions.showAlone).toHaveBeenCalledWith(true);
  });
});

describe("what the organisation says to whoever is not safe", () => {
  const texts = [
    { language: "en", text: "In danger, call 112.\nOur line: +39 06 123-456, at night too." },
    { language: "it-IT", text: "Chiama il 112." },
  ];
  const own = (page: HTMLElement) => page.querySelector<HTMLElement>(".own-text");

  it("is not there when it says nothing", () => {
    expect(own(show("not-safe"))).toBeNull();
  });

  it("stands there whole, with numbers that can be tapped", () => {
    const page = show("not-safe", { notSafeTexts: texts });
    expect(own(page)!.textContent).toBe(texts[0]!.text);
    expect(own(page)!.lang).toBe("en");
    expect([...own(page)!.querySelectorAll("a")].map((link) => link.href)).toEqual(["tel:112", "tel:+3906123456"]);
    expect(page.textContent).toContain("What else you can do");
  });

  it("is in her language, or else in the first", () => {
    expect(ownText(texts, "it")).toBe(texts[1]);
    expect(ownText(texts, "en")).toBe(texts[0]);
    expect(ownText(texts, "ar")).toBe(texts[0]);
    expect(ownText([], "ar")).toBeNull();
  });
});

describe("I am not safe", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const press = (page: HTMLElement, type: string) =>
    act(
      () => void page.querySelector(".hold__button")!.dispatchEvent(new MouseEvent(type, { button: 0, bubbles: true })),
    );

  it("goes out when it was held, and not before", () => {
    const actions = noActions();
    const page = show("not-safe", {}, actions);
    press(page, "pointerdown");
    act(() => void vi.advanceTimersByTime(1_100));
    expect(actions.notSafe).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(200));
    expect(actions.notSafe).toHaveBeenCalledExactlyOnceWith("");
    press(page, "pointerup");
    press(page, "click");
    expect(page.textContent).not.toContain("Tell the team that you are not safe?");
  });

  it("needs no holding: a tap or a key asks, and her yes sends it", () => {
    const actions = noActions();
    const page = show("not-safe", {}, actions);
    press(page, "pointerdown");
    act(() => void vi.advanceTimersByTime(200));
    press(page, "pointerup");
    press(page, "click");
    act(() => void vi.advanceTimersByTime(5_000));
    expect(actions.notSafe).not.toHaveBeenCalled();
    act(() => button(page, "Yes, tell them").click());
    expect(actions.notSafe).toHaveBeenCalledExactlyOnceWith("");
  });

  it("is not sent again by the same sheet, which then takes further words", () => {
    const actions = noActions();
    const lane = { handUp: false, progress: { not_safe: { state: "nobody", by: "" } } } as const;
    const page = show("not-safe", { lane, note: "behind the shop" }, actions);
    expect(page.querySelector(".hold__button")).toBeNull();
    expect(page.textContent).toContain("Nobody has seen it yet.");
    page.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(actions.notSafe).toHaveBeenCalledExactlyOnceWith("behind the shop");
  });
});
