// The first screen: what this is, who can read it, what to do if someone is watching. With a link it has one button;
// without one it has a field for the twelve words, and says how to get an invite.

import type { VNode } from "preact";
import type { PageState } from "../../core/state";
import { ReadAloudHere } from "../../read-aloud/read-aloud-here";
import type { Words } from "../../words";
import type { Actions } from "../actions";
import { LanguageChoice } from "../language/language";
import { later } from "../later";
import { Picture } from "../picture";
import { problemText } from "../problem-text";
import type { InAppProps } from "./in-app-hint";
import { Scene } from "../scene/scene";
import "./invite.css";

const InAppLater = later<InAppProps>(() => import("./in-app-hint").then((it) => it.InAppHint));

export interface InviteProps {
  state: Pick<PageState, "step" | "words" | "asking" | "problem" | "inApp" | "remember" | "sheet">;
  words: Words;
  actions: Pick<Actions, "speak" | "typeWords" | "openInvite" | "showAlone" | "showSheet" | "copyInvite">;
}

export function InviteView({ state, words, actions }: InviteProps): VNode {
  const byWords = state.step === "words";
  return (
    <main class="letter invite" inert={state.sheet !== null}>
      <Scene />
      <LanguageChoice words={words} actions={actions} />
      <h1>{words(byWords ? "invite.titleWords" : "invite.title")}</h1>
      <ReadAloudHere words={words} />
      {!byWords && state.inApp !== null && (
        <InAppLater app={state.inApp} words={words} actions={actions} onBack={() => undefined} />
      )}
      {state.remember.kept && (
        <button type="button" class="main" onClick={() => actions.showSheet("unlock")}>
          {words("invite.pin")}
        </button>
      )}
      {byWords && <WordsForm state={state} words={words} actions={actions} />}
      <dl class="invite__facts">
        <dt>{words("invite.what.title")}</dt>
        <dd>{words("invite.what")}</dd>
        <dt>{words("invite.who.title")}</dt>
        <dd>{words("invite.who")}</dd>
        <dt>{words("invite.watched.title")}</dt>
        <dd>{words("invite.watched")}</dd>
        {byWords && <dt>{words("invite.none.title")}</dt>}
        {byWords && <dd>{words("invite.none")}</dd>}
      </dl>
      <p class="quiet">{words("invite.reload")}</p>
      <button type="button" class="plain invite__alone" onClick={() => actions.showAlone(true)}>
        <Picture of="two" />
        {words("invite.alone")}
      </button>
      {!byWords && (
        <div class="foot">
          <Trouble state={state} words={words} />
          <button type="button" class="main" disabled={state.asking} onClick={() => actions.openInvite()}>
            {words(state.asking ? "invite.opening" : "invite.goOn")}
          </button>
        </div>
      )}
    </main>
  );
}

function WordsForm({ state, words, actions }: InviteProps): VNode {
  const count = state.words.trim() === "" ? 0 : state.words.trim().split(/\s+/u).length;
  return (
    <form
      class="invite__words"
      onSubmit={(event) => {
        event.preventDefault();
        actions.openInvite();
      }}
    >
      <label for="invite-words">{words("invite.words.label")}</label>
      <p id="invite-words-hint" class="quiet">
        {words("invite.words.hint")}
      </p>
      <textarea
        id="invite-words"
        rows={3}
        value={state.words}
        autocomplete="off"
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        dir="auto"
        aria-describedby="invite-words-hint invite-words-count"
        onInput={(event) => actions.typeWords(event.currentTarget.value)}
      />
      <p id="invite-words-count" class="quiet">
        {count > 0 && words("invite.words.count", { count })}
      </p>
      <Trouble state={state} words={words} />
      <button class="main" disabled={state.asking || count === 0}>
        {words(state.asking ? "invite.opening" : "invite.goOn")}
      </button>
    </form>
  );
}

function Trouble({ state, words }: Pick<InviteProps, "state" | "words">): VNode {
  return (
    <p class="trouble" role="alert">
      {state.sheet === null && state.problem !== null && problemText(state.problem, words)}
    </p>
  );
}
