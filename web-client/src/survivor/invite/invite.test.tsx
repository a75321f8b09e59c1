// The first page: with an invite, without one, with a broken one.
import { describe, expect, it } from "vitest";
import { firstState } from "../../core/state";
import { draw, noActions, type, words } from "../test-page";
import { InviteView } from "./invite";

describe("InviteView", () => {
  it("says what this is, who can read it and what to do if someone is near, before anything is asked", () => {
    const page = draw(<InviteView state={firstState("link", [])} words={words} actions={noActions()} />);
    const titles = [...page.querySelectorAll("dt")].map((title) => title.textContent);
    expect(titles).toEqual(["What this is", "Who can read it", "If someone is near you"]);
    expect(page.querySelector("textarea")).toBeNull();
  });

  it("opens the invite only when she goes on", () => {
    const actions = noActions();
    const page = draw(<InviteView state={firstState("link", [])} words={words} actions={actions} />);
    expect(actions.openInvite).not.toHaveBeenCalled();
    page.querySelector<HTMLButtonElement>(".main")!.click();
    expect(actions.openInvite).toHaveBeenCalledOnce();
  });

  it("asks for twelve words when there is no link, and says how to get an invite", () => {
    const actions = noActions();
    const state = { ...firstState("words", []), words: "one two three" };
    const page = draw(<InviteView state={state} words={words} actions={actions} />);
    expect(page.textContent).toContain("3 words of 12");
    expect(page.textContent).toContain("Have you no invite?");
    type(page.querySelector("textarea")!, "one");
    expect(actions.typeWords).toHaveBeenCalledWith("one");
    page.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(actions.openInvite).toHaveBeenCalledOnce();
  });

  it("names the words that are not in the list", () => {
    const problem = { code: "words_unknown", words: ["aple", "hose"] };
    const page = draw(
      <InviteView state={{ ...firstState("words", []), problem }} words={words} actions={noActions()} />,
    );
    expect(page.querySelector("[role=alert]")?.textContent).toContain("These words are not ones of ours: aple, hose.");
  });

  it("keeps the words out of the keyboard's memory", () => {
    const page = draw(<InviteView state={firstState("words", [])} words={words} actions={noActions()} />);
    const field = page.querySelector("textarea")!;
    expect(field.getAttribute("autocomplete")).toBe("off");
  });
});
