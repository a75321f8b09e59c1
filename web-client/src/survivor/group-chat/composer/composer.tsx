// Where she writes. [one-message: 1] When the core says that she may not send now, it says why; what she typed stays.
// What could lead somebody to her goes out only when she says once more that she means it.

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Conversation, messageAt } from "../../../core/conversation";
import { wordKey, type Words } from "../../../words";
import { problemText } from "../../problem-text";
import { contactIn } from "./contact-hint";
import "./composer.css";

const textBytesMax = 8_000; // protocol/limits.hpp: text_bytes_max

export interface ComposerActions {
  draft(text: string): void; // at every keystroke; kept in memory only, so a killed tab loses it
  say(text: string): void; // as an answer, if state.replyTo says so
  answers(seq: number): void; // 0: it is to be no answer
  warns?(warns: boolean): void; // that it may be hard to read; without it she is not offered to say so
}

export interface ComposerProps {
  state: Pick<Conversation, "composer" | "draft" | "problem" | "replyTo" | "warns" | "lines">;
  label: string; // to whom she writes
  words: Words;
  actions: ComposerActions;
  bytesMax?: number;
  before?: ComponentChildren; // stands beside the field, at its beginning
}

export function Composer(props: ComposerProps): VNode {
  const { state, label, words, actions, bytesMax = textBytesMax, before } = props;
  const [doubted, setDoubted] = useState<string | null>(null); // the text that she was asked about
  const field = useRef<HTMLTextAreaElement>(null);
  const tooLong = new TextEncoder().encode(state.draft).length > bytesMax;
  // Without a connection the core keeps what she says, and sends it once when there is one again.
  const isTaken = state.composer.open || state.composer.why === "reconnecting";
  const maySend = isTaken && !tooLong && state.draft.trim() !== "";
  const contact = contactIn(state.draft);
  const asks = contact !== null && doubted === state.draft;
  const offersWarning = actions.warns !== undefined && state.composer.why !== "held" && state.draft.trim() !== "";
  const answered = messageAt(state.lines, state.replyTo);

  useEffect(() => {
    if (state.replyTo !== 0) field.current?.focus();
  }, [state.replyTo]);

  const say = () => {
    if (maySend) actions.say(state.draft.trim());
  };
  const send = () => {
    if (maySend && contact !== null) return setDoubted(state.draft);
    say();
  };
  const advice = adviceFor(state, tooLong, words);
  return (
    <form
      class="composer"
      data-open={state.composer.open}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p class="composer__advice" id="composer-advice" role="status">
        {advice}
      </p>
      {asks && (
        <div class="composer__doubt" role="alert">
          <p>{words(contact === "number" ? "composer.number" : "composer.address")}</p>
          <button type="button" class="chip" onClick={say}>
            {words("composer.sendAnyway")}
          </button>
          <button
            type="button"
            class="chip"
            onClick={() => {
              setDoubted(null);
              field.current?.focus();
            }}
          >
            {words("composer.change")}
          </button>
        </div>
      )}
      {answered !== null && (
        <div class="composer__answer">
          <p dir="auto">
            {words("composer.answers", { name: answered.from })}{" "}
            <q>{answered.warned ? words("warned.closed") : answered.text}</q>
          </p>
          <button type="button" class="chip" onClick={() => actions.answers(0)}>
            {words("composer.noAnswer")}
          </button>
        </div>
      )}
      {offersWarning && (
        <button
          type="button"
          class="composer__warning"
          aria-pressed={state.warns}
          onClick={() => actions.warns?.(!state.warns)}
        >
          {words("composer.warns")}
        </button>
      )}
      <div class="composer__row">
        {before}
        <div class="composer__grow" data-text={`${state.draft || label}\n`}>
          <textarea
            ref={field}
            value={state.draft}
            rows={1}
            aria-label={label}
            aria-describedby="composer-advice"
            placeholder={label}
            autocomplete="off"
            dir="auto"
            enterkeyhint="send"
            onInput={(event) => actions.draft(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
              event.preventDefault();
              send();
            }}
          />
        </div>
        <button class="composer__send" disabled={!maySend} aria-label={words("composer.send")}>
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
            <path d="M12 4 5.5 10.5l1.4 1.4 4.1-4.1V20h2V7.8l4.1 4.1 1.4-1.4z" />
          </svg>
        </button>
      </div>
    </form>
  );
}

function adviceFor({ composer, problem }: ComposerProps["state"], tooLong: boolean, words: Words): string {
  if (!composer.open) return words(wordKey("closed", composer.why) ?? "closed.other");
  if (problem !== null) return problemText(problem, words);
  if (tooLong) return words("composer.tooLong");
  return composer.why === "held" ? words("composer.held") : "";
}
