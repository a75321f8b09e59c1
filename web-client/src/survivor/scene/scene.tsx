// A quiet picture at the head of the screens before the group: a sill, hills, an early light. It says nothing, so that
// nobody who glances at the screen learns what the page is.

import type { VNode } from "preact";
import "./scene.css";

export function Scene(): VNode {
  return (
    <svg class="scene" viewBox="0 0 320 112" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <rect class="scene__sky" width="320" height="112" />
      <circle class="scene__glow" cx="228" cy="72" r="46" />
      <circle class="scene__sun" cx="228" cy="72" r="21" />
      <path class="scene__far" d="M0 84c36-16 62-24 96-16 30 7 48 12 84 2 40-11 84-24 140-4v46H0z" />
      <path class="scene__near" d="M0 98c44-14 90-18 136-9 56 11 112 5 184-12v35H0z" />
      <path class="scene__leaf" d="M34 112c-2-22 2-36 14-46 6 14 4 30-6 46zM22 112c-8-12-10-24-6-36 10 8 14 20 12 36z" />
    </svg>
  );
}
