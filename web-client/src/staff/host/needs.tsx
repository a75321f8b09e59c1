// What needs her: warnings, hands in their order, notes to the team, messages that wait for her; and what was done
// lately.

import type { VNode } from "preact";
import { Icon } from "../icons";
import { wordKey } from "../../words";
import type { StaffWordKey } from "../staff-words";
import type { HostProps } from "./props";
import type { Done, HostState } from "./state";

export function needsCount(state: HostState): number {
  return state.warnings.length + state.hands.length + state.notes.length + state.held.length;
}

export function Needs(props: HostProps): VNode {
  const { state, say, actions } = props;
  return (
    <div class="needs">
      <h2>{say("needs.title")}</h2>
      {needsCount(state) === 0 && <p class="quiet">{say("needs.nothing")}</p>}
      {state.warnings.map((warning) => {
        const key = wordKey<StaffWordKey>("warning", warning.code);
        return (
          <section key={warning.key} class="needs__item" data-care>
            <p class="needs__from">
              <Icon name="warning" />
              <strong>{say("needs.warning")}</strong>
            </p>
            <p>{key === null ? warning.text : say(key)}</p>
            <button type="button" class="chip" onClick={() => actions.show({ did: "warned", key: warning.key })}>
              {say("host.understood")}
            </button>
          </section>
        );
      })}
      {state.hands.length > 0 && (
        <section class="needs__item">
          <p class="needs__from">
            <Icon name="hand" />
            <strong>{say("needs.hands")}</strong>
          </p>
          <ol class="needs__hands">
            {state.hands.map((name) => (
              <li key={name}>
                <bdi>{name}</bdi>
              </li>
            ))}
          </ol>
        </section>
      )}
      {state.held.map((held) => (
        <section key={held.number} class="needs__item">
          <p class="needs__from">
            <Icon name="pause" />
            <strong>{say("needs.held", { name: held.from })}</strong>
          </p>
          <p class="needs__text" dir="auto">
            {held.text}
          </p>
          <div class="waiting__do">
            <button type="button" class="chip host-strong" onClick={() => actions.order(["release", held.from])}>
              {say("needs.release")}
            </button>
            <button type="button" class="chip" onClick={() => actions.order(["decline", held.from])}>
              {say("needs.decline")}
            </button>
          </div>
        </section>
      ))}
      {state.notes.map((note) => (
        <section key={note.key} class="needs__item">
          <p class="needs__from">
            <Icon name="note" />
            <strong>{say("needs.note", { name: note.from })}</strong>
            {note.waiting && <span class="quiet">{say("alarm.waiting")}</span>}
          </p>
          <p class="needs__text" dir="auto">
            {note.text}
          </p>
          <button type="button" class="chip" onClick={() => actions.show({ did: "noted", key: note.key })}>
            {say("needs.note.read")}
          </button>
        </section>
      ))}
      {state.lately.length > 0 && (
        <details class="needs__lately">
          <summary>{say("needs.lately")}</summary>
          <ul>
            {state.lately.map((done) => (
              <li key={done.key}>{doneText(done, say)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function doneText({ what, by, name, seconds }: Done, say: HostProps["say"]): string {
  if (by === "" && what !== "seen") return say("done.over", { name });
  return say(`done.${what}`, { by, name, seconds, minutes: Math.round(seconds / 60) });
}
