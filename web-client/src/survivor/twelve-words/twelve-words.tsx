// Twelve words to be written down, each with its place.

import type { VNode } from "preact";
import type { Words } from "../../words";
import "./twelve-words.css";

export function TwelveWords({ of, words }: { of: string; words: Words }): VNode {
  return (
    <ol class="twelve-words" aria-label={words("back.words")}>
      {of.split(" ").map((word, i) => (
        <li key={i} dir="auto">
          {word}
        </li>
      ))}
    </ol>
  );
}
