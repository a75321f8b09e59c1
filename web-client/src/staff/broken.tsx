// The page cannot go on: what happened, and the way to begin again.

import type { VNode } from "preact";
import { Scene } from "../survivor/scene/scene";
import type { StaffWords } from "./staff-words";

export function BrokenView(props: { why: "no-wasm" | "trap" | null; staffWords: StaffWords }): VNode {
  const { why, staffWords: say } = props;
  return (
    <main class="letter staff-door">
      <Scene />
      <h1>{say("broken.title")}</h1>
      <p role="status">{say(why === "no-wasm" ? "broken.noWasm" : "broken.text")}</p>
      <div class="foot">
        <a class="main" href="/staff">
          {say("broken.again")}
        </a>
      </div>
    </main>
  );
}
