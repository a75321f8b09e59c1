// Where she writes. [one-message: 1] When the core says that she may not send now, it says why; what she typed stays.

import type { VNode } from "preact";
import type { PageState } from "../../../core/state";
import { wordKey, type Words } from "../../../words";
import type { Actions } from "../../actions";
import { problemText } from "../../problem-text";
import { looksLikeNumber } from "./number-hint";
import "./composer.css";

const bytesMax = 8_000; // protocol/limits.hpp: text_bytes_max

export function Composer(props: {
  state: Pick<PageState, "composer" | "draft" | "problem">;
  words: Words;
  actions: Pick<Actions, "draft" | "say">;
}): VNode {
  const { state, words, actions } = props;
  const tooLong = new TextEncoder().encode(state.draft).length > bytesMax;
  const maySend = state.composer.open && !tooLong && state.draft.trim() !== "";
  const send = () => {
    if (maySend) actions.say(state.draft.trim());
  };
  const advice = adviceFor(state, tooLong, words);
  return (
    <form
      class="composer"
      data-open={state.composer.open}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p class="composer__advice" id="composer-advice" role="status">
        {advice}
      </p>
      <div class="composer__row">
        <div class="composer__grow" data-text={`${state.draft}\n`}>
          <textarea
            value={state.draft}
            rows={1}
            aria-label={words("composer.label")}
            aria-describedby="composer-advice"
            placeholder={words("composer.label")}
            autocomplete="off"
            dir="auto"
            enterkeyhint="send"
            onInput={(event) => actions.draft(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
              event.preventDefault();
              send();
            }}
          />
        </div>
        <button class="composer__send" disabled={!maySend} aria-label={words("composer.send")}>
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
            <path d="M12 4 5.5 10.5l1.4 1.4 4.1-4.1V20h2V7.8l4.1 4.1 1.4-1.4z" />
          </svg>
        </button>
      </div>
    </form>
  );
}

function adviceFor(state: Pick<PageState, "composer" | "draft" | "problem">, tooLong: boolean, words: Words): string {
  if (!state.composer.open) return words(wordKey("closed", state.composer.why) ?? "closed.other");
  if (state.problem !== null) return problemText(state.problem, words);
  if (tooLong) return words("composer.tooLong");
  return looksLikeNumber(state.draft) ? words("composer.number") : "";
}
