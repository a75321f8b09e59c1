// What stands on a counsellor's screen: the queue, who took what, several talks, and what has become of each.
import { describe, expect, it } from "vitest";
import type { CoreEvent } from "../core/events";
import { atOnceMax, deskDid, hasAtOnce, isPaused } from "./desk";
import { atDesk, channelOf, gone, inTalk, nowMs, onDuty, opened, request, says, talking } from "./test-desk";
import { inOrder, waitedMinutes } from "./queue";

const take = (number: number) => ({ did: "takes", number }) as const;

describe("the queue", () => {
  it("has the most urgent first, and of these whoever waits longest", () => {
    const state = onDuty(
      request(1),
      request(2, { urgency: "now", waiting_s: 10 }),
      request(3, { urgency: "now", waiting_s: 300 }),
      request(4, { urgency: "not_safe" }),
    );
    expect(inOrder(state.queue).map((it) => it.number)).toEqual([4, 3, 2, 1]);
    expect(waitedMinutes(inOrder(state.queue)[1]!, nowMs + 60_000)).toBe(6);
  });

  it("says that another was faster, until she has seen it", () => {
    let state = deskDid(onDuty(request(1), request(2)), take(1));
    state = atDesk(state, gone(1, "taken"), gone(2, "withdrawn"));
    expect(state.queue).toEqual([]);
    expect(state.gone).toEqual([
      { number: 1, why: "taken", wanted: true },
      { number: 2, why: "withdrawn", wanted: false },
    ]);
    state = deskDid(state, { did: "dismisses", number: 1 });
    expect(state.gone.map((it) => it.number)).toEqual([2]);
  });

  it("shows a request that waits again once, and as it is now", () => {
    const state = onDuty(request(1), request(1, { waiting_s: 120 }));
    expect(state.queue).toHaveLength(1);
    expect(state.queue[0]!.since).toBe(nowMs - 120_000);
  });

  it("takes back a wish that could not be meant, with the reason", () => {
    const state = deskDid(deskDid(onDuty(request(1)), take(1)), {
      did: "take-failed",
      number: 1,
      problem: { code: "too_many_at_once" },
    });
    expect(state).toMatchObject({ queue: [{ taking: false }], problem: { code: "too_many_at_once" } });
  });
});

describe("talks", () => {
  it("open beside each other, and each hears only its own", () => {
    let state = talking(talking(onDuty(), 1, "Guest"), 2, "Visitor");
    state = inTalk(state, 1, says("Guest", "one"));
    state = inTalk(state, 2, says("Visitor", "two"));
    expect(state.talks.map((talk) => talk.conversation.lines.map((line) => "text" in line && line.text))).toEqual([
      ["one"],
      ["two"],
    ]);
    expect(state.front).toBe(2);
    expect(state.talks.map((talk) => talk.unread)).toEqual([1, 0]);
    expect(deskDid(state, { did: "shows", front: 1 }).talks[0]!.unread).toBe(0);
  });

  it("count what was said while the page was not looked at", () => {
    let state = deskDid(talking(onDuty(), 1), { did: "sees", visible: false });
    state = inTalk(state, 1, says("Guest", "hello"), says("Celia", "mine"));
    expect(state.talks[0]!.unread).toBe(1);
    expect(deskDid(state, { did: "sees", visible: true }).talks[0]!.unread).toBe(0);
  });

  it("count together with answers and what is on its way, up to the limit", () => {
    let state = talking(talking(onDuty(request(7, { left: true }), request(8)), 1), 2);
    state = deskDid(state, take(7));
    state = atDesk(state, { event: "notice", code: "request_to_answer", text: "" });
    state = deskDid(state, take(8));
    expect(hasAtOnce(state)).toBe(atOnceMax);
    state = inTalk(state, 1, { event: "state", state: "ended" });
    expect(hasAtOnce(state)).toBe(atOnceMax - 1);
  });

  it("go on when the claim is lost, and say when whoever asked is gone", () => {
    const state = atDesk(talking(talking(onDuty(), 1), 2), gone(1, "lost"), gone(2, "withdrawn"));
    expect(state.talks).toMatchObject([
      { lost: true, step: "talk" },
      { withdrawn: true, lost: false },
    ]);
  });

  it("go on while she takes nobody new", () => {
    const state = atDesk(talking(onDuty(), 1), request(2), { event: "duty", state: "off_duty" });
    expect(isPaused(state)).toBe(true);
    expect(state).toMatchObject({ duty: "off", queue: [], talks: [{ step: "talk" }] });
    expect(isPaused(atDesk(onDuty(), { event: "duty", state: "off_duty" }))).toBe(false);
  });

  it("that are over are closed one by one, and the queue is in front again", () => {
    const over = inTalk(talking(onDuty(), 1), 1, { event: "state", state: "ended" });
    expect(deskDid(over, { did: "closes", number: 1 })).toMatchObject({ talks: [], front: "queue" });
  });

  it("that a colleague hands over say by whom, whichever is told first, and leave another in front", () => {
    const handed: CoreEvent = { event: "hand_over", state: "handed", name: "Dora", by: "" };
    const before = talking(onDuty(), 1);
    for (const state of [atDesk(before, handed, opened(5)), atDesk(before, opened(5), handed)]) {
      expect(state.talks[1]).toMatchObject({ number: 5, from: "Dora", asked: null, unread: 1 });
      expect(state).toMatchObject({ front: 1, handedBy: "" });
    }
    expect(atDesk(onDuty(), handed, opened(5)).front).toBe(5);
  });

  it("are told apart by their channels: what belongs to none changes nothing", () => {
    const state = talking(onDuty(), 1);
    expect(inTalk(state, 3, says("Guest", "x"))).toBe(state);
    expect(state.talks[0]!.channel).toBe(channelOf(1));
  });
});

