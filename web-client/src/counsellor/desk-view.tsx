// A counsellor's screens: before duty one page; on duty the queue and the talks, side by side or one in front.

import type { VNode } from "preact";
import type { DeskActions } from "./actions";
import { AnswerView } from "./answer/answer-view";
import { type DeskState, isPaused } from "./desk";
import type { Say } from "./desk-words";
import { DutyBar } from "./duty/duty-bar";
import { DutyView } from "./duty/duty-view";
import { Icon } from "./icons";
import type { Notifying } from "./notify";
import type { PhraseBook } from "./phrases/phrases";
import { QueueView } from "./queue/queue-view";
import { Switcher } from "./talk/switcher";
import { TalkView } from "./talk/talk-view";
import "./desk.css";

export interface DeskProps {
  name: string;
  state: DeskState;
  phrases: PhraseBook;
  notifying: Notifying;
  nowMs: number;
  say: Say;
  actions: DeskActions;
}

export function DeskView(props: DeskProps): VNode {
  const { state, nowMs, say, actions } = props;
  const talking = state.talks.length > 0 || state.answers.length > 0;
  const atDesk = state.duty === "on_duty" || state.duty === "reconnecting" || isPaused(state) || talking;
  if (!atDesk) return <DutyView {...props} />;
  const inFront = front(props);
  return (
    <main class="desk" data-front={inFront === null ? "queue" : "talk"}>
      <DutyBar {...props} />
      <Switcher state={state} say={say} actions={actions} />
      <QueueView state={state} nowMs={nowMs} say={say} actions={actions} />
      {inFront ?? (
        <div class="desk__none">
          <Icon name="talk" />
          <p>{say.desk("desk.talks.none")}</p>
        </div>
      )}
    </main>
  );
}

function front({ state, phrases, say, actions }: DeskProps): VNode | null {
  const answer = state.answers.find((each) => each.number === state.front);
  if (answer !== undefined) return <AnswerView key={answer.number} answer={answer} say={say} actions={actions} />;
  const talk = state.talks.find((each) => each.number === state.front);
  if (talk === undefined) return null;
  const onDuty = state.duty === "on_duty";
  return <TalkView key={talk.number} talk={talk} onDuty={onDuty} phrases={phrases} say={say} actions={actions} />;
}
