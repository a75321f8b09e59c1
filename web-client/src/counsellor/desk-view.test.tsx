// The desk's screens: what is said in words, what can be pressed when, and what is reported.
import { describe, expect, it, vi } from "vitest";
import { draw, type as typeInto } from "../survivor/test-page";
import type { DeskActions } from "./actions";
import { deskDid, type DeskState, firstDesk } from "./desk";
import { DeskView } from "./desk-view";
import { firstPhrases, type PhraseBook } from "./phrases/phrases";
import { atDesk, gone, inTalk, nowMs, onDuty, request, say, says, talking } from "./test-desk";

type Name = keyof DeskActions;
const names: Name[] = [
  ...(["do", "talk", "show", "goOnDuty", "goOffDuty", "openDeskKey", "notify", "take", "say", "handOver"] as Name[]),
  ...(["end", "close", "answer", "putBack", "endRequest", "phrases", "phraseLanguage"] as Name[]),
  ...(["insertPhrase", "signOut"] as Name[]),
];

function view(state: DeskState, phrases: PhraseBook = firstPhrases) {
  const actions = Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as DeskActions;
  const shared = { name: "Celia", state, phrases, notifying: "off" as const, nowMs, say, actions };
  const root = draw(<DeskView {...shared} />);
  const button = (text: string) =>
    [...root.querySelectorAll("button")].find((it) => it.textContent.includes(text)) ?? null;
  return { root, actions, button, text: root.textContent };
}

const withSheet = (sheet: "end" | "hand-over" | "phrases") =>
  deskDid(talking(onDuty(), 1), { did: "talk", number: 1, what: { did: "sheet", sheet } });

describe("before duty", () => {
  it("goes on duty with at least one language", () => {
    const { button, actions } = view(firstDesk(["en"]));
    button("Go on duty")!.click();
    expect(actions.goOnDuty).toHaveBeenCalledOnce();
    expect(view(firstDesk([])).button("Go on duty")!.disabled).toBe(true);
  });

  it("says why the desk refused", () => {
    expect(view(atDesk(firstDesk(["en"]), { event: "duty", state: "refused" })).text).toContain("clock of this device");
  });

  it("asks for no notification by itself", () => {
    const { root, actions } = view(firstDesk(["en"]));
    expect(actions.notify).not.toHaveBeenCalled();
    root.querySelector<HTMLInputElement>(".settings input[type=checkbox]")!.click();
    expect(actions.notify).toHaveBeenCalledWith(true);
  });
});

describe("the queue", () => {
  it("says who waits, how urgent, for how long, in which language, and the note", () => {
    const { text, button, actions } = view(
      onDuty(request(1, { urgency: "now", language: "it", waiting_s: 180, note: "Vorrei parlare", continuing: true })),
    );
    for (const part of ["Now, please", "Italiano", "3 minutes", "Vorrei parlare", "An earlier talk broke off"])
      expect(text).toContain(part);
    button("Talk with this person")!.click();
    expect(actions.take).toHaveBeenCalledWith(1);
  });

  it("says that another counsellor was faster", () => {
    const state = atDesk(deskDid(onDuty(request(1)), { did: "takes", number: 1 }), gone(1, "taken"));
    expect(view(state).text).toContain("Another counsellor was faster");
  });

  it("takes no more than one can hold, and says so", () => {
    const full = [1, 2, 3, 4].reduce((state, number) => talking(state, number), onDuty(request(9)));
    const { button, text } = view(deskDid(full, { did: "shows", front: "queue" }));
    expect(text).toContain("You have 4 talks");
    expect(button("Talk with this person")!.disabled).toBe(true);
  });

  it("takes nobody while the connection is gone", () => {
    const state = atDesk(onDuty(request(1)), { event: "duty", state: "reconnecting" });
    expect(view(state).button("Talk with this person")!.disabled).toBe(true);
  });
});

