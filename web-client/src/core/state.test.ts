// The page's state as events fold into it: each event once, and what a screen may rely on afterwards.
import { describe, expect, it } from "vitest";
import type { Wrote } from "./conversation";
import type { CoreEvent } from "./events";
import { did, firstState, type PageState, told } from "./state";

const invitation: CoreEvent = {
  event: "invitation",
  group: "Tuesday",
  rules: "Be kind.",
  language: "en",
  organisation: "Casa",
  facilitator: "Ana",
};
const message = (text: string, own = false): CoreEvent => ({
  event: "message",
  from: own ? "Heron" : "Ana",
  role: own ? "member" : "facilitator",
  text,
  seq: 7,
  own,
});
const after = (state: PageState, ...events: CoreEvent[]) =>
  events.reduce((before, event) => told(before, event), state);
const say = (state: PageState, what: Wrote) => did(state, { did: "wrote", in: "group", what });
const inGroup = () =>
  after(
    firstState("link", ["Heron"]),
    invitation,
    { event: "state", state: "waiting" },
    { event: "state", state: "in_group" },
  );

describe("PageState", () => {
  it("begins with the explanation when there is a link, and with the words when there is none", () => {
    expect(firstState("link", []).step).toBe("welcome");
    expect(firstState("words", []).step).toBe("words");
  });

  it("goes to the rules when the invitation comes", () => {
    const state = after(did(firstState("link", []), { did: "asked" }), invitation);
    expect(state.step).toBe("rules");
    expect(state.asking).toBe(false);
    expect(state.invitation?.group).toBe("Tuesday");
  });

  it("does not go back to the rules when the invitation comes a second time", () => {
    const named = did(after(firstState("link", []), invitation), { did: "went-on", step: "name" });
    expect(after(named, invitation).step).toBe("name");
  });

  it("stays in the group on the screen while the core reconnects", () => {
    const state = after(inGroup(), message("hello"), { event: "state", state: "reconnecting" });
    expect(state.step).toBe("group");
    expect(state.phase).toBe("reconnecting");
    expect(state.group.lines).toHaveLength(1);
  });

  it("keeps the messages when it has to knock again", () => {
    const state = after(inGroup(), message("hello"), { event: "state", state: "waiting" });
    expect(state.step).toBe("group");
    expect(state.group.lines).toHaveLength(1);
  });

  it("shows what she said as sending until it is back, then once", () => {
    const said = say(inGroup(), { did: "said", text: "I am here" });
    expect(said.group.sending.map((line) => line.text)).toEqual(["I am here"]);
    expect(said.group.draft).toBe("");
    const back = after(said, message("I am here", true));
    expect(back.group.sending).toEqual([]);
    expect(back.group.lines).toHaveLength(1);
    expect(back.group.lines[0]!.key).toBe(said.group.sending[0]!.key);
  });

  it("does not take another's message of the same text for hers", () => {
    const state = after(say(inGroup(), { did: "said", text: "yes" }), message("yes"));
    expect(state.group.sending).toHaveLength(1);
    expect(state.group.lines).toHaveLength(1);
  });

  it("gives her text back when it could not be said, before what she typed since", () => {
    let state = say(inGroup(), { did: "said", text: "first" });
    state = say(state, { did: "draft", text: "second" });
    state = say(state, { did: "not-said", text: "first", problem: { code: "composer_closed" } });
    expect(state.group.draft).toBe("first\nsecond");
    expect(state.group.sending).toEqual([]);
    expect(state.group.problem?.code).toBe("composer_closed");
  });

  it("shows a gap where it is", () => {
    const state = after(inGroup(), message("a"), { event: "gap", from_seq: 8, to_seq: 9 }, message("b"));
    expect(state.group.lines.map((line) => line.kind)).toEqual(["message", "gap", "message"]);
  });

  for (const phase of ["left", "removed", "refused", "ended"] as const) {
    it(`forgets everything that was said when it is over: ${phase}`, () => {
      const state = after(say(inGroup(), { did: "draft", text: "secret draft" }), message("secret text"), {
        event: "state",
        state: phase,
      });
      expect(state.step).toBe("closed");
      expect(state.closed).toBe(phase);
      expect(JSON.stringify(state)).not.toContain("secret");
      expect(JSON.stringify(state)).not.toContain("Be kind");
    });
  }

  it("lets nothing that comes late change what she was told", () => {
    const removed = after(inGroup(), { event: "state", state: "removed" });
    expect(after(removed, message("late"), { event: "state", state: "reconnecting" })).toBe(removed);
  });

  it("lets her try again when the invite did not open: that is no refusal of her", () => {
    const state = after(
      did(firstState("link", []), { did: "asked" }),
      { event: "error", code: "no_such_card", text: "" },
      { event: "state", state: "refused" },
    );
    expect(state.step).toBe("welcome");
    expect(state.problem?.code).toBe("no_such_card");
    expect(state.closed).toBeNull();
  });

  it("goes back to the names when hers is taken", () => {
    const waiting = after(firstState("link", ["Heron"]), invitation, { event: "state", state: "waiting" });
    const state = after(
      waiting,
      { event: "state", state: "connected" },
      { event: "notice", code: "pseudonym_taken", text: "" },
    );
    expect(state.step).toBe("name");
    expect(state.problem?.code).toBe("pseudonym_taken");
    expect(state.closed).toBeNull();
  });

  it("says what a notice told of the end, rather than the bare phase", () => {
    const state = after(inGroup(), { event: "notice", code: "elsewhere", text: "" }, { event: "state", state: "left" });
    expect(state.closed).toBe("elsewhere");
  });

  it("ends a command's waiting when the core names a problem", () => {
    const state = after(did(firstState("link", []), { did: "asked" }), {
      event: "error",
      code: "no_such_card",
      text: "",
    });
    expect(state.asking).toBe(false);
    expect(state.problem?.code).toBe("no_such_card");
    expect(state.step).toBe("welcome");
  });
});

