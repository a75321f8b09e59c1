// The way in for whom this phone remembers: her PIN or words. Whatever it opens, this screen looks the same.

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { type MoreProps, Sheet } from "../more/sheet";
import { problemText } from "../problem-text";
import { SecretField } from "./remember";

export function Unlock({ state, words, actions }: MoreProps): VNode {
  const [pin, setPin] = useState("");
  const { busy } = state.remember;
  return (
    <Sheet title={words("unlock.title")} words={words} onClose={() => actions.showSheet(null)}>
      <form
        class="sheet__form"
        onSubmit={(event) => {
          event.preventDefault();
          if (pin !== "" && !busy) actions.unlock(pin);
        }}
      >
        <label for="unlock-pin">{words("remember.pin")}</label>
        <SecretField id="unlock-pin" value={pin} onValue={setPin} />
        <p class="trouble" role="alert">
          {state.problem !== null && problemText(state.problem, words)}
        </p>
        <button class="main" disabled={pin === "" || busy}>
          {words(busy ? "remember.busy" : "unlock.open")}
        </button>
      </form>
      <button type="button" class="plain" onClick={() => actions.forgetMe()}>
        {words("remember.forget")}
      </button>
    </Sheet>
  );
}