describe("the switcher", () => {
  it("says which talk has something new", () => {
    const state = inTalk(talking(talking(onDuty(), 1), 2), 1, says("Guest", "hello"));
    const { root, actions } = view(state);
    const places = [...root.querySelectorAll<HTMLButtonElement>(".switcher button")];
    expect(places.map((it) => it.textContent)).toEqual(["Waiting", "Guest · 11 new", "Guest · 2"]);
    const alarm = view(atDesk(state, request(9), request(8, { urgency: "not_safe" })));
    expect(alarm.root.querySelector(".switcher button")!.textContent).toBe("Waiting: 2Not safe");
    places[1]!.click();
    expect(actions.show).toHaveBeenCalledWith(1);
  });
});

describe("a talk", () => {
  it("shows what is said and says to whom one writes", () => {
    const { root, text } = view(inTalk(talking(onDuty(), 1), 1, says("Guest", "hello")));
    expect(text).toContain("hello");
    expect(root.querySelector(".composer textarea")!.getAttribute("aria-label")).toBe("Write to Guest");
  });

  it("ends with last words that can be changed, also when it cannot go on like this", () => {
    const { root, button, actions } = view(withSheet("end"));
    root.querySelectorAll<HTMLInputElement>("input[type=radio]")[1]!.click();
    expect(actions.talk).toHaveBeenCalledWith(1, {
      did: "last-words",
      hard: true,
      text: say.desk("desk.end.words.hard"),
    });
    button("End and erase")!.click();
    expect(actions.end).toHaveBeenCalledWith(1);
  });

  it("says what was erased where, and only what the other phone has confirmed", () => {
    const ended = (confirmed: number, final: boolean) =>
      view(
        inTalk(
          talking(onDuty(), 1),
          1,
          { event: "erasure", confirmed, of: 1, final },
          { event: "state", state: "ended" },
        ),
      ).text;
    expect(ended(1, true)).toContain("erased, as that phone says");
    expect(ended(0, false)).toContain("no word from it yet");
    expect(ended(0, true)).toContain("it has not answered");
  });

  it("is handed over by name, on duty only, and not while somebody is being asked", () => {
    const sheet = withSheet("hand-over");
    const named = deskDid(sheet, { did: "talk", number: 1, what: { did: "colleague", name: "Dora" } });
    const { button, actions } = view(named);
    button("Ask for this")!.click();
    expect(actions.handOver).toHaveBeenCalledWith(1);
    expect(view(atDesk(named, { event: "duty", state: "off_duty" })).button("Ask for this")!.disabled).toBe(true);
    const asked = inTalk(named, 1, { event: "hand_over", state: "asked", name: "Dora", by: "" });
    expect(view(asked).button("Ask for this")).toBeNull();
  });

  it("offers phrases, and says when they did not load", () => {
    const book = { ...firstPhrases, byLanguage: { en: ["Hello.", "Bye."] } };
    const { button, actions } = view(withSheet("phrases"), book);
    button("Bye.")!.click();
    expect(actions.insertPhrase).toHaveBeenCalledWith(1, "Bye.");
    expect(view(withSheet("phrases"), { ...firstPhrases, failed: true }).text).toContain("did not load");
  });

  it("goes on while nobody new is taken, and signing out waits for it", () => {
    const { text, button } = view(atDesk(talking(onDuty(), 1), { event: "duty", state: "off_duty" }));
    expect(text).toContain("You take nobody new.");
    expect(button("Go on duty again")).not.toBeNull();
  });
});

describe("an answer", () => {
  it("is sent with words in it, put back, or ended", () => {
    let state = deskDid(onDuty(request(3, { left: true })), { did: "takes", number: 3 });
    state = atDesk(state, { event: "notice", code: "request_to_answer", text: "" });
    expect(view(state).button("Send the answer")!.disabled).toBe(true);
    const { root, button, actions } = view(deskDid(state, { did: "types-answer", number: 3, text: "Yes." }));
    button("Send the answer")!.click();
    button("Put it back")!.click();
    button("End it without an answer")!.click();
    expect(actions.answer).toHaveBeenCalledWith(3);
    expect(actions.putBack).toHaveBeenCalledWith(3);
    expect(actions.endRequest).toHaveBeenCalledWith(3);
    typeInto(root.querySelector("textarea")!, "No.");
    expect(actions.do).toHaveBeenCalledWith({ did: "types-answer", number: 3, text: "No." });
  });
});
