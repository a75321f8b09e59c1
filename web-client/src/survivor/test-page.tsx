// For the tests of views: draws one into a document, and notes what it reports.
import { render, type VNode } from "preact";
import { act } from "preact/test-utils";
import { vi } from "vitest";
import english from "../locales/en.po";
import { wordsIn } from "../words";
import type { Actions } from "./actions";

export const words = wordsIn("en", english);

export function noActions(): Actions {
  const names: (keyof Actions)[] = [
    "speak",
    "typeWords",
    "openInvite",
    "agree",
    "decline",
    "moreNames",
    "chooseName",
    "knock",
    "goBack",
    "draft",
    "say",
    "answers",
    "react",
    "hide",
    "showRoster",
    "askToLeave",
    "leave",
  ];
  return Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as Actions;
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
