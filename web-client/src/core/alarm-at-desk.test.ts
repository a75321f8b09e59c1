// An alarm that nobody sees goes to the desk, once, and is taken back when somebody sees it after all.
import { describe, expect, it } from "vitest";
import { AlarmAtDesk } from "./alarm-at-desk";
import type { CoreEvent } from "./events";

const lane = (state: "sent" | "at_server" | "seen" | "nobody"): CoreEvent => ({
  event: "lane",
  kind: "not_safe",
  state,
  by: "",
});
const desk = (state: "waiting" | "claimed"): CoreEvent => ({
  event: "desk",
  state,
  counsellors: 1,
  can_leave: false,
  name: "",
  words: "",
});

function alarmed(words = "He is outside"): AlarmAtDesk {
  const alarm = new AlarmAtDesk();
  alarm.heard({ event: "invitation", group: "", rules: "", language: "it", organisation: "", facilitator: "" });
  alarm.did(["knock", "Robin"]);
  alarm.did(["not-safe", words]);
  return alarm;
}

describe("an alarm that nobody has seen", () => {
  it("goes to the desk with her words, in her group's language, once", () => {
    const alarm = alarmed();
    expect(alarm.heard(lane("at_server"))).toBeNull();
    expect(alarm.heard(lane("nobody"))).toEqual(["ask", "it", "not_safe", "He is outside", "Robin"]);
    expect(alarm.heard(lane("nobody"))).toBeNull();
  });

  it("is taken back when somebody in the group sees it", () => {
    const alarm = alarmed();
    alarm.heard(lane("nobody"));
    alarm.heardAlone(desk("waiting"));
    expect(alarm.heard(lane("seen"))).toEqual(["leave"]);
  });

  it("stays at the desk once a counsellor has taken it", () => {
    const alarm = alarmed();
    alarm.heard(lane("nobody"));
    alarm.heardAlone(desk("claimed"));
    expect(alarm.heard(lane("seen"))).toBeNull();
  });

  it("leaves alone what she asks of the desk herself", () => {
    const alarm = alarmed();
    alarm.did(["ask", "en", "calm", "", "Robin"]);
    expect(alarm.heard(lane("nobody"))).toBeNull();
    expect(alarm.heard(lane("seen"))).toBeNull();
    alarm.heardAlone({ event: "state", state: "left" });
    expect(alarm.heard(lane("nobody"))?.[0]).toBe("ask");
  });

  it("is cut to what a request holds, between two letters", () => {
    const [, , , note] = alarmed("é".repeat(600)).heard(lane("nobody")) as string[];
    expect(note).toBe("é".repeat(500));
    const [, , , odd] = alarmed(`a${"é".repeat(600)}`).heard(lane("nobody")) as string[];
    expect(odd).toBe(`a${"é".repeat(499)}`);
  });
});
