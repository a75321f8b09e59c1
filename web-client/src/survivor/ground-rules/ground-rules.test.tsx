// The ground rules as she sees them before she agrees.
import { describe, expect, it } from "vitest";
import { draw, noActions, words } from "../test-page";
import { GroundRulesView } from "./ground-rules";

const invitation = {
  group: "Tuesday",
  rules: "Be kind.\n\n Listen. ",
  language: "en",
  organisation: "Casa",
  facilitator: "Ana",
};

describe("GroundRulesView", () => {
  it("shows one rule a line, and who looks after the group", () => {
    const page = draw(<GroundRulesView invitation={invitation} words={words} actions={noActions()} />);
    expect([...page.querySelectorAll("li")].map((rule) => rule.textContent)).toEqual(["Be kind.", "Listen."]);
    expect(page.textContent).toContain("Ana looks after this group, for Casa.");
  });

  it("shows what a facilitator wrote as text, whatever it looks like", () => {
    const rules = "<img src=x onerror=alert(1)> https://example.org";
    const page = draw(<GroundRulesView invitation={{ ...invitation, rules }} words={words} actions={noActions()} />);
    expect(page.querySelector("li img, li a")).toBeNull();
    expect(page.querySelector("li")?.textContent).toBe(rules);
  });

  it("lets her say no", () => {
    const actions = noActions();
    const page = draw(<GroundRulesView invitation={invitation} words={words} actions={actions} />);
    page.querySelector<HTMLButtonElement>(".plain")!.click();
    expect(actions.decline).toHaveBeenCalledOnce();
    expect(actions.agree).not.toHaveBeenCalled();
  });
});
