// "I am not safe": held for a moment, or tapped and confirmed, it reaches every facilitator who is there. It calls
// nobody, and says nothing of where she is. What the team has seen of it is said truthfully.

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { wordKey } from "../../words";
import type { MemberKey } from "../member-words";
import { HoldButton } from "../hold/hold-button";
import { problemText } from "../problem-text";
import { LaneProgress } from "./lane-progress";
import { ownText, OwnText } from "./own-text";
import { type MoreProps, Sheet } from "./sheet";

export function NotSafe({ state, words, actions }: MoreProps): VNode {
  const [asks, setAsks] = useState(false);
  const progress = state.lane.progress.not_safe;
  const { desk, step } = state.alone;
  const deskWords = step === "wait" && desk !== null ? wordKey<MemberKey>("notSafe.desk", desk) : null;
  const own = ownText(state.notSafeTexts, words.language);
  const tell = () => {
    setAsks(false);
    actions.notSafe("");
  };
  return (
    <Sheet title={words("notSafe.title")} words={words} onClose={() => actions.showSheet(null)}>
      <p>{words("notSafe.what")}</p>
      {progress === undefined && !asks && (
        <HoldButton
          label={words("notSafe.hold")}
          hint={words("notSafe.holdHint")}
          onHeld={tell}
          onTapped={() => setAsks(true)}
        />
      )}
      {progress === undefined && asks && (
        <div class="sheet__form" role="alert">
          <p>{words("notSafe.sure")}</p>
          <button type="button" class="main" onClick={tell}>
            {words("notSafe.yes")}
          </button>
          <button type="button" class="plain" onClick={() => setAsks(false)}>
            {words("notSafe.no")}
          </button>
        </div>
      )}
      <LaneProgress progress={progress} kind="notSafe" words={words} />
      {own !== null && (
        <section>
          <h3>{words("notSafe.own")}</h3>
          <OwnText {...own} />
        </section>
      )}
      {deskWords !== null && <p role="status">{words(deskWords)}</p>}
      <p class="trouble" role="alert">
        {state.problem !== null && problemText(state.problem, words)}
      </p>
      {progress !== undefined && (
        <form
          class="sheet__form"
          onSubmit={(event) => {
            event.preventDefault();
            if (state.note.trim() !== "") actions.notSafe(state.note.trim());
          }}
        >
          <label for="not-safe-words">{words("notSafe.words")}</label>
          <textarea
            id="not-safe-words"
            class="field"
            rows={2}
            dir="auto"
            autocomplete="off"
            value={state.note}
            onInput={(event) => actions.writeNote(event.currentTarget.value)}
          />
          <button class="main" disabled={state.note.trim() === ""}>
            {words("note.send")}
          </button>
        </form>
      )}
      <button type="button" class="plain" onClick={() => actions.showAlone(true)}>
        {words("more.alone")}
      </button>
      <p class="quiet">{words("notSafe.limits")}</p>
    </Sheet>
  );
}
