// Ending a talk, for both: also one that cannot go on like this. Last words are offered, calm ones, for her to change.

import type { VNode } from "preact";
import { problemText } from "../desk-words";
import { SheetFrame } from "./sheet";
import type { TalkProps } from "./talk-view";

export function EndSheet({ talk, say, actions }: TalkProps): VNode {
  const { desk } = say;
  const choose = (hard: boolean) =>
    actions.talk(talk.number, {
      did: "last-words",
      hard,
      text: desk(hard ? "desk.end.words.hard" : "desk.end.words.done"),
    });
  const choice = (hard: boolean) => (
    <label class="sheet__choice" data-chosen={talk.hard === hard}>
      <input type="radio" name="end-kind" checked={talk.hard === hard} onChange={() => choose(hard)} />
      {desk(hard ? "desk.end.kind.hard" : "desk.end.kind.done")}
    </label>
  );
  return (
    <SheetFrame title={desk("desk.end.title")} number={talk.number} say={say} actions={actions}>
      <p>{desk("desk.end.what")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!talk.ending) actions.end(talk.number);
        }}
      >
        <fieldset class="sheet__choices">
          <legend>{desk("desk.end.kind")}</legend>
          {choice(false)}
          {choice(true)}
        </fieldset>
        {talk.hard && <p class="quiet">{desk("desk.end.hard.hint")}</p>}
        <div class="staff-field">
          <label for="last-words">{desk("desk.end.words")}</label>
          <textarea
            id="last-words"
            class="field"
            rows={3}
            dir="auto"
            value={talk.lastWords}
            aria-describedby="last-words-hint"
            onInput={(event) =>
              actions.talk(talk.number, { did: "last-words", hard: talk.hard, text: event.currentTarget.value })
            }
          />
          <p class="quiet" id="last-words-hint">
            {desk("desk.end.words.hint")}
          </p>
        </div>
        <p class="trouble" role="alert">
          {talk.problem === null ? "" : problemText(talk.problem, say)}
        </p>
        <button class="main" disabled={talk.ending}>
          {desk(talk.ending ? "desk.end.going" : "desk.end.go")}
        </button>
      </form>
    </SheetFrame>
  );
}
