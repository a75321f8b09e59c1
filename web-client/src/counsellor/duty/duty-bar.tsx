// The bar over the desk: whether she is on duty, in words; taking nobody new, and coming back; settings.

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { isPaused } from "../desk";
import { languageName, problemText } from "../desk-words";
import { Icon } from "../icons";
import type { DutyProps } from "./duty-view";
import { Settings } from "./settings";

export function DutyBar({ state, notifying, say, actions }: DutyProps): VNode {
  const [open, setOpen] = useState(false);
  const paused = isPaused(state) || state.duty === "refused";
  const talking = state.talks.length > 0 || state.answers.length > 0;
  const languages = new Intl.ListFormat(say.desk.locales, { type: "unit" }).format(state.languages.map(languageName));
  const text =
    state.duty === "on_duty"
      ? say.desk("desk.bar.on_duty", { languages })
      : say.desk(
          paused ? "desk.bar.paused" : state.duty === "reconnecting" ? "desk.bar.reconnecting" : "desk.bar.connecting",
        );
  return (
    <header class="duty-bar">
      <div class="duty-bar__title">
        <h1>{say.desk("desk.bar.title")}</h1>
        <p class="duty-bar__state" role="status" data-state={paused ? "paused" : state.duty}>
          {text}
        </p>
      </div>
      <div class="duty-bar__do">
        {paused ? (
          <button type="button" class="chip" disabled={state.asking} onClick={() => actions.goOnDuty()}>
            {say.desk(state.asking ? "desk.duty.going" : "desk.duty.goAgain")}
          </button>
        ) : (
          <button type="button" class="chip" disabled={state.asking} onClick={() => actions.goOffDuty()}>
            {say.desk(talking ? "desk.bar.pause" : "desk.bar.off")}
          </button>
        )}
        <button
          type="button"
          class="chip"
          aria-expanded={open}
          aria-controls="desk-settings"
          onClick={() => setOpen(!open)}
        >
          <Icon name="gear" />
          {say.desk(open ? "desk.bar.settings.close" : "desk.bar.settings")}
        </button>
      </div>
      <div id="desk-settings" class="duty-bar__settings" hidden={!open}>
        {open && (
          <>
            <Settings state={state} notifying={notifying} say={say} actions={actions} />
            <p class="quiet">{talking ? say.desk("desk.duty.signOut.first") : ""}</p>
            <button type="button" class="chip" disabled={talking} onClick={() => actions.signOut()}>
              {say.desk("desk.duty.signOut")}
            </button>
          </>
        )}
      </div>
      {state.problem !== null && (
        <p class="trouble duty-bar__trouble" role="alert">
          {problemText(state.problem, say)}
        </p>
      )}
    </header>
  );
}
