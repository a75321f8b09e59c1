// Choosing a name: three suggestions, one's own, and the warning against a real one.
import { describe, expect, it } from "vitest";
import { firstState } from "../../core/state";
import { draw, noActions, type, words } from "../test-page";
import { NameView } from "./name";

const state = { ...firstState("link", ["Heron", "Maple", "Comet"]), step: "name" as const };
const submit = (page: HTMLElement) =>
  page.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));

describe("NameView", () => {
  it("suggests three names and chooses none for her", () => {
    const page = draw(<NameView state={state} words={words} actions={noActions()} />);
    expect(page.querySelectorAll("input[type=radio]")).toHaveLength(3);
    expect(page.querySelector("input:checked")).toBeNull();
    expect(page.querySelector<HTMLButtonElement>(".main")!.disabled).toBe(true);
  });

  it("warns against real names where she makes one up", () => {
    const page = draw(<NameView state={state} words={words} actions={noActions()} />);
    const field = page.querySelector<HTMLInputElement>("#name-own")!;
    expect(page.querySelector(`#${field.getAttribute("aria-describedby")}`)?.textContent).toContain(
      "not your real name",
    );
  });

  it("does not knock without a name, even when asked to", () => {
    const actions = noActions();
    submit(draw(<NameView state={{ ...state, name: "  " }} words={words} actions={actions} />));
    expect(actions.knock).not.toHaveBeenCalled();
    submit(draw(<NameView state={{ ...state, name: "Heron" }} words={words} actions={actions} />));
    expect(actions.knock).toHaveBeenCalledOnce();
  });

  it("takes her own name too", () => {
    const actions = noActions();
    const page = draw(<NameView state={state} words={words} actions={actions} />);
    type(page.querySelector<HTMLInputElement>("#name-own")!, "Star");
    expect(actions.chooseName).toHaveBeenCalledWith("Star");
  });
});
