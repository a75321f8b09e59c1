// Signing in: two files and a passphrase. Nothing of them leaves the device, and the screen says so.

import type { VNode } from "preact";
import type { Language } from "../../languages";
import { LanguageChoice } from "../../survivor/language/language";
import { Scene } from "../../survivor/scene/scene";
import type { ChosenFile, DoorState } from "../door";
import { problemText } from "../../survivor/problem-text";
import type { StaffWords } from "../staff-words";
import { FileChoice } from "./file-choice";
import { PassphraseField, ShowPassphrase } from "./passphrase-field";

export interface SignInActions {
  speak(language: Language): void;
  choose(wanted: "certificate" | "keys", files: ChosenFile[]): void;
  fileFailed(): void;
  type(field: "passphrase", text: string): void;
  show(shown: boolean): void;
  signIn(): void;
  goTo(step: "make-keys"): void;
}

export function SignInView(props: { state: DoorState; staffWords: StaffWords; actions: SignInActions }): VNode {
  const { state, staffWords: say, actions } = props;
  const ready = state.certificate !== null && state.keys !== null && state.passphrase !== "";
  const file = (wanted: "certificate" | "keys") => (
    <FileChoice
      id={`sign-in-${wanted}`}
      label={say(`signIn.${wanted}`)}
      hint={say(`signIn.${wanted}.hint`)}
      button={say(state[wanted] === null ? "signIn.choose" : "signIn.chooseAnother")}
      chosen={state[wanted]}
      several
      onFiles={(files) => actions.choose(wanted, files)}
      onTrouble={() => actions.fileFailed()}
    />
  );
  return (
    <main class="letter staff-door">
      <Scene />
      <LanguageChoice words={say} actions={actions} />
      <h1>{say("signIn.title")}</h1>
      {state.signedOut && <p role="status">{say("signIn.ended")}</p>}
      <p>{say("signIn.intro")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !state.asking) actions.signIn();
        }}
      >
        {file("certificate")}
        {file("keys")}
        {state.trouble !== null && (
          <p class="trouble" role="alert">
            {say(`signIn.${state.trouble}`)}
          </p>
        )}
        <PassphraseField
          id="sign-in-passphrase"
          label={say("signIn.passphrase")}
          value={state.passphrase}
          shown={state.shown}
          onType={(text) => actions.type("passphrase", text)}
        />
        <ShowPassphrase shown={state.shown} label={say("signIn.show")} onShow={(shown) => actions.show(shown)} />
        <p class="trouble" role="alert">
          {state.problem !== null && problemText(state.problem, say)}
        </p>
        <button class="main" disabled={!ready || state.asking}>
          {say(state.asking ? "signIn.opening" : "signIn.go")}
        </button>
      </form>
      <p class="quiet">{say("signIn.kept")}</p>
      <section class="staff-door__first">
        <h2>{say("signIn.first")}</h2>
        <button type="button" class="plain" onClick={() => actions.goTo("make-keys")}>
          {say("signIn.makeKeys")}
        </button>
        <a class="plain" href="/">
          {say("signIn.member")}
        </a>
      </section>
    </main>
  );
}
