// The choice of a language: all by their own names, the present one marked; a group's own offered, never forced.
import { describe, expect, it } from "vitest";
import { draw, noActions, words } from "../test-page";
import { LanguageChoice } from "./language";

describe("LanguageChoice", () => {
  it("names each language in itself, and marks the one that is read", () => {
    const page = draw(<LanguageChoice words={words} actions={noActions()} />);
    const buttons = [...page.querySelectorAll("button")];
    expect(buttons.map((it) => it.textContent)).toEqual(["English", "Italiano", "Français", "Naijá", "العربية"]);
    expect(buttons.map((it) => it.lang)).toEqual(["en", "it", "fr", "pcm", "ar"]);
    expect(page.querySelector("[aria-current=true]")?.textContent).toBe("English");
  });

  it("tells which was chosen", () => {
    const actions = noActions();
    draw(<LanguageChoice words={words} actions={actions} />)
      .querySelector<HTMLButtonElement>("[lang=ar]")!
      .click();
    expect(actions.speak).toHaveBeenCalledExactlyOnceWith("ar");
  });

  it("offers the group's language alone, and nothing where it is read already or not written here", () => {
    const offer = (offered: "en" | "fr" | null) =>
      draw(<LanguageChoice words={words} actions={noActions()} offered={offered} />);
    expect([...offer("fr").querySelectorAll("button")].map((it) => it.textContent)).toEqual(["Français"]);
    expect(offer("en").childElementCount).toBe(0);
    expect(offer(null).childElementCount).toBe(0);
  });
});
