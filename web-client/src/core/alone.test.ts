// "Talk to someone alone", event by event: what she is told, and what is gone when it is over.
import { describe, expect, it } from "vitest";
import { type Alone, aloneDid, aloneHeard, firstAlone, isAsking } from "./alone";
import type { CoreEvent } from "./events";

const desk = (state: string, more = {}) =>
  ({ event: "desk", state, counsellors: 0, can_leave: false, name: "", words: "", ...more }) as CoreEvent;
const phase = (state: string) => ({ event: "state", state }) as CoreEvent;
const after = (state: Alone, ...events: CoreEvent[]) =>
  events.reduce((before, event) => aloneHeard(before, event), state);
const asked = () =>
  aloneDid(
    aloneDid(firstAlone("en"), { did: "fill", with: { note: "about papers", name: "Guest", urgency: "soon" } }),
    { did: "asked" },
  );
const talking = () =>
  after(asked(), desk("claimed"), desk("counsellor", { name: "Grace" }), phase("in_group"), {
    event: "roster",
    members: [],
  });
const says = (text: string, own = false): CoreEvent => ({
  event: "message",
  from: own ? "Guest" : "Grace",
  role: own ? "member" : "counsellor",
  text,
  seq: 1,
  own,
});

describe("Alone", () => {
  it("follows the desk step by step, and claims no more than is known", () => {
    let state = after(asked(), desk("looking"));
    expect(state).toMatchObject({ step: "wait", desk: "looking", asking: false });
    state = after(state, desk("nobody", { can_leave: true }));
    expect(state).toMatchObject({ step: "wait", canLeave: true });
    state = after(state, desk("waiting", { counsellors: 2 }));
    expect(state).toMatchObject({ desk: "waiting", readers: 2, canLeave: false });
    expect(isAsking(state)).toBe(true);
  });

  it("becomes a talk, and then holds what she asked with no longer", () => {
    const state = talking();
    expect(state).toMatchObject({ step: "talk", connected: true, counsellor: "Grace" });
    expect(JSON.stringify(state)).not.toContain("papers");
  });

  it("counts what was said while she looked elsewhere, and not her own", () => {
    let state = after(talking(), says("hello"), says("mine", true));
    expect(state.unread).toBe(1);
    state = aloneDid(state, { did: "show", shown: true });
    expect(state.unread).toBe(0);
    expect(after(state, says("there?")).unread).toBe(0);
  });

  it("goes back to waiting when the talk breaks off", () => {
    expect(after(talking(), desk("broken_off"))).toMatchObject({ step: "wait", desk: "broken_off" });
  });

  it.each(["ended", "left", "removed", "refused"] as const)("forgets what was said when it is over: %s", (how) => {
    const state = after(talking(), says("a secret"), phase(how));
    expect(state).toMatchObject({ step: "over", how });
    expect(JSON.stringify(state)).not.toContain("secret");
  });

  it("begins again when she takes back what she asked", () => {
    const state = after(asked(), desk("waiting"), phase("left"));
    expect(state).toMatchObject({ step: "ask", note: "", name: "Guest" });
  });

  it("keeps the words of a request that was left until she has taken them", () => {
    const state = after(asked(), desk("left", { words: "twelve words" }), phase("left"));
    expect(state).toMatchObject({ step: "left", words: "twelve words", note: "" });
    expect(aloneDid(state, { did: "go", step: "ask" }).words).toBe("");
  });

  it("shows an answer, whatever is said after it", () => {
    const answer = {
      event: "answer",
      state: "answered",
      name: "Grace",
      text: "Yes",
      asked_at: 1,
      answered_at: 2,
    } as const;
    const reading = aloneDid(firstAlone("en"), { did: "go", step: "read" });
    expect(after(reading, answer, phase("left"))).toMatchObject({ step: "answer", answer });
  });

  it("asks her before she is handed over", () => {
    const state = after(talking(), { event: "hand_over", state: "asked", name: "Irene", by: "Grace" });
    expect(state.handOver).toEqual({ name: "Irene", by: "Grace" });
    expect(aloneDid(state, { did: "agreed" }).handOver).toBeNull();
    expect(after(state, { event: "hand_over", state: "here", name: "Irene", by: "" })).toMatchObject({
      handOver: null,
      counsellor: "Irene",
    });
  });

  it("says that her request is gone, rather than that a talk ended", () => {
    const gone: CoreEvent = { event: "notice", code: "desk_request_gone", text: "" };
    expect(after(asked(), desk("claimed"), gone, phase("ended"))).toMatchObject({ step: "over", how: "gone" });
  });

  it("gives a problem back to the form that it is of", () => {
    const failed = aloneDid(asked(), { did: "failed", problem: { code: "desk_request_form" } });
    expect(failed).toMatchObject({ step: "ask", asking: false, note: "about papers" });
    expect(after(asked(), { event: "error", code: "not_loaded", text: "" }, phase("refused"))).toMatchObject({
      step: "ask",
      problem: { code: "not_loaded" },
    });
  });
});
