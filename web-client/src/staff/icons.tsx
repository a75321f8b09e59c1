// The drawings beside staff's words. Each only repeats what its text says, so none is read out.

import type { VNode } from "preact";

const paths = {
  alarm: "M12 3a7 7 0 0 0-7 7v5l-2 3h18l-2-3v-5a7 7 0 0 0-7-7zm-2.5 16a2.5 2.5 0 0 0 5 0z",
  hand: "M8 12V6.5a1.25 1.25 0 0 1 2.5 0V11h.5V4.25a1.25 1.25 0 0 1 2.5 0V11h.5V5.5a1.25 1.25 0 0 1 2.5 0V12h.5V8a1.25 1.25 0 0 1 2.5 0v7a6.5 6.5 0 0 1-6.5 6.5c-2.6 0-4-1-5.3-3L4 13.4a1.3 1.3 0 0 1 2-1.6z",
  door: "M6 3h10a1 1 0 0 1 1 1v16h2v2H4v-2h1V4a1 1 0 0 1 1-1zm7 8.2a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z",
  note: "M5 3h14a1 1 0 0 1 1 1v11l-6 6H5a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zm3 5v2h8V8zm0 4v2h5v-2z",
  pause: "M7 5h3.5v14H7zm6.5 0H17v14h-3.5z",
  lock: "M7 10V8a5 5 0 0 1 10 0v2h1a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zm2 0h6V8a3 3 0 0 0-6 0z",
  people:
    "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm7.5.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM1.5 20c0-4 3.4-6.5 7.5-6.5s7.5 2.5 7.5 6.5zm17 0h4c0-3.3-2.5-5.6-5.7-5.9 1.1 1.5 1.7 3.5 1.7 5.9z",
  talk: "M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-9l-5 4v-4H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z",
  invite: "M3 5h18a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm9 8.5L4.5 8v1.9L12 15.3l7.5-5.4V8z",
  book: "M6 3h12a1 1 0 0 1 1 1v17H7a3 3 0 0 1-3-3V5a2 2 0 0 1 2-2zm1 13a2 2 0 0 0 0 3h10v-3zM8 7v2h7V7z",
  gear: "M4 6h9v2H4zm13 0h3v2h-3zm-3.5-1.5H16v5h-2.5zM4 16h3v2H4zm7 0h9v2h-9zm-3.5-1.5H10v5H7.5zM4 11h16v2H4z",
  seen: "m9.5 16.7-5-5L6 10.2l3.5 3.5L18 5.2l1.5 1.5z",
  warning: "M12 3 1.5 21h21zm-1 7h2v6h-2zm0 7.5h2v2h-2z",
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
