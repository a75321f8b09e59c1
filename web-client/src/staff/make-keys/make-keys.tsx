// Making keys: a name and a passphrase become two files. The second screen saves them and says to whom the request
// goes.

import type { VNode } from "preact";
import { Scene } from "../../survivor/scene/scene";
import { type DoorState, strengthOf } from "../door";
import { PassphraseField, ShowPassphrase } from "../sign-in/passphrase-field";
import { problemText } from "../../survivor/problem-text";
import type { StaffWords } from "../staff-words";

const charactersMax = 24; // protocol/limits.hpp: pseudonym_characters_max

export interface MakeKeysActions {
  type(field: "name" | "passphrase" | "again", text: string): void;
  show(shown: boolean): void;
  makeKeys(): void;
  save(which: "request" | "keys"): void;
  goTo(step: "sign-in"): void;
}

interface Props {
  state: DoorState;
  staffWords: StaffWords;
  actions: MakeKeysActions;
}

export function MakeKeysView({ state, staffWords: say, actions }: Props): VNode {
  const strength = strengthOf(state.passphrase);
  const same = state.passphrase === state.again;
  const ready = state.name.trim() !== "" && strength !== "short" && same;
  return (
    <main class="letter staff-door">
      <Scene />
      <h1>{say("makeKeys.title")}</h1>
      <p>{say("makeKeys.intro")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !state.asking) actions.makeKeys();
        }}
      >
        <div class="staff-field">
          <label for="make-keys-name">{say("makeKeys.name")}</label>
          <input
            id="make-keys-name"
            class="field"
            value={state.name}
            maxLength={charactersMax}
            autocomplete="off"
            dir="auto"
            onInput={(event) => actions.type("name", event.currentTarget.value)}
          />
        </div>
        <PassphraseField
          id="make-keys-passphrase"
          label={say("makeKeys.passphrase")}
          value={state.passphrase}
          shown={state.shown}
          describedBy="make-keys-hint"
          onType={(text) => actions.type("passphrase", text)}
        />
        <p id="make-keys-hint" class="quiet" role="status">
          {say(state.passphrase === "" ? "makeKeys.passphrase.hint" : `makeKeys.strength.${strength}`)}
        </p>
        <PassphraseField
          id="make-keys-again"
          label={say("makeKeys.again")}
          value={state.again}
          shown={state.shown}
          describedBy="make-keys-differs"
          onType={(text) => actions.type("again", text)}
        />
        <p id="make-keys-differs" class="quiet" role="status">
          {state.again !== "" && !same && say("makeKeys.differs")}
        </p>
        <ShowPassphrase shown={state.shown} label={say("signIn.show")} onShow={(shown) => actions.show(shown)} />
        <p class="quiet">{say("makeKeys.lost")}</p>
        <div class="foot">
          <p class="trouble" role="alert">
            {state.problem !== null && problemText(state.problem, say)}
          </p>
          <button class="main" disabled={!ready || state.asking}>
            {say(state.asking ? "makeKeys.making" : "makeKeys.go")}
          </button>
          <button type="button" class="plain" onClick={() => actions.goTo("sign-in")}>
            {say("makeKeys.back")}
          </button>
        </div>
      </form>
    </main>
  );
}

export function KeysMadeView({ state, staffWords: say, actions }: Props): VNode {
  const file = (which: "keys" | "request") => (
    <section class="staff-door__file">
      <h2>{say(`keysMade.${which}`)}</h2>
      <p>{say(`keysMade.${which}.hint`)}</p>
      <button type="button" class={state.saved[which] ? "plain" : "main"} onClick={() => actions.save(which)}>
        {say(`keysMade.${which}`)}
      </button>
      <p class="quiet" role="status">
        {state.saved[which] && say("keysMade.saved", { file: state.made?.[which].name })}
      </p>
    </section>
  );
  return (
    <main class="letter staff-door">
      <Scene />
      <h1>{say("keysMade.title")}</h1>
      {file("keys")}
      {file("request")}
      <p>{say("keysMade.then")}</p>
      <section class="staff-door__file">
        <h2>{say("keysMade.key")}</h2>
        <p>{say("keysMade.call")}</p>
        <p class="staff-door__key" translate={false}>
          {inGroups(state.made?.key ?? "")}
        </p>
      </section>
      <div class="foot">
        <button type="button" class="plain" onClick={() => actions.goTo("sign-in")}>
          {say("keysMade.back")}
        </button>
      </div>
    </main>
  );
}

/** As it is read out: four signs at a time. */
const inGroups = (key: string) => (key.match(/.{1,4}/g) ?? []).join(" ");
