// What she asks with: a language, how soon, and a few words if she likes. Only counsellors can read it.

import type { VNode } from "preact";
import type { Urgency } from "../../core/commands";
import { type AloneProps, AlonePage, Trouble } from "./alone-view";

// Each in its own tongue: who cannot read the page's language finds hers.
const languages = [
  ["en", "English"],
  ["it", "Italiano"],
  ["fr", "Français"],
  ["pcm", "Naijá"],
  ["ar", "العربية"],
  ["es", "Español"],
  ["pt", "Português"],
  ["ro", "Română"],
  ["sq", "Shqip"],
  ["uk", "Українська"],
  ["bn", "বাংলা"],
  ["ur", "اردو"],
  ["zh", "中文"],
] as const;

const urgencies: readonly Urgency[] = ["calm", "soon", "now", "not_safe"];
const noteBytesMax = 1_000; // protocol/limits.hpp: desk_note_bytes_max
const nameCharactersMax = 24; // protocol/limits.hpp: pseudonym_characters_max

export function AskForm(props: AloneProps): VNode {
  const { state, words, actions } = props;
  const tooLong = new TextEncoder().encode(state.note).length > noteBytesMax;
  return (
    <AlonePage {...props} title={words("alone.title")}>
      <p>{words("alone.what")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!tooLong && !state.asking) actions.ask();
        }}
      >
        <label for="alone-language">{words("alone.language")}</label>
        <select
          id="alone-language"
          class="field"
          value={state.language}
          onChange={(event) => actions.fill({ language: event.currentTarget.value })}
        >
          {languages.map(([tag, name]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
        <fieldset class="choices">
          <legend>{words("alone.urgency")}</legend>
          {urgencies.map((urgency) => (
            <label key={urgency}>
              <input
                type="radio"
                name="urgency"
                checked={state.urgency === urgency}
                onChange={() => actions.fill({ urgency })}
              />
              <span>{words(`alone.urgency.${urgency}`)}</span>
            </label>
          ))}
        </fieldset>
        <label for="alone-note">{words("alone.note")}</label>
        <textarea
          id="alone-note"
          rows={3}
          dir="auto"
          autocomplete="off"
          value={state.note}
          onInput={(event) => actions.fill({ note: event.currentTarget.value })}
        />
        <label for="alone-name">{words("alone.name")}</label>
        <input
          id="alone-name"
          class="field"
          dir="auto"
          autocomplete="off"
          maxLength={nameCharactersMax}
          value={state.name}
          onInput={(event) => actions.fill({ name: event.currentTarget.value })}
        />
        <p class="trouble" role="alert">
          {tooLong && words("note.tooLong")}
        </p>
        <Trouble {...props} />
        <div class="foot">
          <button class="main" disabled={state.asking || tooLong}>
            {words(state.asking ? "alone.asking" : "alone.ask")}
          </button>
          <button type="button" class="plain" onClick={() => actions.begin("read")}>
            {words("alone.read")}
          </button>
        </div>
      </form>
    </AlonePage>
  );
}
