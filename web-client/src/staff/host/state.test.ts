// A facilitator's state as events fold into it: nothing that needs her is lost, and nothing that was said outlives the
// group.
import { describe, expect, it } from "vitest";
import type { CoreEvent, InviteState } from "../../core/events";
import { firstHost, hasUnsaved, hostDid, hostTold } from "./state";
import { alarm, invite, knock, running, told } from "./test-host";

const held = (number: number, state: "waiting" | "shown" | "not_passed_on"): CoreEvent => ({
  event: "held",
  from: "Heron",
  text: `held ${number}`,
  number,
  state,
  own: false,
});
const order = (kind: "set_level" | "lift" | "slow_mode" | "lock" | "remove", more: object = {}): CoreEvent => ({
  event: "order",
  kind,
  by: "Amara",
  name: "Heron",
  self: false,
  level: "listens",
  seconds: 0,
  flag: false,
  ...more,
});

describe("those who wait", () => {
  it("come in the order in which they knocked, and go when they are answered", () => {
    let state = told(running(), knock("Maple"), knock("Otter"), knock("Maple", { returning: true }));
    expect(state.knocks.map((it) => [it.name, it.returning])).toEqual([
      ["Maple", true],
      ["Otter", false],
    ]);
    state = hostDid(state, { did: "door", name: "Maple" });
    state = told(state, knock("Maple", { waiting: false }));
    expect(state.knocks.map((it) => it.name)).toEqual(["Otter"]);
    expect(state.door).toBe("");
  });

  it("keep what was said with them, their words, and what she is typing", () => {
    let state = told(
      running(),
      knock("Maple"),
      { event: "talk", from: "Maple", text: "hello", own: false, name: "Maple" },
      { event: "agreed_word", name: "Maple", words: "one two three four five" },
    );
    state = hostDid(state, { did: "door-draft", name: "Maple", text: "welc" });
    state = told(state, knock("Maple", { returning: true }));
    expect(state.knocks[0]).toMatchObject({ words: "one two three four five", draft: "welc" });
    expect(state.knocks[0]!.talk.map((line) => line.text)).toEqual(["hello"]);
  });
});

describe("what needs her", () => {
  it("keeps an alarm until one of the team has seen it, and no longer", () => {
    const state = told(running(), alarm("Heron"), alarm("Otter"));
    expect(state.alarms.map((it) => it.from)).toEqual(["Heron", "Otter"]);
    const seen = told(state, alarm("Heron", false));
    expect(seen.alarms.map((it) => it.from)).toEqual(["Otter"]);
    expect(seen.lately[0]).toMatchObject({ what: "seen", name: "Heron" });
    expect(told(seen, alarm("Heron", false)).alarms).toHaveLength(1);
  });

  it("keeps a held message until it is passed on or not", () => {
    const state = told(running(), held(1, "waiting"), held(2, "waiting"), held(1, "shown"));
    expect(state.held.map((it) => it.number)).toEqual([2]);
    expect(told(state, held(2, "not_passed_on")).held).toEqual([]);
  });

  it("takes hands as the core orders them", () => {
    expect(told(running(), { event: "hands", names: ["Otter", "Heron"] }).hands).toEqual(["Otter", "Heron"]);
  });

  it("says that the group is open elsewhere, and not just that she was refused", () => {
    const state = told(
      firstHost(),
      { event: "notice", code: "session_elsewhere", text: "English" },
      { event: "state", state: "refused" },
    );
    expect(state.over).toBe("session_elsewhere");
  });

  it("makes a warning of what only the team can act on, and a line of the rest", () => {
    const state = told(
      running(),
      { event: "notice", code: "invite_seen_twice", text: "English" },
      { event: "notice", code: "message_not_read", text: "English" },
    );
    expect(state.warnings.map((it) => it.code)).toEqual(["invite_seen_twice"]);
    expect(state.talk.lines).toHaveLength(1);
    expect(hostDid(state, { did: "warned", key: state.warnings[0]!.key }).warnings).toEqual([]);
  });

  // It stood among the messages, in English in every language, and told her to type a command of the terminal.
  it("warns of an invite whose five words were wrong three times", () => {
    const state = told(running(), { event: "notice", code: "agreed_word_wrong_thrice", text: "English" });
    expect(state.warnings.map((it) => it.code)).toEqual(["agreed_word_wrong_thrice"]);
    expect(state.talk.lines).toEqual([]);
  });

  it("offers to make the room anew, until she is back in", () => {
    const lost = told(running(), { event: "notice", code: "may_make_anew", text: "" });
    expect(lost.mayMakeAnew).toBe(true);
    expect(told(lost, { event: "state", state: "in_group" }).mayMakeAnew).toBe(false);
  });
});

