// One talk: opening, talking, over; and that nothing that was said is kept after its end.
import { describe, expect, it } from "vitest";
import type { CoreEvent } from "../core/events";
import { comesIn, inTalk, onDuty, says, talking } from "./test-desk";
import { hasLeft, newTalk, partnerOf, talkDid, talkHeard } from "./talk";

describe("Talk", () => {
  it("begins when whoever asked comes in", () => {
    let talk = newTalk(1, 8, null, "");
    talk = talkHeard(talk, { event: "state", state: "in_group" }, true);
    expect(talk).toMatchObject({ step: "opening", connected: true });
    talk = talkHeard(talk, comesIn("Heron"), true);
    expect(talk.step).toBe("talk");
    expect(partnerOf(talk)?.name).toBe("Heron");
  });

  // When a person ended the talk on her side, the counsellor's screen went on saying "Connected", and nothing else.
  it("says that whoever asked has left, but not while nothing is connected, and not before they came", () => {
    const alone: CoreEvent = {
      event: "roster",
      members: [{ name: "Celia", role: "counsellor", presence: "here", self: true, vouched: true }],
    };
    let talk = talkHeard(newTalk(1, 8, null, ""), { event: "state", state: "in_group" }, true);
    talk = talkHeard(talk, alone, true);
    expect(hasLeft(talk)).toBe(false);
    talk = talkHeard(talk, comesIn("Heron"), true);
    expect(hasLeft(talk)).toBe(false);
    talk = talkHeard(talk, alone, true);
    expect(hasLeft(talk)).toBe(true);
    expect(hasLeft(talkHeard(talk, { event: "state", state: "reconnecting" }, true))).toBe(false);
    expect(hasLeft(talkHeard(talk, { event: "state", state: "ended" }, true))).toBe(false);
  });

  it("keeps nothing of what was said when it is over, and says what was erased", () => {
    let state = inTalk(talking(onDuty(), 1), 1, says("Guest", "a secret"));
    state = inTalk(
      state,
      1,
      { event: "erasure", confirmed: 0, of: 1, final: false },
      { event: "state", state: "ended" },
      { event: "erasure", confirmed: 1, of: 1, final: true },
      says("Guest", "late"),
    );
    expect(state.talks[0]).toMatchObject({ step: "over", how: "ended", erasure: { confirmed: 1, of: 1 } });
    expect(JSON.stringify(state)).not.toMatch(/secret|late/);
  });

  it("gives back what could not be said", () => {
    let talk = talkDid(newTalk(1, 8, null, ""), { did: "wrote", what: { did: "said", text: "hm" } });
    talk = talkDid(talk, { did: "wrote", what: { did: "not-said", text: "hm", problem: { code: "composer_closed" } } });
    expect(talk.conversation).toMatchObject({ draft: "hm", sending: [], problem: { code: "composer_closed" } });
  });

  it("says why it could not end, and why nobody was asked", () => {
    const ending = talkDid(newTalk(1, 8, null, ""), { did: "ends" });
    expect(talkDid(ending, { did: "failed", problem: { code: "not_now" } })).toMatchObject({
      ending: false,
      problem: { code: "not_now" },
    });
    const looking = talkDid(ending, { did: "looks-for", name: "Dora" });
    expect(talkDid(looking, { did: "failed", problem: { code: "not_now" } }).handOver).toBeNull();
  });

  it("that ended hard says so after its end", () => {
    const hard = talkDid(newTalk(1, 8, null, ""), { did: "last-words", hard: true, text: "I end this." });
    expect(talkHeard(hard, { event: "state", state: "ended" }, true)).toMatchObject({ hard: true, lastWords: "" });
  });
});
