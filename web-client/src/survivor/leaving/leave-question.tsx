// "Leave the group?" Asked in the page, not in a dialog: a dialog would put "Leave quickly" out of reach.

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { MemberWords } from "../member-words";
import type { Actions } from "../actions";
import "./leaving.css";

export function LeaveQuestion({
  words,
  actions,
}: {
  words: MemberWords;
  actions: Pick<Actions, "askToLeave" | "leave">;
}): VNode {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <section class="leave-question" aria-labelledby="leave-question">
      <p id="leave-question">{words("leaving.question")}</p>
      <button type="button" class="chip" onClick={() => actions.leave()}>
        {words("leaving.yes")}
      </button>
      <button type="button" class="chip" ref={stay} onClick={() => actions.askToLeave(false)}>
        {words("leaving.no")}
      </button>
    </section>
  );
}
