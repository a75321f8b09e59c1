// Ending the group: last words, what will happen, and a question if the book is not saved.

import type { VNode } from "preact";
import { BookCard } from "./over-view";
import type { HostProps } from "./props";
import { SheetFrame } from "./sheet";
import { hasUnsaved } from "./state";

export function EndingSheet({ state, say, actions }: HostProps): VNode {
  return (
    <SheetFrame title={say("host.ending")} say={say} actions={actions}>
      <p>{say("ending.what")}</p>
      {hasUnsaved(state) && (
        <>
          <p class="trouble" role="alert">
            {say("ending.book")}
          </p>
          <BookCard state={state} say={say} actions={actions} />
        </>
      )}
      <form
        class="host-card"
        onSubmit={(event) => {
          event.preventDefault();
          actions.end();
        }}
      >
        <label for="ending-words">
          <strong>{say("ending.words")}</strong>
        </label>
        <textarea
          id="ending-words"
          class="field"
          rows={3}
          value={state.lastWords}
          dir="auto"
          placeholder={say("ending.words.example")}
          onInput={(event) => actions.show({ did: "last-words", text: event.currentTarget.value })}
        />
        <div class="waiting__do">
          <button class="chip host-strong" disabled={state.asking}>
            {say(hasUnsaved(state) ? "ending.go.unsaved" : "ending.go")}
          </button>
          <button type="button" class="chip" onClick={() => actions.show({ did: "sheet", sheet: null })}>
            {say("ending.no")}
          </button>
        </div>
      </form>
      <section class="host-card">
        <h3>{say("ending.leave.title")}</h3>
        <p class="quiet">{say("ending.leave.hint")}</p>
        <button type="button" class="chip" onClick={() => actions.order(["leave"])}>
          {say("ending.leave")}
        </button>
      </section>
    </SheetFrame>
  );
}
