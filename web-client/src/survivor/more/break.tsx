// "I need a break": what is said is covered, and she stays in the group. Nobody is told, unless she wants it.

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Scene } from "../scene/scene";
import { LaneProgress } from "./lane-progress";
import type { MoreProps } from "./more";

export function Break({ state, words, actions }: MoreProps): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const told = state.lane.progress.private_note;
  return (
    <section class="break" role="dialog" aria-labelledby="break-title">
      <div class="letter">
        <Scene />
        <h2 id="break-title" ref={heading} tabIndex={-1}>
          {words("break.title")}
        </h2>
        <p>{words("break.what")}</p>
        <p>{words("break.breath")}</p>
        <LaneProgress progress={told} kind="note" words={words} />
        <div class="foot">
          <button type="button" class="main" onClick={() => actions.showSheet(null)}>
            {words("break.back")}
          </button>
          {told === undefined && (
            <button type="button" class="plain" onClick={() => actions.sendNote(words("break.note"))}>
              {words("break.tell")}
            </button>
          )}
          <button type="button" class="plain" onClick={() => actions.showAlone(true)}>
            {words("more.alone")}
          </button>
        </div>
      </div>
    </section>
  );
}
