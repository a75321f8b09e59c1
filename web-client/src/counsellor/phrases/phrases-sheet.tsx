// Prepared phrases in each language: pressed, one stands where she writes; and she may change them for this time.

import type { VNode } from "preact";
import { languageOf } from "../../languages";
import { languageName, phraseLanguages, type Say } from "../desk-words";
import type { DeskActions } from "../actions";
import { SheetFrame } from "../talk/sheet";
import type { TalkProps } from "../talk/talk-view";
import type { PhraseBook } from "./phrases";
import "./phrases.css";

export function PhrasesSheet({ talk, phrases: book, say, actions }: TalkProps): VNode {
  const { desk } = say;
  return (
    <SheetFrame title={desk("desk.phrases.title")} number={talk.number} say={say} actions={actions}>
      <div class="staff-field">
        <label for="phrase-language">{desk("desk.phrases.language")}</label>
        <select
          id="phrase-language"
          class="field"
          value={book.language}
          onChange={(event) => actions.phraseLanguage(languageOf(event.currentTarget.value) ?? book.language)}
        >
          {phraseLanguages.map((tag) => (
            <option key={tag} value={tag} lang={tag}>
              {languageName(tag)}
            </option>
          ))}
        </select>
      </div>
      <Phrases number={talk.number} book={book} say={say} actions={actions} />
    </SheetFrame>
  );
}

interface PhrasesProps {
  number: number;
  book: PhraseBook;
  say: Say;
  actions: DeskActions;
}

function Phrases(props: PhrasesProps): VNode {
  const { number, book, say, actions } = props;
  const { desk } = say;
  const phrases = book.byLanguage[book.language];
  if (phrases === undefined)
    return <p role="status">{desk(book.failed ? "desk.phrases.failed" : "desk.phrases.loading")}</p>;
  if (book.editing) return <Editing {...props} phrases={phrases} />;
  return (
    <>
      <p class="quiet">{desk("desk.phrases.hint")}</p>
      <ul class="phrases" lang={book.language}>
        {phrases.map((text, i) => (
          <li key={i}>
            <button type="button" class="phrases__one" dir="auto" onClick={() => actions.insertPhrase(number, text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="chip" onClick={() => actions.phrases({ did: "edits", editing: true })}>
        {desk("desk.phrases.edit")}
      </button>
    </>
  );
}

function Editing({ book, phrases, say, actions }: PhrasesProps & { phrases: string[] }): VNode {
  const { desk } = say;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        actions.phrases({ did: "edits", editing: false });
      }}
    >
      <p class="quiet">{desk("desk.phrases.edit.hint")}</p>
      <ul class="phrases">
        {phrases.map((text, i) => (
          <li key={i} class="phrases__edit">
            <textarea
              class="field"
              rows={2}
              value={text}
              dir="auto"
              lang={book.language}
              aria-label={desk("desk.phrases.edit.label", { number: i + 1 })}
              onInput={(event) => actions.phrases({ did: "changes", at: i, text: event.currentTarget.value })}
            />
            <button type="button" class="chip" onClick={() => actions.phrases({ did: "removes", at: i })}>
              {desk("desk.phrases.remove", { number: i + 1 })}
            </button>
          </li>
        ))}
      </ul>
      <div class="phrases__do">
        <button type="button" class="chip" onClick={() => actions.phrases({ did: "adds" })}>
          {desk("desk.phrases.add")}
        </button>
        <button class="main">{desk("desk.phrases.edit.done")}</button>
      </div>
    </form>
  );
}
