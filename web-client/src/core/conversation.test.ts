// One conversation, event by event: signs, hiding, held messages, orders, what could not be sent.
import { describe, expect, it } from "vitest";
import { type Conversation, emptyConversation, heard, messageAt, wrote, sayCommand } from "./conversation";
import type { CoreEvent } from "./events";

const message = (seq: number, text: string, own = false, more = {}): CoreEvent => ({
  event: "message",
  from: own ? "Heron" : "Ana",
  role: "member",
  text,
  seq,
  own,
  ...more,
});
const after = (...events: CoreEvent[]) => events.reduce((before, event) => heard(before, event), emptyConversation());
const signs = (state: Conversation, seq: number) =>
  messageAt(state.lines, seq)!.reactions.map(({ from, sign }) => `${from}:${sign}`);
const reaction = (from: string, seq: number, sign: "hug" | "yes" | "none"): CoreEvent => ({
  event: "reaction",
  from,
  seq,
  sign,
  own: false,
});

describe("Conversation", () => {
  it("keeps one sign a person, and takes it away when it is taken back", () => {
    let state = after(message(3, "hi"), reaction("Maple", 3, "hug"), reaction("Ana", 3, "yes"));
    expect(signs(state, 3)).toEqual(["Maple:hug", "Ana:yes"]);
    state = heard(state, reaction("Maple", 3, "yes"));
    expect(signs(state, 3)).toEqual(["Ana:yes", "Maple:yes"]);
    expect(signs(heard(state, reaction("Ana", 3, "none")), 3)).toEqual(["Maple:yes"]);
  });

  it("passes over what points at nothing", () => {
    const state = after(message(3, "hi"));
    expect(heard(state, reaction("Maple", 4, "hug"))).toBe(state);
    expect(heard(state, { event: "hidden", author: "Ana", seq: 0, id: "", hidden: true })).toBe(state);
  });

  it("hides a message with its signs, and puts it back", () => {
    const hidden = after(message(3, "hi"), reaction("Maple", 3, "hug"), {
      event: "hidden",
      author: "Ana",
      seq: 3,
      id: "",
      hidden: true,
    });
    expect(messageAt(hidden.lines, 3)).toMatchObject({ hidden: true, reactions: [] });
    const back = heard(hidden, { event: "hidden", author: "Ana", seq: 3, id: "", hidden: false });
    expect(messageAt(back.lines, 3)).toMatchObject({ hidden: false, text: "hi" });
  });

  it("says that a held message lies with a facilitator, then shows it, or says that it was not passed on", () => {
    const held = (state: "waiting" | "shown" | "not_passed_on"): CoreEvent => ({
      event: "held",
      from: "Heron",
      text: "may I",
      number: 0,
      state,
      own: true,
    });
    const waiting = heard(wrote(emptyConversation(), { did: "said", text: "may I" }), held("waiting"));
    expect(waiting.sending).toMatchObject([{ text: "may I", held: true }]);
    const shown = [message(9, "may I", true, { through: "Ana" }), held("shown")].reduce(
      (before, event) => heard(before, event),
      waiting,
    );
    expect(shown.sending).toEqual([]);
    expect(shown.lines).toMatchObject([{ text: "may I", through: "Ana" }]);
    const declined = heard(waiting, held("not_passed_on"));
    expect(declined.sending).toEqual([]);
    expect(declined.lines).toMatchObject([{ kind: "notice", code: "not_passed_on", text: "may I" }]);
  });

  it("says what an order is to her, and nothing of what it is to others", () => {
    const order = { by: "Ana", name: "Maple", level: "listens", seconds: 60, flag: false } as const;
    const of = (more: object) =>
      after({ event: "order", kind: "set_level", self: false, ...order, ...more } as CoreEvent);
    expect(of({}).lines).toEqual([]);
    expect(of({ self: true }).lines).toMatchObject([{ kind: "order", code: "listens", by: "Ana" }]);
    expect(of({ self: true, kind: "lift" }).lines).toMatchObject([{ code: "speaks" }]);
    expect(of({ kind: "slow_mode" }).lines).toMatchObject([{ code: "slow_mode" }]);
    expect(of({ kind: "slow_mode", seconds: 0 }).lines).toMatchObject([{ code: "slow_mode_off" }]);
    expect(of({ kind: "remove" }).lines).toEqual([]);
  });

  it("gives back what could not be sent", () => {
    const said = wrote(emptyConversation(), { did: "said", text: "words" });
    const state = heard(said, { event: "notice", code: "not_sent", text: "words" });
    expect(state).toMatchObject({ draft: "words", sending: [], problem: { code: "not_sent" }, lines: [] });
  });

  it("keeps with a text that it may be hard to read, also when it comes back unsent", () => {
    const warns = wrote(emptyConversation(), { did: "warns", warns: true });
    expect(sayCommand(warns, "words")).toEqual(["say-warned", 0, "words"]);
    const held = { ...warns, composer: { open: true, why: "held" } }; // where she cannot take the mark back
    expect(sayCommand(held, "words")).toEqual(["say", "words"]);
    const said = wrote(warns, { did: "said", text: "words" });
    expect(sayCommand(said, "more")).toEqual(["say", "more"]); // it was of that one text
    const state = heard(said, { event: "notice", code: "not_sent", text: "words" });
    expect([state.draft, state.warns]).toEqual(["words", true]);
  });

  it("lets nothing point at what was said in a room before this one", () => {
    const state = after(message(3, "old"), { event: "notice", code: "room_remade", text: "" }, message(3, "new"));
    expect(messageAt(state.lines, 3)?.text).toBe("new");
    expect(signs(heard(state, reaction("Maple", 3, "hug")), 3)).toEqual(["Maple:hug"]);
    expect(state.lines[0]).toMatchObject({ text: "old", seq: 0, reactions: [] });
  });

  it("knows staff from her own words in the waiting room", () => {
    const state = after(
      { event: "talk", from: "Ana", text: "Hello", own: false, name: "Heron" },
      { event: "talk", from: "Heron", text: "Hi", own: true, name: "Heron" },
    );
    expect(state.lines).toMatchObject([{ role: "facilitator" }, { role: "member", own: true }]);
  });
});
