// The last screen: how it ended, in words, what she takes with her, and what she can do. Nothing that was said in the
// group is on it but a facilitator's last words.

import type { VNode } from "preact";
import type { PageState } from "../../core/state";
import { dateIn } from "../../dates";
import type { MemberWords } from "../member-words";
import type { Actions } from "../actions";
import { Bars } from "../bars/bars";
import { Scene } from "../scene/scene";
import "./leaving.css";

const mayComeAgain = ["left", "ended", "removed", "refused", "no_way_back", "room_of_revoked_staff", "broken"];

// What the core says in a facilitator's name (client-lib/client/agreeing.cpp): in her language, then.
const wordsDiffered = "The words on your two screens were not the same. Please call whoever invited you.";

export function ClosingView(props: {
  state: PageState;
  words: MemberWords;
  actions: Pick<Actions, "startAgain" | "continueHere" | "showAlone" | "showSheet" | "raiseHand">;
}): VNode {
  const { state, words, actions } = props;
  const closed = state.closed ?? "left";
  const { closing, refusal, returnWords } = state;
  return (
    <main class="letter closing">
      <Scene />
      <h1>{words(`end.${closed}.title`)}</h1>
      <p role="status">{words(`end.${closed}`)}</p>
      {closing !== null && (
        <blockquote class="closing__words">
          <p dir="auto">{closing.text}</p>
          <footer>
            <bdi>{closing.from}</bdi>
          </footer>
        </blockquote>
      )}
      {closed === "refused" && refusal !== "" && (
        <blockquote class="closing__words">
          <p dir="auto">{refusal === wordsDiffered ? words("end.wordsDiffered") : refusal}</p>
          <footer>
            <bdi>{state.invitation?.facilitator}</bdi>
          </footer>
        </blockquote>
      )}
      {closing !== null && closing.nextSession !== 0 && (
        <p class="closing__next">{words("end.next", { when: dateIn(words, closing.nextSession) })}</p>
      )}
      {returnWords !== "" && (
        <section class="closing__back" aria-labelledby="closing-words">
          <h2 id="closing-words">{words("end.words")}</h2>
          <p class="closing__twelve" dir="auto">
            {returnWords}
          </p>
          <p>{words("end.wordsKeep")}</p>
        </section>
      )}
      <p class="quiet">{words("end.advice")}</p>
      <Bars state={state} words={words} actions={actions} />
      <div class="foot">
        {closed === "elsewhere" && (
          <button type="button" class="main" onClick={() => actions.continueHere()}>
            {words("end.here")}
          </button>
        )}
        {mayComeAgain.includes(closed) && (
          <button type="button" class="plain" onClick={() => actions.startAgain()}>
            {words("end.again")}
          </button>
        )}
      </div>
    </main>
  );
}
