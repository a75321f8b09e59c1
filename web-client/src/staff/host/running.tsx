// How the group runs: the pinned sentence, the pace, who may still knock. And its book.

import type { VNode } from "preact";
import { Icon } from "../icons";
import { BookCard } from "./over-view";
import type { HostProps } from "./props";
import { SheetFrame } from "./sheet";

const slowChoices = [0, 15, 30, 60, 120];

export function RunningSheet({ state, say, actions }: HostProps): VNode {
  return (
    <SheetFrame title={say("host.running")} say={say} actions={actions}>
      <form
        class="host-card"
        onSubmit={(event) => {
          event.preventDefault();
          actions.order(["pin", state.pin.trim()], { what: "pin" });
        }}
      >
        <label for="running-pin">
          <strong>{say("running.pin")}</strong>
        </label>
        <textarea
          id="running-pin"
          class="field"
          rows={2}
          value={state.pin}
          dir="auto"
          aria-describedby="running-pin-hint"
          onInput={(event) => actions.show({ did: "pin", text: event.currentTarget.value })}
        />
        <p id="running-pin-hint" class="quiet">
          {say("running.pin.hint")}
        </p>
        <div class="waiting__do">
          <button class="chip host-strong" disabled={state.pin.trim() === ""}>
            {say("running.pin.go")}
          </button>
          {state.talk.pinned !== null && (
            <button type="button" class="chip" onClick={() => actions.order(["pin", ""], { what: "pin" })}>
              {say("running.unpin")}
            </button>
          )}
        </div>
      </form>
      <fieldset class="host-card host-choice">
        <legend>{say("running.slow")}</legend>
        <p class="quiet">{say("running.slow.hint")}</p>
        {slowChoices.map((seconds) => (
          <label key={seconds} class="staff-check">
            <input
              type="radio"
              name="running-slow"
              checked={state.slowSeconds === seconds}
              onChange={() => actions.order(["slow-mode", seconds], { what: "slow" })}
            />
            {say("running.slow.choice", { seconds })}
          </label>
        ))}
      </fieldset>
      <section class="host-card">
        <h3>
          <Icon name="lock" />
          {say("running.lock")}
        </h3>
        <p class="quiet">{say(state.locked ? "running.locked" : "running.open")}</p>
        <div class="waiting__do">
          {state.locked ? (
            <button
              type="button"
              class="chip host-strong"
              onClick={() => actions.order(["lock", 0, 0], { what: "lock" })}
            >
              {say("running.unlock.go")}
            </button>
          ) : (
            <button
              type="button"
              class="chip host-strong"
              onClick={() => actions.order(["lock", 1, 0], { what: "lock" })}
            >
              {say("running.lock.go")}
            </button>
          )}
          <button type="button" class="chip" onClick={() => actions.order(["lock", 1, 1], { what: "lock" })}>
            {say("running.lock.clear")}
          </button>
        </div>
      </section>
    </SheetFrame>
  );
}

export function BookSheet({ state, say, actions }: HostProps): VNode {
  return (
    <SheetFrame title={say("host.book")} say={say} actions={actions}>
      <BookCard state={state} say={say} actions={actions} />
    </SheetFrame>
  );
}
