// Answering a request that was left while nobody was on duty: nobody is there to talk with, so it is one text.

import type { VNode } from "preact";
import type { DeskActions } from "../actions";
import { answerBytesMax, type Answering } from "../desk";
import { languageName, problemText, type Say } from "../desk-words";
import { Icon } from "../icons";

export function AnswerView(props: { answer: Answering; say: Say; actions: DeskActions }): VNode {
  const { answer, say, actions } = props;
  const { desk } = say;
  const { number, urgency, language, note, text, asking, problem } = answer;
  const tooLong = new TextEncoder().encode(text.trim()).length > answerBytesMax;
  const ready = text.trim() !== "" && !tooLong && !asking;
  return (
    <section class="talk answer" aria-labelledby="talk-title">
      <div class="sheet">
        <h2 id="talk-title">{desk("desk.answer.title", { number })}</h2>
        <p class="request__mark">
          <Icon name={urgency} />
          {desk(`desk.urgency.${urgency}`)} · {languageName(language)}
        </p>
        <p class={note === "" ? "quiet" : "request__note"} dir="auto" lang={language}>
          {note === "" ? desk("desk.queue.noNote") : note}
        </p>
        <p>{desk("desk.answer.what")}</p>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) actions.answer(number);
          }}
        >
          <div class="staff-field">
            <label for="answer-text">{desk("desk.answer.label")}</label>
            <textarea
              id="answer-text"
              class="field"
              rows={6}
              dir="auto"
              value={text}
              onInput={(event) => actions.do({ did: "types-answer", number, text: event.currentTarget.value })}
            />
          </div>
          <p class="trouble" role="alert">
            {tooLong ? desk("desk.answer.tooLong") : problem === null ? "" : problemText(problem, say)}
          </p>
          <button class="main" disabled={!ready}>
            {desk(asking ? "desk.answer.going" : "desk.answer.go")}
          </button>
        </form>
        <div class="answer__else">
          <button type="button" class="chip" disabled={asking} onClick={() => actions.putBack(number)}>
            {desk("desk.answer.back")}
          </button>
          <button type="button" class="chip" disabled={asking} onClick={() => actions.endRequest(number)}>
            {desk("desk.answer.end")}
          </button>
        </div>
      </div>
    </section>
  );
}
