// A sheet over the group: what is not needed all the time. Its heading takes the focus, and gives it back to where it
// was; the exit stays above it.

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../icons";
import type { HostProps } from "./props";

interface SheetProps extends Pick<HostProps, "say" | "actions"> {
  title: string;
  children: ComponentChildren;
}

export function SheetFrame({ title, say, actions, children }: SheetProps): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <section
      class="host__sheet"
      aria-labelledby="sheet-title"
      onKeyDown={(event) => {
        if (event.key === "Escape") actions.show({ did: "sheet", sheet: null });
      }}
    >
      <header class="host__sheet-head">
        <button
          type="button"
          class="host__sheet-close"
          aria-label={say("host.close")}
          onClick={() => actions.show({ did: "sheet", sheet: null })}
        >
          <Icon name="back" />
        </button>
        <h2 id="sheet-title" ref={heading} tabIndex={-1}>
          {title}
        </h2>
      </header>
      {children}
    </section>
  );
}
