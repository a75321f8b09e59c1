// A talk that is over: how it ended, and what was erased where. Nothing that was said is here any more.

import type { VNode } from "preact";
import type { DeskActions } from "../actions";
import type { Say } from "../desk-words";
import { Icon } from "../icons";
import type { Talk } from "../talk";

export function OverView({ talk, say, actions }: { talk: Talk; say: Say; actions: DeskActions }): VNode {
  const { desk } = say;
  const name = talk.handOver?.name ?? "";
  return (
    <section class="talk talk-over" aria-labelledby="talk-title">
      <div class="talk-over__card">
        <p class="quiet">{desk("desk.talk.someone", { number: talk.number })}</p>
        <h2 id="talk-title">{desk(`desk.over.${talk.how}`, { name })}</h2>
        {talk.how === "refused" && <p>{desk("desk.over.refused.text")}</p>}
        {talk.how === "ended" && <Erased talk={talk} say={say} />}
        {talk.how === "handed" && (
          <>
            <h3>{desk("desk.over.erased.title")}</h3>
            <ul class="talk-over__erased">
              <Line done text={desk("desk.over.erased.here")} />
            </ul>
          </>
        )}
        {talk.hard && <p class="talk__note">{desk("desk.over.hard")}</p>}
        <button type="button" class="main" onClick={() => actions.close(talk.number)}>
          {desk("desk.over.close")}
        </button>
      </div>
    </section>
  );
}

function Erased({ talk, say }: { talk: Talk; say: Say }): VNode {
  const { desk } = say;
  const { erasure } = talk;
  const confirmed = erasure !== null && erasure.of > 0 && erasure.confirmed >= erasure.of;
  const theirs = confirmed
    ? "desk.over.erased.theirs"
    : erasure?.final === true
      ? "desk.over.erased.theirs.none"
      : "desk.over.erased.theirs.waiting";
  const nobody = erasure === null || erasure.of === 0;
  return (
    <>
      <h3>{desk("desk.over.erased.title")}</h3>
      <ul class="talk-over__erased" aria-live="polite">
        <Line done text={desk("desk.over.erased.here")} />
        <Line done text={desk("desk.over.erased.between")} />
        {!nobody && <Line done={confirmed} text={desk(theirs)} />}
      </ul>
    </>
  );
}

function Line({ done, text }: { done: boolean; text: string }): VNode {
  return (
    <li data-done={done}>
      <Icon name={done ? "check" : "soon"} />
      {text}
    </li>
  );
}
