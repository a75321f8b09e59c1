// For the tests of views: draws one into a document, and notes what it reports.
import { render, type VNode } from "preact";
import { act } from "preact/test-utils";
import { type Mock, vi } from "vitest";
import english from "../locales/en.po";
import englishLater from "../locales/en.po?later";
import { wordsIn } from "../words";
import type { Actions } from "./actions";
import type { AloneActions } from "./alone/alone-actions";
import memberEnglish from "./locales/en.po";
import { memberWords } from "./member-words";

export const words = wordsIn("en", english, englishLater);
export const moreWords = memberWords(words, memberEnglish);

/** Each action notes that it was called. */
export type Fakes<T> = { [Name in keyof T]: T[Name] extends (...args: never[]) => unknown ? Mock<T[Name]> : T[Name] };

const fakes = <T,>(names: (keyof T)[]) => Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as T;

export function noAloneActions(): AloneActions {
  return fakes<AloneActions>([
    ...(["show", "fill", "begin", "ask", "leaveRequest", "readAnswer", "draft", "say", "agree", "end"] as const),
  ]);
}

export function noActions(): Fakes<Actions> {
  const actions = fakes<Actions>([
    ...([
      "speak",
      "typeWords",
      "openInvite",
      "agree",
      "decline",
      "moreNames",
      "chooseName",
      "knock",
      "goBack",
    ] as const),
    ...([
      "draft",
      "say",
      "answers",
      "warns",
      "react",
      "hide",
      "showRoster",
      "showSheet",
      "raiseHand",
      "writeNote",
    ] as const),
    ...(["sendNote", "notSafe", "askForWords", "wordsSeen", "showAlone", "askToLeave", "leave"] as const),
    ...(["continueHere", "leaveItThere", "startAgain", "copyInvite", "remember", "unlock", "forgetMe"] as const),
  ]);
  return { ...actions, alone: noAloneActions() } as Fakes<Actions>;
}

export function draw(view: VNode): HTMLElement {
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  act(() => render(view, root));
  return root;
}

export function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
