// Running a group: alarms before everything, each order as it is meant, nothing irreversible in one tap.
import { describe, expect, it } from "vitest";
import type { CoreEvent, InviteState } from "../../core/events";
import { draw, type } from "../../survivor/test-page";
import { GroupView } from "./group-view";
import { hostDid, type HostState } from "./state";
import { alarm, invite, knock, member, noHostActions, props, running, told } from "./test-host";

const group = (state: HostState, actions = noHostActions()) => draw(<GroupView {...props(state, actions)} />);
const press = (page: HTMLElement, text: string) => {
  const button = [...page.querySelectorAll("button")].find((it) => it.textContent?.trim().startsWith(text));
  expect(button, text).toBeDefined();
  button!.click();
};

describe("alarms", () => {
  it("stand before the rest, whichever part is shown, and one tap says that it was seen", () => {
    const actions = noHostActions();
    const page = group(hostDid(told(running(), alarm("Heron")), { did: "tab", tab: "people" }), actions);
    expect(page.querySelector("[role=alert] .host__alarm")?.textContent).toContain("Heron is not safe");
    const order = [...page.querySelector(".host")!.children].map((it) => it.className.split(" ")[0]);
    expect(order.indexOf("host__alarms")).toBeLessThan(order.indexOf("host__tabs"));
    press(page, "I have seen it");
    expect(actions.order).toHaveBeenCalledExactlyOnceWith(["seen", "Heron"]);
  });
});

describe("the waiting room", () => {
  it("says what is known of each, and lets in at the group's level by one tap", () => {
    const actions = noHostActions();
    const page = group(
      told(running(), knock("Maple", { returning: true, was_removed: true, known_as: "Ma" })),
      actions,
    );
    const text = page.querySelector(".waiting")!.textContent!;
    expect(text).toContain("Was taken out of this group before");
    expect(text).toContain("In your book as Ma");
    press(page, "Let in");
    expect(actions.order).toHaveBeenCalledExactlyOnceWith(["admit", "Maple", ""]);
  });

  it("offers to let in all of them only when there are several", () => {
    expect(group(told(running(), knock("Maple"))).textContent).not.toContain("Let in all");
    const actions = noHostActions();
    press(group(told(running(), knock("Maple"), knock("Otter")), actions), "Let in all");
    expect(actions.order).toHaveBeenCalledExactlyOnceWith(["admit", "*", ""]);
  });

  it("asks for the words to compare when one of them is opened", () => {
    const actions = noHostActions();
    press(group(told(running(), knock("Maple")), actions), "Talk and more");
    expect(actions.order).toHaveBeenCalledExactlyOnceWith(["agreed-word", "Maple"]);
  });

  it("refuses with kind words, in two steps", () => {
    const actions = noHostActions();
    let state = hostDid(told(running(), knock("Maple")), { did: "door", name: "Maple" });
    expect(group(state, actions).querySelector("#door-refusal")).toBeNull();
    state = hostDid(hostDid(state, { did: "refusing", refusing: true }), { did: "refusal", text: "Next week. " });
    group(state, actions)
      .querySelector(".waiting__refuse")!
      .dispatchEvent(new Event("submit", { cancelable: true, bubbles: true }));
    expect(actions.order).toHaveBeenCalledWith(["refuse", "Maple", "Next week."]);
  });

  it("offers staff who knock no level: levels bind no staff", () => {
    const state = told(running(), knock("Blessing", { role: "facilitator" }));
    const page = group(hostDid(state, { did: "door", name: "Blessing" }));
    expect(page.textContent).not.toContain("only reading");
    expect(page.querySelector(".waiting .role-mark")).not.toBeNull();
  });
});

describe("orders about a member", () => {
  const open = (actions = noHostActions(), level: "speaks" | "listens" = "speaks") => {
    const members = [member("Amara", "facilitator", { self: true }), member("Heron", "member", { level })];
    const state = hostDid(told(running(), { event: "roster", members }), { did: "person", name: "Heron" });
    return { page: group(state, actions), state, actions };
  };

  it("set a level for a time, and it can be taken back", () => {
    const { page, actions } = open();
    press(page, "5 minutes");
    expect(actions.order).toHaveBeenCalledExactlyOnceWith(["set-level", "Heron", "listens", 300], {
      what: "level",
      name: "Heron",
    });
  });

  it("let her write, whatever level she came in with, or as she came in", () => {
    expect(open().page.textContent).not.toContain("May write now");
    const { page, actions } = open(noHostActions(), "listens");
    press(page, "May write now");
    press(page, "As at the beginning");
    expect(actions.order).toHaveBeenNthCalledWith(1, ["set-level", "Heron", "speaks", 0], {
      what: "level",
      name: "Heron",
    });
    expect(actions.order).toHaveBeenNthCalledWith(2, ["lift", "Heron"], { what: "lift", name: "Heron" });
  });

  it("remove nobody without a question", () => {
    const { page, state, actions } = open();
    press(page, "Take out of the group");
    expect(actions.order).not.toHaveBeenCalled();
    press(group(hostDid(state, { did: "removing", removing: true }), actions), "Yes, take out");
    expect(actions.order).toHaveBeenCalledExactlyOnceWith(["remove", "Heron"]);
  });

  it("are not offered about oneself", () => {
    const names = [...group(running()).querySelectorAll(".person button")].map((it) => it.textContent);
    expect(names).toHaveLength(1);
    expect(names[0]).toContain("Heron");
  });
});

