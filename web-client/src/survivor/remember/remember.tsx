// "Remember me on this phone": off unless she turns it on. Says what it does, how weak a PIN is, and that her words are
// still the way back.

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { type MoreProps, Sheet } from "../more/sheet";
import { problemText } from "../problem-text";

const pinCharactersMin = 4;

export function Remember({ state, words, actions }: MoreProps): VNode {
  const [pin, setPin] = useState("");
  const [second, setSecond] = useState("");
  const { kept, busy } = state.remember;
  const ready = pin.length >= pinCharactersMin && (second === "" || second.length >= pinCharactersMin);
  const same = second !== "" && second === pin;
  return (
    <Sheet title={words("remember.title")} words={words} onClose={() => actions.showSheet(null)}>
      <p>{words("remember.what")}</p>
      <p>{words("remember.weak")}</p>
      {state.returnWords === "" && !kept && (
        <div class="sheet__form">
          <p>{words("remember.wordsFirst")}</p>
          <button type="button" class="main" onClick={() => actions.showSheet("words")}>
            {words("back.show")}
          </button>
        </div>
      )}
      {state.returnWords !== "" && !kept && (
        <form
          class="sheet__form"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !same && !busy) actions.remember(pin, second);
          }}
        >
          <label for="remember-pin">{words("remember.pin")}</label>
          <SecretField id="remember-pin" value={pin} onValue={setPin} hint="remember-pin-hint" />
          <p id="remember-pin-hint" class="quiet">
            {words("remember.pin.hint")}
          </p>
          <details>
            <summary>{words("remember.second")}</summary>
            <p>{words("remember.second.what")}</p>
            <label for="remember-second">{words("remember.second.label")}</label>
            <SecretField id="remember-second" value={second} onValue={setSecond} />
          </details>
          <p class="trouble" role="alert">
            {same ? words("remember.same") : state.problem !== null && problemText(state.problem, words)}
          </p>
          <button class="main" disabled={!ready || same || busy}>
            {words(busy ? "remember.busy" : "remember.yes")}
          </button>
        </form>
      )}
      {kept && <p role="status">{words("remember.kept")}</p>}
      {kept && (
        <button type="button" class="plain" onClick={() => actions.forgetMe()}>
          {words("remember.forget")}
        </button>
      )}
    </Sheet>
  );
}

export function SecretField(props: {
  id: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string;
}): VNode {
  return (
    <input
      id={props.id}
      class="field"
      type="password"
      autocomplete="off"
      dir="auto"
      value={props.value}
      aria-describedby={props.hint}
      onInput={(event) => props.onValue(event.currentTarget.value)}
    />
  );
}
