// The group: what is said and by whom, and when she may write.
import { describe, expect, it } from "vitest";
import type { RosterMember } from "../../core/events";
import { firstState, type Line, type PageState } from "../../core/state";
import { draw, noActions, type, words } from "../test-page";
import { GroupChatView } from "./group-chat";

const member = (name: string, role = "member", more: Partial<RosterMember> = {}): RosterMember => ({
  name,
  role,
  presence: "here",
  self: false,
  vouched: true,
  ...more,
});
const line = (from: string, text: string, role = "member", own = false): Line => ({
  kind: "message",
  key: text,
  from,
  role,
  text,
  own,
});
const group: PageState = {
  ...firstState(true, []),
  step: "group",
  phase: "in_group",
  invitation: { group: "Tuesday", rules: "", language: "en", organisation: "Casa", facilitator: "Ana" },
  roster: [
    member("Heron", "member", { self: true }),
    member("Ana", "facilitator"),
    member("Maple", "member", { presence: "away" }),
  ],
  composer: { open: true, why: "" },
};
const chat = (state: Partial<PageState>, actions = noActions()) =>
  draw(<GroupChatView state={{ ...group, ...state }} words={words} actions={actions} />);

describe("GroupChatView", () => {
  it("says the state of the connection in words", () => {
    expect(chat({}).querySelector(".group-chat__state")?.textContent).toBe("Connected");
    expect(chat({ phase: "reconnecting" }).querySelector(".group-chat__state")?.textContent).toContain("Trying again");
  });

  it("asks before it leaves, in the page and not in a dialog", () => {
    const actions = noActions();
    const page = chat({ leaving: true }, actions);
    expect(page.querySelector("dialog")).toBeNull();
    page.querySelector<HTMLButtonElement>(".leave-question button")!.click();
    expect(actions.leave).toHaveBeenCalledOnce();
  });
});

describe("MessageList", () => {
  it("shows a text as text: no element, no link", () => {
    const text = "<b>bold</b> https://example.org javascript:alert(1)";
    const shown = chat({ lines: [line("Maple", text)] }).querySelector(".message__text")!;
    expect(shown.textContent).toBe(text);
    expect(shown.children).toHaveLength(0);
    expect(shown.getAttribute("dir")).toBe("auto");
  });

  it("marks the facilitator by the role alone; a name cannot bring the mark", () => {
    const page = chat({ lines: [line("Ana", "welcome", "facilitator"), line("Ana Facilitator ✓", "trust me")] });
    const marks = [...page.querySelectorAll(".message")].map((it) => it.querySelector(".role-mark") !== null);
    expect(marks).toEqual([true, false]);
  });

  it("names a person once while she goes on", () => {
    const page = chat({ lines: [line("Maple", "a"), line("Maple", "b"), line("Heron", "c", "member", true)] });
    expect(page.querySelectorAll(".message__from")).toHaveLength(1);
  });

  it("shows a gap, and what is still being sent", () => {
    const page = chat({ lines: [{ kind: "gap", key: "g" }], sending: [{ key: "s", text: "on its way" }] });
    expect(page.textContent).toContain("Messages may be missing.");
    expect(page.querySelector("[data-sending]")?.textContent).toContain("Sending…");
  });

  it("has its own words for a notice it knows, and the core's for one it does not", () => {
    const notice = (code: string): Line => ({ kind: "notice", key: code, code, text: "plain English" });
    expect(chat({ lines: [notice("brand_new")] }).textContent).toContain("plain English");
    expect(chat({ lines: [notice("message_not_read")] }).textContent).toContain("One message could not be read.");
  });
});

describe("WhoIsHere", () => {
  it("lists staff first, says who is away, and never when", () => {
    const people = [...chat({}).querySelectorAll(".who-is-here li")].map((it) => it.textContent);
    expect(people[0]).toContain("Ana");
    expect(people[0]).toContain("Facilitator");
    expect(people[1]).toContain("(you)");
    expect(people[2]).toContain("away at the moment");
  });

  it("shows a person nobody vouches for", () => {
    const page = chat({ roster: [member("Who", "member", { vouched: false })] });
    expect(page.querySelector("strong")?.textContent).toBe("nobody vouches for this person");
  });
});

describe("Composer", () => {
  const send = (page: HTMLElement) =>
    page.querySelector(".composer")!.dispatchEvent(new Event("submit", { cancelable: true }));

  it("sends what she typed, without the space around it", () => {
    const actions = noActions();
    send(chat({ draft: " hello \n" }, actions));
    expect(actions.say).toHaveBeenCalledExactlyOnceWith("hello");
  });

  it("sends nothing when there is nothing", () => {
    const actions = noActions();
    send(chat({ draft: "  \n " }, actions));
    expect(actions.say).not.toHaveBeenCalled();
  });

  it("closes with the reason, and keeps what she typed", () => {
    const actions = noActions();
    const page = chat({ draft: "hello", composer: { open: false, why: "no_facilitator" } }, actions);
    send(page);
    expect(actions.say).not.toHaveBeenCalled();
    expect(page.querySelector(".composer__advice")?.textContent).toContain("The facilitator cannot be reached");
    expect(page.querySelector("textarea")!.value).toBe("hello");
  });

  it("says something for a reason it does not know", () => {
    const page = chat({ composer: { open: false, why: "brand_new" } });
    expect(page.querySelector(".composer__advice")?.textContent).toBe("You cannot write at the moment.");
  });

  it("does not send what is too long, counted in bytes", () => {
    const actions = noActions();
    send(chat({ draft: "ش".repeat(4_001) }, actions));
    expect(actions.say).not.toHaveBeenCalled();
  });

  it("points out a phone number before it is sent, and does not hinder", () => {
    const actions = noActions();
    const page = chat({ draft: "+39 333 123 4567" }, actions);
    expect(page.querySelector(".composer__advice")?.textContent).toContain("phone number");
    send(page);
    expect(actions.say).toHaveBeenCalledOnce();
  });

  it("tells each keystroke, and does not send on Enter while a word is being composed", () => {
    const actions = noActions();
    const page = chat({ draft: "ni" }, actions);
    const field = page.querySelector("textarea")!;
    type(field, "nih");
    expect(actions.draft).toHaveBeenCalledWith("nih");
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
    expect(actions.say).not.toHaveBeenCalled();
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    expect(actions.say).toHaveBeenCalledOnce();
  });
});
