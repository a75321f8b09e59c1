// The texts outside of what the page draws: the ways out, and the offer to load the page anew. They are named when the
// language is known, and again when another is chosen.

import { nameExits } from "./exit/leave-quickly";
import { nameReload } from "./upgrade/offer-reload";
import type { Words } from "./words";

export function nameStanding(words: Words): void {
  nameExits(document, words("exit.leave"), [words("exit.one-more"), words("exit.two-more")]);
  nameReload({
    what: words("reload.what"),
    next: words("reload.next"),
    otherwise: words("reload.otherwise"),
    button: words("reload.button"),
  });
}
