// Twelve words to be written down, each with its place.

import type { VNode } from "preact";
import type { MemberWords } from "../member-words";
import "./twelve-words.css";

export function TwelveWords({ of, words }: { of: string; words: MemberWords }): VNode {
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
