// The screens of a facilitator, drawn when one has signed in (staff/shell.ts).

import { render } from "preact";
import type { Confidential } from "../core/confidential";
import type { Shell } from "./shell";

export function startWith(shell: Shell, _invite: Confidential | null): void {
  const { staffWords: say } = shell;
  render(
    <main class="letter">
      <h1>{say("other.title")}</h1>
      <p>{say("other.text", { name: shell.account.name })}</p>
    </main>,
    shell.place,
  );
}
