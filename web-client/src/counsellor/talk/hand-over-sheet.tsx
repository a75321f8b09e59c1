// Handing a talk over to a colleague who is on duty: the person is asked, and nothing happens without a yes. What
// becomes of it is said at each step, here and above the talk.

import type { VNode } from "preact";
import { problemText, type Say } from "../desk-words";
import type { HandingOver } from "../talk";
import { SheetFrame } from "./sheet";
import type { TalkProps } from "./talk-view";

export function HandOverSheet({ talk, onDuty, say, actions }: TalkProps): VNode {
  const { desk } = say;
  const step = talk.handOver?.step;
  const underWay = step === "looking" || step === "asked" || step === "agreed";
  const name = talk.colleague.trim();
  return (
    <SheetFrame title={desk("desk.handOver.title")} number={talk.number} say={say} actions={actions}>
      <p>{desk("desk.handOver.what")}</p>
      <p class="talk__note" role="status" hidden={talk.handOver === null}>
        {talk.handOver === null ? "" : handOverText(talk.handOver, say)}
      </p>
      {!underWay && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name !== "" && onDuty) actions.handOver(talk.number);
          }}
        >
          <div class="staff-field">
            <label for="colleague">{desk("desk.handOver.name")}</label>
            <input
              id="colleague"
              class="field"
              value={talk.colleague}
              autocomplete="off"
              aria-describedby="colleague-hint"
              dir="auto"
              onInput={(event) => actions.talk(talk.number, { did: "colleague", name: event.currentTarget.value })}
            />
            <p class="quiet" id="colleague-hint">
              {desk(onDuty ? "desk.handOver.name.hint" : "desk.handOver.duty")}
            </p>
          </div>
          <p class="trouble" role="alert">
            {talk.problem === null ? "" : problemText(talk.problem, say)}
          </p>
          <button class="main" disabled={name === "" || !onDuty}>
            {desk("desk.handOver.go")}
          </button>
        </form>
      )}
    </SheetFrame>
  );
}

export function handOverText({ step, name }: HandingOver, { desk }: Say): string {
  return desk(`desk.handOver.${step}`, { name });
}
