// The waiting room: what she sees between her knock and the group. It says truthfully what is happening, and always
// offers the way back.
//
// It draws a state and reports what she did. What happens next is for the client core to say, so there is no timer
// here.

import type { VNode } from "preact";
import type { PageState } from "../../core/state";
import type { WordKey, Words } from "../../words";
import type { Actions } from "../actions";
import { problemText } from "../problem-text";
import { Scene } from "../scene/scene";
import "./waiting-room.css";

export function WaitingRoomView(props: {
  state: Pick<PageState, "phase" | "name" | "invitation" | "problem">;
  words: Words;
  actions: Pick<Actions, "goBack">;
}): VNode {
  const { state, words, actions } = props;
  return (
    <main class="letter waiting-room">
      <Scene />
      <h1>{words("waiting.title")}</h1>
      <p class="waiting-room__status" role="status">
        {words(statusWords(state.phase), { facilitator: state.invitation?.facilitator ?? "" })}
      </p>
      <p>{words("waiting.truth")}</p>
      <dl class="waiting-room__you">
        <dt>{words("waiting.you")}</dt>
        <dd dir="auto">{state.name}</dd>
      </dl>
      <p class="trouble" role="alert">
        {state.problem !== null && problemText(state.problem, words)}
      </p>
      <div class="foot">
        <button type="button" class="plain" onClick={() => actions.goBack()}>
          {words("waiting.goBack")}
        </button>
      </div>
    </main>
  );
}

function statusWords(phase: PageState["phase"]): WordKey {
  if (phase === "waiting") return "waiting.waiting";
  return phase === "reconnecting" ? "waiting.reconnecting" : "waiting.knocking";
}
