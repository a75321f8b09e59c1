// A quiet picture at the head of the screens before the group: a sill, hills, an early light. It says nothing, so that
// nobody who glances at the screen learns what the page is.

import type { VNode } from "preact";
import "./scene.css";

export function Scene(): VNode {
  return (
    <svg class="scene" viewBox="0 0 320 112" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <rect class="scene__sky" width="320" height="112" />
      <circle class="scene__glow" cx="98" cy="66" r="48" />
      <circle class="scene__sun" cx="98" cy="66" r="22" />
      <path class="scene__far" d="M0 78c40-14 70-8 104 3 34 10 52 8 86-4 42-15 88-18 130-3v38H0z" />
      <path class="scene__near" d="M0 98c44-14 90-18 136-9 56 11 112 5 184-12v35H0z" />
      <path
        class="scene__leaf"
        d="M286 112c-3-20 1-34 13-44 7 13 5 29-5 44zM276 112c-12-8-16-18-14-30 12 6 18 16 20 30z"
      />
    </svg>
  );
}
