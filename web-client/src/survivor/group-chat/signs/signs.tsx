// The six signs by which one can answer without words: each a picture and its name.

import type { VNode } from "preact";
import type { ReactionSign } from "../../../core/commands";
import type { Words } from "../../../words";
import "./signs.css";

export type Sign = Exclude<ReactionSign, "none">;
export const signs: readonly Sign[] = ["heart", "thanks", "hug", "strength", "sad", "yes"];

// Drawn on a field of 24 by 24, in lines.
const shapes: Record<Sign, string> = {
  heart: "M12 20S4 15 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3C20 15 12 20 12 20z",
  thanks: "M12 13v8M12 18c-3 0-5-1-6-3M12 18c3 0 5-1 6-3M12 13a5 5 0 0 1-5-5V4l3 2 2-3 2 3 3-2v4a5 5 0 0 1-5 5z",
  hug: [
    "M8.5 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM15.5 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "M3.5 20v-4a5 5 0 0 1 5-5c2.5 0 3 2 6 3M20.5 20v-4a5 5 0 0 0-5-5c-2.5 0-3 2-6 3M8 20v-2.5",
    "M16 20v-2.5",
  ].join(""),
  strength: "M3 19 9.5 8l4 6.5 2-3L21 19zM7.6 11.2l1.9 1.3 1.8-1.4M17 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z",
  sad: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 16.5c1-1.5 2.2-2 3.5-2s2.5.500 3.5 2M9 9.5v.500M15 9.5v.500",
  yes: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.3l2.8 2.8L16 9.5",
};

export function SignPicture({ sign }: { sign: Sign }): VNode {
  return (
    <svg class="sign" viewBox="0 0 24 24" width="24" height="24" data-sign={sign} aria-hidden="true" focusable="false">
      <path d={shapes[sign]} />
    </svg>
  );
}

export const signName = (sign: Sign, words: Words) => words(`sign.${sign}`);
