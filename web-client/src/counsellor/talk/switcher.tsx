// The queue and her talks, to switch between: a row on a phone, a list beside the talk on a laptop. It says which of
// them has something new, and whether somebody waits who cannot wait.

import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { DeskActions } from "../actions";
import type { DeskState, Front } from "../desk";
import type { Say } from "../desk-words";
import { Icon, type IconName } from "../icons";
import { inOrder } from "../queue";
import { titleOf } from "./names";
import "./switcher.css";

interface Place {
  front: Front;
  icon: IconName;
  title: string;
  news: string; // "": nothing new
}

export function Switcher(props: { state: DeskState; say: Say; actions: DeskActions }): VNode | null {
  const { state, say, actions } = props;
  const { desk } = say;
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [state.front]);
  if (state.talks.length === 0 && state.answers.length === 0) return null;
  const waiting = state.queue.length;
  const urgent = inOrder(state.queue).find(({ urgency }) => urgency === "not_safe" || urgency === "now");
  const places: Place[] = [
    {
      front: "queue",
      icon: "queue",
      title: waiting === 0 ? desk("desk.talks.queue") : desk("desk.talks.queue.count", { count: waiting }),
      news: urgent === undefined ? "" : desk(`desk.urgency.${urgent.urgency}`),
    },
    ...state.talks.map((talk): Place => ({
      front: talk.number,
      icon: "talk",
      title: titleOf(talk, say),
      news:
        talk.unread > 0
          ? desk("desk.talks.unread", { count: talk.unread })
          : talk.step === "over"
            ? desk("desk.talk.over")
            : "",
    })),
    ...state.answers.map((answer): Place => ({
      front: answer.number,
      icon: "letter",
      title: desk("desk.talks.answer", { number: answer.number }),
      news: "",
    })),
  ];
  return (
    <nav class="switcher" aria-label={desk("desk.talks.switch")}>
      <h2 class="switcher__title">{desk("desk.talks.title")}</h2>
      <ul ref={list} aria-live="polite">
        {places.map((place) => (
          <li key={place.front} class="switcher__place" data-front={place.front}>
            <button
              type="button"
              aria-current={state.front === place.front ? "true" : undefined}
              data-news={place.news !== ""}
              onClick={() => actions.show(place.front)}
            >
              <Icon name={place.icon} />
              <bdi class="switcher__name">{place.title}</bdi>
              {place.news !== "" && <span class="switcher__news">{place.news}</span>}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
