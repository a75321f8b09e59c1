// She picks what she is called here: one of three suggested names, or her own, with a warning against real ones.

import type { VNode } from "preact";
import type { PageState } from "../../core/state";
import type { Words } from "../../words";
import type { Actions } from "../actions";
import { problemText } from "../problem-text";
import { Scene } from "../scene/scene";
import "./name.css";

const charactersMax = 24; // protocol/limits.hpp: pseudonym_characters_max

export function NameView(props: {
  state: Pick<PageState, "names" | "name" | "asking" | "problem" | "invitation">;
  words: Words;
  actions: Pick<Actions, "moreNames" | "chooseName" | "knock">;
}): VNode {
  const { state, words, actions } = props;
  const name = state.name.trim();
  const own = state.names.includes(state.name) ? "" : state.name;
  return (
    <main class="letter name">
      <Scene />
      <h1>{words("name.title")}</h1>
      <p>{words(state.invitation?.group === "" ? "name.back" : "name.hint")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== "") actions.knock();
        }}
      >
        <fieldset class="name__choice">
          <legend>{words("name.suggested")}</legend>
          {state.names.map((suggested) => (
            <label key={suggested}>
              <input
                type="radio"
                name="suggested"
                value={suggested}
                checked={state.name === suggested}
                onChange={() => actions.chooseName(suggested)}
              />
              <span>{suggested}</span>
            </label>
          ))}
          <button type="button" class="plain" onClick={() => actions.moreNames()}>
            {words("name.more")}
          </button>
        </fieldset>
        <label class="name__own" for="name-own">
          {words("name.own")}
        </label>
        <input
          id="name-own"
          class="field"
          value={own}
          maxLength={charactersMax}
          autocomplete="off"
          autocorrect="off"
          spellcheck={false}
          dir="auto"
          aria-describedby="name-warning"
          onInput={(event) => actions.chooseName(event.currentTarget.value)}
        />
        <p id="name-warning" class="quiet">
          {words("name.warning")}
        </p>
        <div class="foot">
          <p class="trouble" role="alert">
            {state.problem !== null && problemText(state.problem, words)}
          </p>
          <button class="main" disabled={name === "" || state.asking}>
            {name === "" ? words("name.goOn") : words("name.goOnAs", { name })}
          </button>
        </div>
      </form>
    </main>
  );
}
