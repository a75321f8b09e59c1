// What goes on beside the screen she is on, one line each, with the way there.

import type { VNode } from "preact";
import type { Alone } from "../../core/alone";
import type { PageState } from "../../core/state";
import { wordKey } from "../../words";
import type { Actions } from "../actions";
import type { MemberKey, MemberWords } from "../member-words";
import "./bars.css";

export function Bars(props: {
  state: Pick<PageState, "alone" | "lane">;
  words: MemberWords;
  actions: Pick<Actions, "showAlone" | "showSheet" | "raiseHand">;
}): VNode {
  const { state, words, actions } = props;
  const { lane } = state;
  const alone = aloneWords(state.alone, words);
  return (
    <div class="bars" role="status">
      {alone !== null && <Bar text={alone} does={words("bar.open")} urgent onClick={() => actions.showAlone(true)} />}
      {lane.progress.not_safe !== undefined && (
        <Bar text={words("bar.notSafe")} does={words("bar.open")} onClick={() => actions.showSheet("not-safe")} />
      )}
      {lane.handUp && (
        <Bar text={words("bar.handUp")} does={words("bar.handDown")} onClick={() => actions.raiseHand(false)} />
      )}
    </div>
  );
}

function aloneWords({ step, counsellor, unread }: Alone, words: MemberWords): string | null {
  const key = wordKey<MemberKey>("bar.alone", step === "talk" && unread > 0 ? "unread" : step);
  return key === null ? null : words(key, { name: counsellor });
}

function Bar(props: { text: string; does: string; urgent?: boolean; onClick: () => void }): VNode {
  return (
    <div class="bar" data-urgent={props.urgent === true}>
      <p dir="auto">{props.text}</p>
      <button type="button" class="chip" onClick={props.onClick}>
        {props.does}
      </button>
    </div>
  );
}
