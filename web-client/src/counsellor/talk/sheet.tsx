// A sheet in front of a talk: a heading, what it asks, and the way back to the talk.

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { DeskActions } from "../actions";
import type { Say } from "../desk-words";

export function SheetFrame(props: {
  title: string;
  number: number;
  say: Say;
  actions: DeskActions;
  children: ComponentChildren;
}): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="sheet">
      <h3 ref={heading} tabIndex={-1}>
        {props.title}
      </h3>
      {props.children}
      <button
        type="button"
        class="plain"
        onClick={() => props.actions.talk(props.number, { did: "sheet", sheet: null })}
      >
        {props.say.desk("desk.talk.back")}
      </button>
    </div>
  );
}
