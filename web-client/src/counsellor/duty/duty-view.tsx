// Before she is on duty: what the desk is, and in which languages she talks.

import type { VNode } from "preact";
import { languageCodes } from "../../languages";
import { Scene } from "../../survivor/scene/scene";
import type { DeskActions } from "../actions";
import { type DeskState, languagesMax } from "../desk";
import { languageName, problemText, type Say } from "../desk-words";
import type { Notifying } from "../notify";
import { Settings } from "./settings";
import "./duty.css";

const more = [
  "es",
  "pt",
  "ro",
  "sq",
  "uk",
  "ru",
  "de",
  "yo",
  "ig",
  "ha",
  "tr",
  "fa",
  "so",
  "ti",
  "am",
  "bn",
  "ur",
  "zh",
];

export interface DutyProps {
  name: string;
  state: DeskState;
  notifying: Notifying;
  say: Say;
  actions: DeskActions;
}

export function DutyView({ name, state, notifying, say, actions }: DutyProps): VNode {
  const going = state.asking || state.duty === "connecting";
  return (
    <main class="letter duty">
      <Scene />
      <h1>{say.desk("desk.duty.title")}</h1>
      <p>
        {say.desk("desk.duty.hello", { name })} {say.desk("desk.duty.intro")}
      </p>
      <LanguageChoice state={state} say={say} actions={actions} />
      <Settings state={state} notifying={notifying} say={say} actions={actions} />
      <div class="foot">
        <p class="trouble" role="alert">
          {state.duty === "refused"
            ? say.desk("desk.duty.refused")
            : state.problem !== null
              ? problemText(state.problem, say)
              : ""}
        </p>
        <button
          type="button"
          class="main"
          disabled={going || state.languages.length === 0}
          onClick={() => actions.goOnDuty()}
        >
          {say.desk(going ? "desk.duty.going" : "desk.duty.go")}
        </button>
        <button type="button" class="plain" onClick={() => actions.signOut()}>
          {say.desk("desk.duty.signOut")}
        </button>
      </div>
    </main>
  );
}

function LanguageChoice({ state, say, actions }: Pick<DutyProps, "state" | "say" | "actions">): VNode {
  const full = state.languages.length >= languagesMax;
  const choice = (tag: string) => {
    const chosen = state.languages.includes(tag);
    return (
      <label key={tag} class="duty__language" data-chosen={chosen}>
        <input
          type="checkbox"
          checked={chosen}
          disabled={full && !chosen}
          onChange={() => {
            const others = state.languages.filter((each) => each !== tag);
            actions.do({ did: "languages", languages: chosen ? others : [...others, tag] });
          }}
        />
        <span lang={tag}>{languageName(tag)}</span>
      </label>
    );
  };
  return (
    <fieldset class="duty__languages">
      <legend>{say.desk("desk.duty.languages")}</legend>
      <div class="duty__choices">{languageCodes.map(choice)}</div>
      <details>
        <summary>{say.desk("desk.duty.languages.more")}</summary>
        <div class="duty__choices">{more.map(choice)}</div>
      </details>
      {full && <p class="quiet">{say.desk("desk.duty.languages.most")}</p>}
    </fieldset>
  );
}