describe("orders", () => {
  it("are noted as they were taken in, with whose they are", () => {
    const state = told(
      running(),
      order("set_level", { seconds: 300 }),
      order("lock", { flag: true }),
      order("slow_mode", { seconds: 30 }),
    );
    expect(state.lately.map((it) => it.what)).toEqual(["slow_mode", "lock", "listens"]);
    expect(state.locked).toBe(true);
    expect(state.slowSeconds).toBe(30);
    const after = told(state, order("lock"), order("slow_mode"));
    expect(after.locked).toBe(false);
    expect(after.lately.map((it) => it.what).slice(0, 2)).toEqual(["slow_mode_off", "unlock"]);
  });

  it("close what is open about somebody who was removed", () => {
    const state = hostDid(running(), { did: "person", name: "Heron" });
    expect(told(state, order("remove")).person).toBe("");
  });
});

describe("invites", () => {
  const stands = (number: number, state: InviteState, names: string[] = [], own = true): CoreEvent => ({
    event: "invite_stands",
    number,
    state,
    names,
    for_staff: false,
    own,
  });

  it("are each there once, in order, and say how they stand", () => {
    const made = told(hostDid(running(), { did: "inviting" }), invite(2), invite(1), invite(2));
    expect(made.inviting).toBe(false);
    expect(made.invites.map((it) => it.number)).toEqual([1, 2]);
    const state = told(made, stands(1, "at_door", ["Maple"]));
    expect(state.invites[0]).toMatchObject({ stands: "at_door", names: ["Maple"], link: "https://a/join#1" });
    expect(state.invites[1]).toMatchObject({ stands: "unused", names: [] });
  });

  for (const over of ["let_in", "void"] as const)
    it(`keep no link and no words once nobody can come by them: ${over}`, () => {
      const state = told(running(), invite(1), stands(1, over, ["Maple"]));
      expect(state.invites).toMatchObject([{ stands: over, link: "", words: "" }]);
    });

  it("of another facilitator are listed too, without what is needed to hand them over", () => {
    expect(told(running(), invite(1), stands(2, "unused", [], false)).invites[1]).toMatchObject({
      own: false,
      link: "",
    });
  });
});

describe("the end", () => {
  const full = () =>
    told(
      running(),
      { event: "message", from: "Heron", role: "member", text: "secret text", seq: 1, own: false },
      { event: "note", from: "Heron", text: "secret note", waiting: false },
      { event: "book", file: "SEALED" },
    );

  for (const phase of ["ended", "left", "removed"] as const)
    it(`forgets everything that was said, but not the sealed book: ${phase}`, () => {
      const state = told(full(), { event: "state", state: phase });
      expect(state.step).toBe("over");
      expect(state.over).toBe(phase);
      expect(JSON.stringify(state)).not.toContain("secret");
      expect(hasUnsaved(state)).toBe(true);
      expect(hasUnsaved(hostDid(state, { did: "saved-book" }))).toBe(false);
    });

  it("counts what is erased elsewhere afterwards, and takes in nothing else", () => {
    const ended = told(full(), { event: "state", state: "ended" });
    const state = told(
      ended,
      { event: "erasure", confirmed: 1, of: 2, final: false },
      { event: "message", from: "Heron", role: "member", text: "late", seq: 2, own: false },
      { event: "erasure", confirmed: 2, of: 2, final: true },
    );
    expect(state.erasure).toEqual({ confirmed: 2, of: 2, final: true });
    expect(state.talk.lines).toEqual([]);
  });

  it("says what a notice told of it, rather than the bare phase", () => {
    const state = told(running(), { event: "notice", code: "elsewhere", text: "" }, { event: "state", state: "left" });
    expect(state.over).toBe("elsewhere");
  });

  it("is no refusal before she has asked to come in: the link did not open", () => {
    const joining = hostDid(firstHost(), { did: "went-to", step: "join" });
    const state = told(
      joining,
      { event: "error", code: "no_such_card", text: "" },
      { event: "state", state: "refused" },
    );
    expect(state.step).toBe("join");
    expect(state.problem?.code).toBe("no_such_card");
  });
});

describe("the book", () => {
  it("is unsaved again whenever it changes", () => {
    const saved = hostDid(told(running(), { event: "book", file: "A" }), { did: "saved-book" });
    expect(hasUnsaved(saved)).toBe(false);
    expect(hasUnsaved(hostTold(saved, { event: "book", file: "B" }))).toBe(true);
  });

  it("keeps no passphrase once the group is open, nor when she goes elsewhere", () => {
    const plan = { bookPassphrase: "secret words", bookAgain: "secret words" };
    const typed = hostDid(hostDid(firstHost(), { did: "went-to", step: "plan" }), { did: "plan", change: plan });
    expect(JSON.stringify(told(typed, { event: "state", state: "in_group" }))).not.toContain("secret");
    expect(JSON.stringify(hostDid(typed, { did: "went-to", step: "home" }))).not.toContain("secret");
  });
});
