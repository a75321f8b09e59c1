// The waiting room: what she sees between her knock and the group. It says truthfully what is happening, she can write
// with a facilitator, and it always offers the way back.
//
// It draws a state and reports what she did. What happens next is for the client core to say, so there is no timer
// here.

import type { VNode } from "preact";
import type { PageState } from "../../core/state";
import type { Actions } from "../actions";
import { Bars } from "../bars/bars";
import { Composer } from "../group-chat/composer/composer";
import { MessageList } from "../group-chat/message-list/message-list";
import type { MemberKey, MemberWords } from "../member-words";
import { MoreButton } from "../more-button";
import { problemText } from "../problem-text";
import { Scene } from "../scene/scene";
import "./waiting-room.css";

const talkBytesMax = 1_000; // protocol/limits.hpp: talk_text_bytes_max

export function WaitingRoomView(props: { state: PageState; words: MemberWords; actions: Actions }): VNode {
  const { state, words, actions } = props;
  const facilitator = state.invitation?.facilitator ?? "";
  const back = state.invitation === null; // by her ticket, which says nothing of the group
  const byItself = back && state.phase !== "waiting"; // nobody is asked, so there is nobody to write to
  return (
    <main class="letter waiting-room" inert={state.sheet !== null}>
      <Scene />
      <h1>{words(back ? "waiting.titleBack" : "waiting.title")}</h1>
      <p class="waiting-room__status" role="status">
        {words(statusWords(state.phase, back), { facilitator })}
      </p>
      {!byItself && <p>{words("waiting.truth")}</p>}
      {state.keepsNothing && <p class="quiet">{words("waiting.keepsNothing")}</p>}
      {state.name !== "" && (
        <dl class="waiting-room__you">
          <dt>{words("waiting.you")}</dt>
          <dd dir="auto">{state.name}</dd>
        </dl>
      )}
      {state.agreedWord !== "" && (
        <dl class="waiting-room__you">
          <dt>{words("waiting.word")}</dt>
          <dd lang="en">{state.agreedWord}</dd>
        </dl>
      )}
      <p class="trouble" role="alert">
        {state.sheet === null && state.problem !== null && problemText(state.problem, words)}
      </p>
      <div class="waiting-room__foot">
        <button type="button" class="plain" onClick={() => actions.goBack()}>
          {words("waiting.goBack")}
        </button>
      </div>
      {!byItself && (
        <section class="waiting-room__talk" aria-label={words("waiting.label")}>
          <MessageList
            lines={state.door.lines}
            sending={state.door.sending}
            words={words}
            beginning={back ? words("waiting.talkBack") : words("waiting.talk", { facilitator })}
          />
          <div class="waiting-room__write">
            <Bars state={state} words={words} actions={actions} />
            <Composer
              state={state.door}
              label={words("waiting.label")}
              words={words}
              actions={{ draft: actions.draft, say: actions.say, answers: actions.answers }}
              bytesMax={talkBytesMax}
              before={<MoreButton words={words} actions={actions} />}
            />
          </div>
        </section>
      )}
    </main>
  );
}

function statusWords(phase: PageState["phase"], back: boolean): MemberKey {
  if (phase === "waiting") return back ? "waiting.backByHand" : "waiting.waiting";
  if (back) return "waiting.back";
  return phase === "reconnecting" ? "waiting.reconnecting" : "waiting.knocking";
}
