// Return words: made when she asks for them, shown to her alone, and good once a facilitator's book has them. If
// somebody else has seen them, they are made void.

import type { VNode } from "preact";
import { problemText } from "../problem-text";
import { TwelveWords } from "../twelve-words/twelve-words";
import { LaneProgress } from "./lane-progress";
import { type MoreProps, Sheet } from "./sheet";

export function ReturnWords({ state, words, actions }: MoreProps): VNode {
  const has = state.returnWords !== "";
  return (
    <Sheet title={words("back.title")} words={words} onClose={() => actions.showSheet(null)}>
      <p>{words("back.what")}</p>
      {has && <TwelveWords of={state.returnWords} words={words} />}
      {has && <p>{words("back.keep")}</p>}
      <LaneProgress progress={state.lane.progress.return_pass} kind="words" words={words} />
      {!has && state.lane.progress.words_seen !== undefined && <p role="status">{words("back.void")}</p>}
      <p class="trouble" role="alert">
        {state.problem !== null && problemText(state.problem, words)}
      </p>
      <div class="sheet__form">
        {!has && (
          <button type="button" class="main" onClick={() => actions.askForWords()}>
            {words("back.show")}
          </button>
        )}
        {has && (
          <button type="button" class="main" onClick={() => actions.showSheet(null)}>
            {words("back.done")}
          </button>
        )}
        <button type="button" class="plain" onClick={() => actions.wordsSeen()}>
          {words("back.seen")}
        </button>
      </div>
    </Sheet>
  );
}
