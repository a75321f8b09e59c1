// The group's own rules, as its facilitator wrote them, before a name is asked for.

import type { VNode } from "preact";
import type { Invitation } from "../../core/state";
import { languageOf } from "../../languages";
import { ReadAloudHere } from "../../read-aloud/read-aloud-here";
import type { Words } from "../../words";
import type { Actions } from "../actions";
import { LanguageChoice } from "../language/language";
import { Scene } from "../scene/scene";
import "./ground-rules.css";

export function GroundRulesView(props: {
  invitation: Invitation;
  words: Words;
  actions: Pick<Actions, "speak" | "agree" | "decline">;
}): VNode {
  const { invitation, words, actions } = props;
  const rules = invitation.rules
    .split("\n")
    .map((rule) => rule.trim())
    .filter((rule) => rule !== "");
  return (
    <main class="letter ground-rules">
      <Scene />
      <LanguageChoice words={words} actions={actions} offered={languageOf(invitation.language)} />
      <h1 dir="auto">{words("rules.title", { group: invitation.group })}</h1>
      <p dir="auto">
        {words("rules.from", { facilitator: invitation.facilitator, organisation: invitation.organisation })}
      </p>
      <ReadAloudHere words={words} />
      <h2>{words("rules.heading")}</h2>
      {rules.length === 0 && <p>{words("rules.none")}</p>}
      <ul class="ground-rules__list" lang={invitation.language}>
        {rules.map((rule) => (
          <li key={rule} dir="auto">
            {rule}
          </li>
        ))}
      </ul>
      <div class="foot">
        <button type="button" class="main" onClick={() => actions.agree()}>
          {words("rules.agree")}
        </button>
        <button type="button" class="plain" onClick={() => actions.decline()}>
          {words("rules.decline")}
        </button>
      </div>
    </main>
  );
}
