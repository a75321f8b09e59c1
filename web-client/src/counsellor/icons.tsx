// The drawings beside a counsellor's words. Each only repeats what its text says, so none is read out.

import type { VNode } from "preact";
import { Drawing } from "../look/drawing";

const paths = {
  calm: "M4 10h11v5a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4zm12 1h1.5a2.5 2.5 0 0 1 0 5H16zM7 3c1 1.2-1 2.3 0 4",
  soon: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm-1 4h2v5l3.5 2-1 1.7L11 13z",
  now: "M13 2 5 14h5l-1 8 9-13h-6z",
  not_safe: "M12 2 4 5v6c0 5 3.4 9.3 8 11 4.6-1.7 8-6 8-11V5zm-1 5h2v7h-2zm0 8.5h2v2h-2z",
  talk: "M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-9l-5 4v-4H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z",
  letter: "M3 5h18a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm9 8.5L4.5 8v1.9L12 15.3l7.5-5.4V8z",
  queue: "M7 11a3.5 3.5 0 1 0-.01 0zm10 0a3.5 3.5 0 1 0-.01 0zM1 19c0-8 12-8 12 0zm13 0h9c0-6-6-7-9-5z",
  again: "M12 5V2L7 6l5 4V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
  hand: "M2 8h5l3-2 4 1 3-1h5v9h-3l-5 4-3-1-5-3H2zm5 2v4l5 3.2L16.6 14 13 11l-3 1.5L9 11l2.6-2.4L10.4 8z",
  end: "M5 5h14v14H5z",
  words: "M4 5h16v2H4zm0 5h16v2H4zm0 5h10v2H4z",
  gear: "M4 6h9v2H4zm13 0h3v2h-3zm-3.5-1.5H16v5h-2.5zM4 16h3v2H4zm7 0h9v2h-9zm-3.5-1.5H10v5H7.5zM4 11h16v2H4z",
  check: "m9.5 16.7-5-5L6 10.2l3.5 3.5L18 5.2l1.5 1.5z",
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }): VNode {
  return <Drawing path={paths[name]} look="desk-icon" />;
}
