// The closing screen says how it ended, and what she can do next.
import { readFileSync } from "node:fs";
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

  it("says in her language that the five words differed, and leaves a facilitator's own words as they are", () => {
    const agreeing = readFileSync("../client-lib/client/agreeing.cpp", "utf8");
    const ofTheCore = /"(The words on your two screens [^"]*)"/.exec(agreeing)![1]!;
    const italian = ((key: string) => key) as unknown as typeof moreWords;
    const text = (refusal: string) =>
      draw(<ClosingView state={{ ...over("refused"), refusal }} words={italian} actions={noActions()} />).textContent;
    expect(text(ofTheCore)).toContain("end.wordsDiffered");
    expect(text(ofTheCore)).not.toContain(ofTheCore);
    expect(text("Come on Tuesday.")).toContain("Come on Tuesday.");
  });

  it("does not claim that every trace is gone", () => {
    const page = draw(<ClosingView state={over("left")} words={moreWords} actions={noActions()} />);
    expect(page.textContent).toContain("history may still show");
  });
});
