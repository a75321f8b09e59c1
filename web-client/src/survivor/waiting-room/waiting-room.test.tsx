// The waiting room tells the truth at every stage, and always offers the way back.
import { describe, expect, it } from "vitest";
import type { Phase } from "../../core/events";
import { firstState } from "../../core/state";
import { draw, noActions, moreWords } from "../test-page";
import { WaitingRoomView } from "./waiting-room";

const invitation = { group: "Tuesday", rules: "", language: "en", organisation: "Casa", facilitator: "Ana" };
const room = (phase: Phase) => ({ ...firstState("link", []), phase, name: "Heron", invitation });
const status = (phase: Phase) =>
  draw(<WaitingRoomView state={room(phase)} words={moreWords} actions={noActions()} />).querySelector("[role=status]")
    ?.textContent;

describe("WaitingRoomView", () => {
  it("does not claim more than is known", () => {
    expect(status("connected")).toBe("Your request is on its way.");
    expect(status("waiting")).toBe("Your request has arrived. Ana has not answered it yet.");
    expect(status("reconnecting")).toContain("The connection was lost.");
  });

  it("always offers the way back", () => {
    for (const phase of ["connected", "waiting", "reconnecting"] as const) {
      const actions = noActions();
      draw(<WaitingRoomView state={room(phase)} words={moreWords} actions={actions} />)
        .querySelector("button")!
        .click();
      expect(actions.goBack).toHaveBeenCalledOnce();
    }
  });
});