describe("what needs her", () => {
  it("shows held messages to her alone, with both answers", () => {
    const actions = noHostActions();
    const page = group(
      told(running(), { event: "held", from: "Heron", text: "may I?", number: 3, state: "waiting", own: false }),
      actions,
    );
    expect(page.querySelector(".host__talk")!.textContent).not.toContain("may I?");
    press(page, "Show it to the group");
    press(page, "Do not pass it on");
    expect(actions.order).toHaveBeenNthCalledWith(1, ["release", "Heron"]);
    expect(actions.order).toHaveBeenNthCalledWith(2, ["decline", "Heron"]);
  });

  it("counts on the tab what waits", () => {
    const state = told(
      running(),
      { event: "hands", names: ["Heron"] },
      { event: "note", from: "Heron", text: "a word", waiting: false },
    );
    const tabs = [...group(state).querySelectorAll(".host__tab")].map((it) => it.textContent);
    expect(tabs[2]).toContain("2");
  });
});

describe("invites", () => {
  const stands = (number: number, state: InviteState, names: string[], more: object = {}): CoreEvent => ({
    event: "invite_stands",
    number,
    state,
    names,
    for_staff: false,
    own: true,
    ...more,
  });
  const sheet = (actions = noHostActions()) =>
    group(
      hostDid(
        told(
          running(),
          ...[1, 2, 3, 4].map(invite),
          stands(2, "at_door", ["Maple"]),
          stands(3, "let_in", ["Otter"]),
          stands(4, "void", []),
          stands(5, "unused", [], { own: false, for_staff: true }),
        ),
        { did: "sheet", sheet: "invites" },
      ),
      actions,
    );
  const cards = (page: HTMLElement) => [...page.querySelectorAll<HTMLElement>(".invite-card")].reverse();

  it("each say how they stand", () => {
    const texts = cards(sheet()).map((card) => card.querySelector(".invite-card__stands")!.textContent);
    expect(texts).toEqual(["Not used yet", "At the door: Maple", "Let in: Otter", "Void", "Not used yet"]);
  });

  it("show what is needed to hand one over while nobody has used it, and print no others", () => {
    const page = sheet();
    expect(cards(page).map((card) => card.querySelector(".invite-card__picture") !== null)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(page.querySelectorAll(".slip")).toHaveLength(1);
    expect(cards(page)[4]!.textContent).toContain("Made by another facilitator");
  });

  it("are made void one by one, those that somebody could still come by", () => {
    const actions = noHostActions();
    const all = cards(sheet(actions));
    expect(all.map((card) => card.textContent!.includes("Make it void"))).toEqual([true, true, false, false, true]);
    press(all[1]!, "Make it void");
    expect(actions.order).toHaveBeenCalledExactlyOnceWith(["revoke-invite", 2]);
  });

  it("are made void all at once", () => {
    const actions = noHostActions();
    press(sheet(actions), "Make unused invites void");
    expect(actions.order).toHaveBeenCalledExactlyOnceWith(["revoke-invites"]);
  });
});

describe("sheets", () => {
  it("asks before it ends a group whose book is not saved", () => {
    const ending = hostDid(running(), { did: "sheet", sheet: "ending" });
    expect(group(ending).textContent).toContain("End the group now");
    const actions = noHostActions();
    const page = group(told(ending, { event: "book", file: "SEALED" }), actions);
    expect(page.textContent).toContain("is not saved");
    press(page, "Save the book");
    expect(actions.saveBook).toHaveBeenCalledOnce();
    expect(page.textContent).toContain("End without saving the book");
  });

  it("shows an invite as a link and as words, and opens no address but the one for practice", () => {
    const state = told(hostDid(running(), { did: "sheet", sheet: "invites" }), invite(1));
    const page = group(state);
    expect(page.querySelector(".invite-card__words")?.textContent).toBe("words of 1");
    expect(page.querySelector("a")).toBeNull();
    expect(group({ ...state, trial: true }).querySelector("a")?.rel).toBe("noopener noreferrer");
  });

  it("pins, and says so only when there is something to pin", () => {
    const actions = noHostActions();
    const page = group(hostDid(running(), { did: "sheet", sheet: "running" }), actions);
    const field = page.querySelector<HTMLTextAreaElement>("#running-pin")!;
    type(field, "Tonight: work");
    expect(actions.show).toHaveBeenCalledWith({ did: "pin", text: "Tonight: work" });
    expect([...page.querySelectorAll("button")].find((it) => it.textContent === "Pin it")!.disabled).toBe(true);
  });
});
