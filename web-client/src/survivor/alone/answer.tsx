// An answer to what she left: read by the words she was given, and shown with when it was written.

import type { VNode } from "preact";
import { type AloneProps, AlonePage, Trouble } from "./alone-view";
import { dateIn } from "../../dates";
import { wordKey } from "../../words";
import type { MemberKey } from "../member-words";

export function ReadForm(props: AloneProps): VNode {
  const { state, words, actions } = props;
  return (
    <AlonePage {...props} title={words("alone.read.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (state.words.trim() !== "" && !state.asking) actions.readAnswer();
        }}
      >
        <label for="alone-words">{words("alone.read.label")}</label>
        <textarea
          id="alone-words"
          rows={3}
          dir="auto"
          autocomplete="off"
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
          value={state.words}
          onInput={(event) => actions.fill({ words: event.currentTarget.value })}
        />
        <Trouble {...props} />
        <div class="foot">
          <button class="main" disabled={state.asking || state.words.trim() === ""}>
            {words(state.asking ? "alone.read.looking" : "alone.read.look")}
          </button>
          <button type="button" class="plain" onClick={() => actions.begin("ask")}>
            {words("alone.read.ask")}
          </button>
        </div>
      </form>
    </AlonePage>
  );
}

export function Answer(props: AloneProps): VNode {
  const { state, words, actions } = props;
  const { answer } = state;
  return (
    <AlonePage {...props} title={words("alone.answer.title")}>
      {answer?.state === "answered" ? (
        <article class="alone__answer">
          <p class="quiet">
            {words("alone.answer.from", { name: answer.name, when: dateIn(words, answer.answered_at) })}
          </p>
          <p dir="auto">{answer.text}</p>
        </article>
      ) : (
        <p role="status">
          {words(wordKey<MemberKey>("alone.answer", answer?.state ?? "") ?? "alone.answer.no_such_answer")}
        </p>
      )}
      <div class="foot">
        <button type="button" class="main" onClick={() => actions.begin("ask")}>
          {words("alone.read.ask")}
        </button>
        <button type="button" class="plain" onClick={() => actions.begin("read")}>
          {words("alone.read.again")}
        </button>
      </div>
    </AlonePage>
  );
}
