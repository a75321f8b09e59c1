// What the organisation says to whoever is not safe: whom to call, where to go. In her language, or else in its first.
// A number to call can be tapped; the phone then asks before it calls.

import type { VNode } from "preact";
import type { TextInLanguage } from "../../core/events";

const primary = (tag: string) => tag.toLowerCase().split("-")[0];

/** Null: the organisation says nothing. */
export function ownText(texts: TextInLanguage[], language: string): TextInLanguage | null {
  return texts.find((one) => primary(one.language) === primary(language)) ?? texts[0] ?? null;
}

const numbers = /(\+?\d(?:[ ().-]{0,2}\d){2,14})/;

export function OwnText({ language, text }: TextInLanguage): VNode {
  return (
    <p class="own-text" lang={language} dir="auto">
      {text
        .split(numbers)
        .map((part, i) => (i % 2 === 1 ? <a href={`tel:${part.replace(/[^+\d]/g, "")}`}>{part}</a> : part))}
    </p>
  );
}
