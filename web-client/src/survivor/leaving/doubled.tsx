// The same place is open in another tab. She says where she wants to go on; nothing is taken before she has.

import type { VNode } from "preact";
import type { MemberWords } from "../member-words";
import type { Actions } from "../actions";
import { Scene } from "../scene/scene";

export function DoubledView(props: {
  words: MemberWords;
  actions: Pick<Actions, "continueHere" | "leaveItThere">;
}): VNode {
  const { words, actions } = props;
  return (
    <main class="letter">
      <Scene />
      <h1>{words("doubled.title")}</h1>
      <p>{words("doubled.what")}</p>
      <div class="foot">
        <button type="button" class="main" onClick={() => actions.continueHere()}>
          {words("end.here")}
        </button>
        <button type="button" class="plain" onClick={() => actions.leaveItThere()}>
          {words("doubled.there")}
        </button>
      </div>
    </main>
  );
}
