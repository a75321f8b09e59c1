// The way to everything else she can do: beside where she writes, within reach of a thumb.

import type { VNode } from "preact";
import type { MemberWords } from "./member-words";
import type { Actions } from "./actions";
import { Picture } from "./picture";

export function MoreButton({ words, actions }: { words: MemberWords; actions: Pick<Actions, "showSheet"> }): VNode {
  return (
    <button type="button" class="more-button" aria-haspopup="dialog" onClick={() => actions.showSheet("menu")}>
      <Picture of="more" />
      <span>{words("more.open")}</span>
    </button>
  );
}
