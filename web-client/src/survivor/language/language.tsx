// The choice of a language, each called by its own name: a quiet row that whoever does not read the page still finds.
// With `offered`, one alone: the language of the group she was invited to, if it is another. Nothing is stored.

import type { VNode } from "preact";
import { type Language, languageCodes, languages } from "../../languages";
import type { Words } from "../../words";
import type { Actions } from "../actions";
import "./language.css";

export function LanguageChoice(props: {
  words: Words;
  actions: Pick<Actions, "speak">;
  offered?: Language | null;
}): VNode | null {
  const { words, actions, offered } = props;
  if (offered === null || offered === words.language) return null;
  const codes = offered === undefined ? languageCodes : [offered];
  return (
    <nav class="language" aria-label={words("language.title")}>
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">
        <circle cx="12" cy="12" r="9" />
        <path d="M3 12h18M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18" />
      </svg>
      {codes.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-current={code === words.language}
          onClick={() => actions.speak(code)}
        >
          {languages[code].name}
        </button>
      ))}
    </nav>
  );
}
