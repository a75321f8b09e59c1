// "I need a break": what is said is covered, and she stays in the group. Nobody is told, unless she wants it.

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Scene } from "../scene/scene";
import { LaneProgress } from "./lane-progress";
import type { MoreProps } from "./sheet";

export function Break({ state, words, actions }: MoreProps): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [tells, setTells] = useState(false); // from here: an earlier note is another matter
  return (
    <section class="break" role="dialog" aria-labelledby="break-title">
      <div class="letter">
        <Scene />
        <h2 id="break-title" ref={heading} tabIndex={-1}>
          {words("break.title")}
        </h2>
        <p>{words("break.what")}</p>
        <p>{words("break.breath")}</p>
        <LaneProgress progress={tells ? state.lane.progress.private_note : undefined} kind="note" words={words} />
        <div class="foot">
          <button type="button" class="main" onClick={() => actions.showSheet(null)}>
            {words("break.back")}
          </button>
          {!tells && (
            <button
              type="button"
              class="plain"
              onClick={() => {
                setTells(true);
                actions.sendNote(words("break.note"));
              }}
            >
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
