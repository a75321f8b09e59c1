// A small picture beside a text: lines on a field of 24 by 24. It says nothing that the text does not say.
import type { VNode } from "preact";

export const pictures = {
  more: "M6 12h.01M12 12h.01M18 12h.01",
  hand: [
    "M8 13V5.5a1.5 1.5 0 0 1 3 0V11m0-6.5a1.5 1.5 0 0 1 3 0V11",
    "m0-4.5a1.5 1.5 0 0 1 3 0V14a7 7 0 0 1-7 7c-2.5 0-4.3-1-5.6-3L3 14.5a1.5 1.5 0 0 1 2.5-1.6L8 15.5",
  ].join(""),
  letter: "M4 6h16v12H4zM4 7l8 6 8-6",
  cup: "M5 9h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM16 10h2a2.5 2.5 0 0 1 0 5h-2M8 3v3M12 3v3",
  two: [
    "M8.5 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20v-3a5 5 0 0 1 9-3",
    "M16 13a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM11.5 21v-1.5a4.5 4.5 0 0 1 9 0V21",
  ].join(""),
  shield: "M12 3 5 5.5v5c0 4.7 2.9 8.4 7 10.5 4.1-2.1 7-5.8 7-10.5v-5zM12 8v4M12 15.5v.5",
  key: "M8 18a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11 11l8-8M16 6l3 3M13.5 8.5l2 2",
  flag: "M6 21V4M6 5h11l-2 4 2 4H6",
  phone: "M7 3h10v18H7zM11 18h2",
  back: "M10 6l-6 6 6 6M4 12h16",
  close: "M6 6l12 12M18 6 6 18",
};

export function Picture({ of }: { of: keyof typeof pictures }): VNode {
  return (
    <svg class="picture" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={pictures[of]} />
    </svg>
  );
}