describe("PageState, beside the group", () => {
  const lane = (kind: "not_safe" | "private_note", state: "sent" | "seen"): CoreEvent => ({
    event: "lane",
    kind,
    state,
    by: "Ana",
  });

  it("keeps what is said at the door out of the group", () => {
    const waiting = after(firstState("link", []), invitation, { event: "state", state: "waiting" });
    const talked = after(waiting, { event: "talk", from: "Ana", text: "one moment", own: false, name: "Heron" });
    expect(talked.door.lines).toHaveLength(1);
    expect(talked.door.composer.open).toBe(true);
    const inside = after(talked, { event: "state", state: "in_group" });
    expect(JSON.stringify(inside)).not.toContain("one moment");
  });

  it("goes from words without a group's name to her name at once", () => {
    const state = after(firstState("words", []), { ...invitation, group: "", rules: "" } as CoreEvent);
    expect(state.step).toBe("name");
  });

  it("comes back by a ticket without a step between", () => {
    const back = firstState("ticket", []);
    expect(back.step).toBe("returning");
    expect(after(back, { event: "state", state: "in_group" }).step).toBe("group");
    expect(after(back, { event: "state", state: "waiting" }).step).toBe("waiting");
    expect(after(back, { event: "state", state: "refused" }).closed).toBe("no_way_back");
  });

  it("says how far each thing has come that she told the team", () => {
    const state = after(inGroup(), lane("not_safe", "sent"), lane("private_note", "sent"), lane("not_safe", "seen"));
    expect(state.lane.progress.not_safe).toEqual({ state: "seen", by: "Ana" });
    expect(did(state, { did: "lane", kind: "private_note" }).lane.progress.private_note).toBeUndefined();
  });

  it("takes last words, the next date and her own words along to the end, and nothing else", () => {
    const state = after(
      inGroup(),
      message("secret text"),
      { event: "return_words", words: "twelve words" },
      { event: "closing", text: "Get home well.", from: "Ana", next_session: 5 },
      { event: "state", state: "ended" },
    );
    expect(state.closing).toEqual({ text: "Get home well.", from: "Ana", nextSession: 5 });
    expect(state.returnWords).toBe("twelve words");
    expect(JSON.stringify(did(state, { did: "start-again", names: [] }))).not.toContain("twelve words");
  });

  it("shows a facilitator's words with her no", () => {
    const waiting = after(firstState("link", []), invitation, { event: "state", state: "waiting" });
    const state = after(
      waiting,
      { event: "notice", code: "knock_refused", text: "Thursday has room." },
      { event: "state", state: "refused" },
    );
    expect(state).toMatchObject({ closed: "refused", refusal: "Thursday has room." });
  });

  it("lets a talk alone outlive the group", () => {
    const asking = after(inGroup());
    const alone = told(asking, { event: "state", state: "in_group" }, 1);
    const ended = told(alone, { event: "state", state: "ended" });
    expect(ended.closed).toBe("ended");
    expect(ended.alone.step).toBe("talk");
    const later = told(ended, message("still here"), 1);
    expect(later.alone.talk.lines).toHaveLength(1);
  });

  it("shows a problem where she is: in the sheet if one is open, else where she writes", () => {
    const failed = { did: "failed", problem: { code: "no_such_message" } } as const;
    expect(did(inGroup(), failed).group.problem?.code).toBe("no_such_message");
    const open = did(inGroup(), { did: "show-sheet", sheet: "note" });
    expect(did(open, failed)).toMatchObject({ problem: failed.problem, group: { problem: null } });
  });
});
