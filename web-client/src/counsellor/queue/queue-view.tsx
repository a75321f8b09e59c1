// Who is waiting: how urgent, for how long, in which language, and the note. What another has taken says so, and stays
// until she has seen it.

import type { VNode } from "preact";
import type { DeskActions } from "../actions";
import { atOnceMax, type DeskState, hasAtOnce } from "../desk";
import { languageName, type Say } from "../desk-words";
import { Icon } from "../icons";
import { type Gone, inOrder, waitedMinutes, type Waiting } from "../queue";
import "./queue.css";

export interface QueueProps {
  state: DeskState;
  nowMs: number;
  say: Say;
  actions: DeskActions;
}

export function QueueView({ state, nowMs, say, actions }: QueueProps): VNode {
  const { desk } = say;
  const onDuty = state.duty === "on_duty" || state.duty === "reconnecting";
  const full = hasAtOnce(state) >= atOnceMax;
  const empty = state.queue.length === 0 && state.gone.length === 0;
  return (
    <section class="queue" aria-labelledby="queue-title">
      <h2 id="queue-title">{desk("desk.queue.title")}</h2>
      {state.news !== null && (
        <div class="queue__news" role="status">
          <p>{desk(`desk.news.${state.news.code}`)}</p>
          <button type="button" class="chip" onClick={() => actions.do({ did: "dismisses-news" })}>
            {desk("desk.queue.gone.dismiss")}
          </button>
        </div>
      )}
      {full && (
        <p class="queue__full" role="status">
          {desk("desk.queue.full", { count: hasAtOnce(state) })}
        </p>
      )}
      <ul class="queue__list" aria-live="polite">
        {state.gone.map((gone) => (
          <GoneView key={`gone-${gone.number}`} gone={gone} say={say} actions={actions} />
        ))}
        {inOrder(state.queue).map((request) => (
          <RequestView
            key={request.number}
            request={request}
            nowMs={nowMs}
            mayTake={state.duty === "on_duty" && !full && !state.queue.some((it) => it.taking && it.left)}
            say={say}
            actions={actions}
          />
        ))}
      </ul>
      {empty && (
        <div class="queue__empty">
          <p>{desk(onDuty ? "desk.queue.empty" : "desk.queue.paused")}</p>
          {onDuty && <p class="quiet">{desk("desk.queue.empty.hint")}</p>}
        </div>
      )}
    </section>
  );
}

function RequestView(props: {
  request: Waiting;
  nowMs: number;
  mayTake: boolean;
  say: Say;
  actions: DeskActions;
}): VNode {
  const { request, nowMs, mayTake, actions } = props;
  const { desk } = props.say;
  const { number, urgency, language, note, continuing, left, taking } = request;
  return (
    <li class="request" data-urgency={urgency}>
      <p class="request__urgency">
        <Icon name={urgency} />
        {desk(`desk.urgency.${urgency}`)}
      </p>
      <h3 class="request__about" id={`request-${number}`}>
        <span>{desk("desk.queue.number", { number })}</span>
        <span class="request__language" lang={language}>
          {languageName(language)}
        </span>
      </h3>
      <p class="quiet">{waited(waitedMinutes(request, nowMs), props.say)}</p>
      {continuing && (
        <p class="request__mark">
          <Icon name="again" />
          {desk("desk.queue.continuing")}
        </p>
      )}
      {left && (
        <p class="request__mark">
          <Icon name="letter" />
          {desk("desk.queue.left")}
        </p>
      )}
      {note === "" ? (
        <p class="quiet">{desk("desk.queue.noNote")}</p>
      ) : (
        <p class="request__note" dir="auto" lang={language}>
          {note}
        </p>
      )}
      <button
        type="button"
        class="main"
        disabled={!mayTake || taking}
        aria-describedby={`request-${number}`}
        onClick={() => actions.take(number)}
      >
        {desk(taking ? "desk.queue.taking" : left ? "desk.queue.takeLeft" : "desk.queue.take")}
      </button>
    </li>
  );
}

function GoneView({ gone, say, actions }: { gone: Gone; say: Say; actions: DeskActions }): VNode {
  const { desk } = say;
  const text =
    gone.why === "withdrawn"
      ? "desk.queue.gone.withdrawn"
      : gone.wanted
        ? "desk.queue.gone.taken.wanted"
        : "desk.queue.gone.taken";
  return (
    <li class="request" data-gone data-wanted={gone.wanted}>
      <p>
        <strong>{desk("desk.queue.number", { number: gone.number })}</strong>
      </p>
      <p>{desk(text)}</p>
      <button type="button" class="chip" onClick={() => actions.do({ did: "dismisses", number: gone.number })}>
        {desk("desk.queue.gone.dismiss")}
      </button>
    </li>
  );
}

function waited(minutes: number, { desk }: Say): string {
  if (minutes < 1) return desk("desk.queue.waits.now");
  if (minutes < 60) return desk("desk.queue.waits", { minutes });
  if (minutes < 48 * 60) return desk("desk.queue.waits.hours", { hours: Math.floor(minutes / 60) });
  return desk("desk.queue.waits.days", { days: Math.floor(minutes / (24 * 60)) });
}
