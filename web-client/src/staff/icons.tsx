// The drawings beside staff's words. Each only repeats what its text says, so none is read out.

import type { VNode } from "preact";
import { Drawing } from "../look/drawing";

const paths = {
  alarm: "M12 3a7 7 0 0 0-7 7v5l-2 3h18l-2-3v-5a7 7 0 0 0-7-7zm-2.5 16a2.5 2.5 0 0 0 5 0z",
  hand: "M7 11V6a1.5 1.5 0 0 1 3 0v5h1V4a1.5 1.5 0 0 1 3 0v7h1V6a1.5 1.5 0 0 1 3 0v9a6 6 0 0 1-11 3l-3-5 2-1 1 1z",
  door: "M6 3h11v16h2v2H4v-2h1V3zm7 8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z",
  note: "M5 3h15v12l-6 6H4V3zm3 5v2h8V8zm0 4v2h5v-2z",
  pause: "M7 5h3.5v14H7zm6.5 0H17v14h-3.5z",
  lock: "M7 10V8a5 5 0 0 1 10 0v2h1v11H6V10zm2 0h6V8a3 3 0 0 0-6 0z",
  people: "M9 11a4 4 0 1 0-.01 0zm7 0a3 3 0 1 0-.01 0zM1 20c0-4 4-6 8-6s8 2 8 6zm18 0h4c0-3-2-5-6-6q2 2 2 6z",
  talk: "M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-9l-5 4v-4H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z",
  invite: "M2 5h20v14H2zm10 8.5L4.5 8v2L12 15.5l7.5-5.5V8z",
  book: "M6 3h12a1 1 0 0 1 1 1v17H7a3 3 0 0 1-3-3V5a2 2 0 0 1 2-2zm1 13a2 2 0 0 0 0 3h10v-3zM8 7v2h7V7z",
  gear: "M4 6h9v2H4zm13 0h3v2h-3zM14 4h2v6h-2zM4 16h3v2H4zm7 0h9v2h-9zM8 14h2v6H8zM4 11h16v2H4z",
  back: "M14.5 5 16 6.5 10.5 12l5.5 5.5-1.5 1.5-7-7z",
  seen: "m9.5 16.7-5-5L6 10.2l3.5 3.5L18 5.2l1.5 1.5z",
  warning: "M12 3 1.5 21h21zm-1 7h2v6h-2zm0 7.5h2v2h-2z",
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }): VNode {
  return <Drawing path={paths[name]} look="icon" />;
}
