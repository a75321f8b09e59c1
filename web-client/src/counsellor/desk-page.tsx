// The screens of a counsellor, drawn when one has signed in (staff/shell.ts). Still to come; until then it says so.

import { render } from "preact";
import type { Shell } from "../staff/shell";

export function start(shell: Shell): void {
  const { staffWords: say } = shell;
  render(
    <main class="letter">
      <h1>{say("other.title")}</h1>
      <p>{say("other.text", { name: shell.account.name })}</p>
    </main>,
    shell.place,
  );
}
