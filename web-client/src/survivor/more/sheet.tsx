// The frame of everything that lies over the foot of the screen. It closes by its button and by Escape.

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { PageState } from "../../core/state";
import type { Actions } from "../actions";
import type { MemberWords } from "../member-words";
import "./more.css";

export interface MoreProps {
  state: PageState;
  words: MemberWords;
  actions: Actions;
}

export function Sheet(props: {
  title: string;
  words: MemberWords;
  onClose: () => void;
  children: ComponentChildren;
}): VNode {
  const { title, words, onClose, children } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <section
      class="sheet"
      role="dialog"
      aria-labelledby="sheet-title"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <header class="sheet__head">
        <h2 id="sheet-title" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="chip" onClick={onClose}>
          {words("more.close")}
        </button>
      </header>
      {children}
    </section>
  );
}
