// The group: what is said and by whom, and when she may write.
import { act } from "preact/test-utils";
import { describe, expect, it } from "vitest";
import type { RosterMember } from "../../core/events";
import { type Conversation, emptyConversation, type MessageLine } from "../../core/conversation";
import { firstState, type Line, type PageState } from "../../core/state";
import { draw, noActions, type, moreWords } from "../test-page";
import { GroupChatView } from "./group-chat";

const member = (name: string, role = "member", more: Partial<RosterMember> = {}): RosterMember => ({
  name,
  role,
  presence: "here",
  self: false,
  vouched: true,
  ...more,
});
const line = (from: string, text: string, role = "member", own = false, more: Partial<MessageLine> = {}): Line => ({
  kind: "message",
  key: text,
  seq: 7,
  from,
  role,
  text,
  own,
  replyTo: 0,
  through: "",
  warned: false,
  hidden: false,
  reactions: [],
  ...more,
});
const group: PageState = {
  ...firstState("link", []),
  step: "group",
  phase: "in_group",
  invitation: { group: "Tuesday", rules: "", language: "en", organisation: "Casa", facilitator: "Ana" },
  group: {
    ...emptyConversation(),
    roster: [
      member("Heron", "member", { self: true }),
      member("Ana", "facilitator"),
      member("Maple", "member", { presence: "away" }),
    ],
    composer: { open: true, why: "" },
  },
};
const chat = (said: Partial<Conversation>, actions = noActions(), state: Partial<PageState> = {}) =>
  draw(
    <GroupChatView
      state={{ ...group, ...state, group: { ...group.group, ...said } }}
      words={moreWords}
      actions={actions}
    />,
  );
const button = (page: HTMLElement, text: string) =>
  [...page.querySelectorAll<HTMLButtonElement>("button")].find((it) => it.textContent?.includes(text))!;

describe("GroupChatView", () => {
  it("says the state of the connection in words", () => {
    expect(chat({}).querySelector(".group-chat__state")?.textContent).toBe("Connected");
    expect(chat({}, noActions(), { phase: "reconnecting" }).querySelector(".group-chat__state")?.textContent).toContain(
      "Trying again",
    );
  });

  it("asks before it leaves, in the page and not in a dialog", () => {
    const actions = noActions();
    const page = chat({}, actions, { leaving: true });
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
    const page = chat({
      lines: [{ kind: "gap", key: "g" }],
      sending: [{ key: "s", text: "on its way", held: false, warned: false }],
    });
    expect(page.textContent).toContain("Messages may be missing.");
    expect(page.querySelector("[data-sending]")?.textContent).toContain("Sending…");
  });

  it("shows what may be hard to read closed, and opens and closes it", () => {
    const hard = line("Maple", "There was a fire.", "member", false, { warned: true });
    const page = chat({ lines: [hard, line("Ana", "I am here.", "facilitator", false, { seq: 8, replyTo: 7 })] });
    expect(page.textContent).toContain("This may be hard to read.");
    expect(page.textContent).not.toContain("fire"); // not in the answer's quotation either
    act(() => page.querySelector<HTMLButtonElement>(".message__more")!.click());
    expect(page.querySelector(".message-tools")?.textContent).not.toContain("Read");
    act(() => button(page, "Show it").click());
    expect(page.querySelector(".message__text")?.textContent).toBe("There was a fire.");
    act(() => button(page, "Close it again").click());
    expect(page.textContent).not.toContain("fire");
  });

  it("offers six signs, an answer, and to take back what is her own", () => {
    const actions = noActions();
    const page = chat({ lines: [line("Maple", "a"), line("Heron", "b", "member", true, { seq: 8 })] }, actions);
    const [theirs, hers] = [...page.querySelectorAll<HTMLButtonElement>(".message__more")];
    act(() => theirs!.click());
    expect([...page.querySelectorAll(".message-tools__signs button")].map((it) => it.textContent)).toEqual([
      "Love",
      "Thanks",
      "Hug",
      "Strength",
      "Sad",
      "Yes",
    ]);
    expect(page.textContent).not.toContain("Take it back");
    act(() => button(page, "Hug").click());
    expect(actions.react).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ seq: 7 }), "hug");
    expect(page.querySelector(".message-tools")).toBeNull();
    act(() => hers!.click());
    act(() => button(page, "Take it back").click());
    expect(actions.hide).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ seq: 8 }), true);
  });

  it("shows the signs of a message with how many, and from whom", () => {
    const reactions = [
      { from: "Ana", sign: "hug" as const, own: false },
      { from: "Heron", sign: "hug" as const, own: true },
    ];
    const page = chat({ lines: [line("Maple", "a", "member", false, { reactions })] });
    expect(page.querySelector(".reactions")?.textContent).toBe("2Hug: Ana, you");
  });

  it("keeps a message that was taken back off the screen", () => {
    const page = chat({ lines: [line("Maple", "not this", "member", false, { hidden: true })] });
    expect(page.textContent).not.toContain("not this");
    expect(page.textContent).toContain("taken back");
    expect(page.querySelector(".message__more")).toBeNull();
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

  it("takes what she says while there is no connection, and says when it goes out", () => {
    const actions = noActions();
    const page = chat({ draft: "hello", composer: { open: false, why: "reconnecting" } }, actions);
    expect(page.querySelector(".composer__advice")?.textContent).toContain("when the connection is back");
    send(page);
    expect(actions.say).toHaveBeenCalledExactlyOnceWith("hello");
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

  it("asks once more before a phone number is sent, and sends it if she means it", () => {
    const actions = noActions();
    const page = chat({ draft: "+39 333 123 4567" }, actions);
    act(() => void send(page));
    act(() => void send(page)); // a second Enter is no answer
    expect(actions.say).not.toHaveBeenCalled();
    expect(page.querySelector(".composer__doubt")?.textContent).toContain("phone number");
    button(page, "Send it anyway").click();
    expect(actions.say).toHaveBeenCalledExactlyOnceWith("+39 333 123 4567");
  });

  it("shows what she answers, and lets her change her mind", () => {
    const actions = noActions();
    const page = chat({ lines: [line("Maple", "Are you well?")], replyTo: 7 }, actions);
    expect(page.querySelector(".composer__answer")?.textContent).toContain("You answer Maple: Are you well?");
    button(page, "Do not answer").click();
    expect(actions.answers).toHaveBeenCalledExactlyOnceWith(0);
  });

  it("lets her say that her text may be hard to read, but not of one that a facilitator reads first", () => {
    const actions = noActions();
    const warns = (page: HTMLElement) => page.querySelector<HTMLButtonElement>(".composer__warning");
    expect(warns(chat({}))).toBeNull(); // there is nothing yet to say it of
    expect(warns(chat({ draft: "It hurt.", composer: { open: true, why: "held" } }))).toBeNull();
    const page = chat({ draft: "It hurt." }, actions);
    expect(warns(page)!.getAttribute("aria-pressed")).toBe("false");
    warns(page)!.click();
    expect(actions.warns).toHaveBeenCalledExactlyOnceWith(true);
    expect(warns(chat({ draft: "It hurt.", warns: true }))!.getAttribute("aria-pressed")).toBe("true");
  });

  it("says that a facilitator reads first", () => {
    const page = chat({ composer: { open: true, why: "held" } });
    expect(page.querySelector(".composer__advice")?.textContent).toContain("goes to the facilitator first");
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
