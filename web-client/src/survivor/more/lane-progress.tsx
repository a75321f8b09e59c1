// How far something that she said to the team has come: never more than is known.

import type { VNode } from "preact";
import type { Progress } from "../../core/lane";
import { wordKey } from "../../words";
import type { MemberKey, MemberWords } from "../member-words";

export function LaneProgress(props: {
  progress: Progress | undefined;
  kind: "note" | "notSafe" | "words";
  words: MemberWords;
}): VNode {
  const { progress, kind, words } = props;
  return (
    <p class="lane-progress" role="status" data-state={progress?.state ?? "none"}>
      {progress !== undefined && textOf(progress, kind, words)}
    </p>
  );
}

function textOf({ state, by }: Progress, kind: string, words: MemberWords): string {
  const code = state === "seen" && by === "" ? "seenBySomebody" : state;
  const key = wordKey<MemberKey>("lane", `${kind}.${code}`);
  return key === null ? "" : words(key, { by });
}