describe("what was left", () => {
  const taken = () =>
    atDesk(deskDid(onDuty(request(3, { left: true, note: "Write to me" })), take(3)), {
      event: "notice",
      code: "request_to_answer",
      text: "",
    });

  it("is answered in front, and says what becomes of the answer", () => {
    let state = taken();
    expect(state).toMatchObject({ front: 3, queue: [], answers: [{ number: 3, note: "Write to me" }] });
    state = deskDid(state, { did: "types-answer", number: 3, text: "Yes." });
    state = deskDid(state, { did: "sends-answer", number: 3 });
    state = atDesk(state, gone(3, "answered"));
    expect(state).toMatchObject({ front: "queue", answers: [], news: { code: "answered" } });
  });

  it("keeps the text when the relay does not take it", () => {
    let state = deskDid(taken(), { did: "types-answer", number: 3, text: "Yes." });
    state = deskDid(state, { did: "sends-answer", number: 3 });
    state = atDesk(state, { event: "error", code: "desk_full", text: "" });
    expect(state.answers).toMatchObject([{ text: "Yes.", asking: false, problem: { code: "desk_full" } }]);
  });

  it("goes back, or to another", () => {
    expect(atDesk(taken(), gone(3, "put_back")).news?.code).toBe("put_back");
    expect(atDesk(taken(), gone(3, "taken")).news?.code).toBe("lost");
  });
});

describe("handing over", () => {
  const looking = () =>
    deskDid(talking(talking(onDuty(), 1), 2), { did: "talk", number: 1, what: { did: "looks-for", name: "Dora" } });

  it("says of that talk alone that nobody of the name is there", () => {
    const state = atDesk(looking(), { event: "error", code: "nobody_on_duty", text: "" });
    expect(state.talks).toMatchObject([{ handOver: { step: "nobody", name: "Dora" } }, { handOver: null }]);
    expect(state.problem).toBeNull();
  });

  it("ends with the colleague's name", () => {
    const step = (of: "agreed" | "here"): CoreEvent => ({ event: "hand_over", state: of, name: "Dora", by: "" });
    let state = inTalk(looking(), 1, step("agreed"));
    expect(state.talks[0]!.handOver).toEqual({ step: "agreed", name: "Dora" });
    state = inTalk(state, 1, step("here"), { event: "state", state: "left" });
    expect(state.talks[0]).toMatchObject({ step: "over", how: "handed", handOver: { name: "Dora" } });
    expect(state.talks[1]!.step).toBe("talk");
  });

  it("that she had no room for is said", () => {
    expect(atDesk(onDuty(), { event: "error", code: "hand_over_missed", text: "" }).news?.code).toBe(
      "hand_over_missed",
    );
  });
});
