// A few words to the team alone, and how far they have come.

import type { VNode } from "preact";
import { problemText } from "../problem-text";
import { LaneProgress } from "./lane-progress";
import { type MoreProps, Sheet } from "./sheet";

const bytesMax = 1_200; // protocol/limits.hpp: note_bytes_max

export function Note({ state, words, actions }: MoreProps): VNode {
  const { note } = state;
  const tooLong = new TextEncoder().encode(note).length > bytesMax;
  return (
    <Sheet title={words("note.title")} words={words} onClose={() => actions.showSheet(null)}>
      <form
        class="sheet__form"
        onSubmit={(event) => {
          event.preventDefault();
          if (note.trim() !== "" && !tooLong) actions.sendNote(note.trim());
        }}
      >
        <label for="note">{words("note.label")}</label>
        <textarea
          id="note"
          class="field"
          rows={3}
          dir="auto"
          autocomplete="off"
          value={note}
          onInput={(event) => actions.writeNote(event.currentTarget.value)}
        />
        <p class="trouble" role="alert">
          {tooLong ? words("note.tooLong") : state.problem !== null && problemText(state.problem, words)}
        </p>
        <button class="main" disabled={note.trim() === "" || tooLong}>
          {words("note.send")}
        </button>
      </form>
      <LaneProgress progress={state.lane.progress.private_note} kind="note" words={words} />
    </Sheet>
  );
}
