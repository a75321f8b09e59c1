// She is inside another app: how to open the page in her own browser. The secret part of the link is not in the address
// any more, so the app's own "open in browser" would lose it: the link is copied instead, if she wants that.

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { MemberWords } from "../member-words";
import type { Actions } from "../actions";

export interface InAppProps {
  app: string;
  words: MemberWords;
  actions: Pick<Actions, "copyInvite">;
}

export function InAppHint(props: InAppProps): VNode {
  const { app, words, actions } = props;
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <section class="in-app" aria-labelledby="in-app">
      <h2 id="in-app">{app === "" ? words("inApp.titleAnother") : words("inApp.title", { app })}</h2>
      <p>{words("inApp.why")}</p>
      <ol>
        <li>{words("inApp.copy")}</li>
        <li>{words("inApp.open")}</li>
        <li>{words("inApp.paste")}</li>
      </ol>
      <button type="button" class="chip" onClick={() => void actions.copyInvite().then(setCopied)}>
        {words("inApp.copyLink")}
      </button>
      <p role="status">{copied !== null && words(copied ? "inApp.copied" : "inApp.notCopied")}</p>
    </section>
  );
}
