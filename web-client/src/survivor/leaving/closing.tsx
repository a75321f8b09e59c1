// The last screen: how it ended, in words, and what she can do. Nothing of the group is on it.

import type { VNode } from "preact";
import type { Closed } from "../../core/state";
import type { Words } from "../../words";
import { Scene } from "../scene/scene";
import "./leaving.css";

export function ClosingView({ closed, words }: { closed: Closed; words: Words }): VNode {
  return (
    <main class="letter closing">
      <Scene />
      <h1>{words(`end.${closed}.title`)}</h1>
      <p role="status">{words(`end.${closed}`)}</p>
      <p class="quiet">{words("end.advice")}</p>
    </main>
  );
}
