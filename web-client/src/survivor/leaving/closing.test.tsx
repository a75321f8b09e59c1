// The closing screen says how it ended, and what she can do next.
import { describe, expect, it } from "vitest";
import { type Closed, firstState, type PageState } from "../../core/state";
import { draw, noActions, moreWords } from "../test-page";
import { ClosingView } from "./closing";

const over = (closed: Closed): PageState => ({ ...firstState("words", []), step: "closed", closed });

describe("ClosingView", () => {
  it.each<Closed>(["left", "removed", "refused", "ended", "broken", "no-wasm"])("has words for: %s", (closed) => {
    const page = draw(<ClosingView state={over(closed)} words={moreWords} actions={noActions()} />);
    expect(page.querySelector("h1")?.textContent).not.toContain("end.");
    expect(page.querySelector("[role=status]")?.textContent?.length).toBeGreaterThan(20);
  });

  it("does not claim that every trace is gone", () => {
    const page = draw(<ClosingView state={over("left")} words={moreWords} actions={noActions()} />);
    expect(page.textContent).toContain("history may still show");
  });
});
