// A small drawing beside a text, on a field of 24 by 24. It only repeats what its text says, so it is never read out.

import type { VNode } from "preact";

export function Drawing({ path, look }: { path: string; look: string }): VNode {
  return (
    <svg class={look} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
