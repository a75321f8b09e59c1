// What she switches on if she wants it: notes of her device, and reading what was left.

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ChosenFile } from "../../staff/door";
import { FileChoice } from "../../staff/sign-in/file-choice";
import { PassphraseField } from "../../staff/sign-in/passphrase-field";
import type { DutyProps } from "./duty-view";

type SettingsProps = Pick<DutyProps, "state" | "notifying" | "say" | "actions">;

export function Settings({ state, notifying, say, actions }: SettingsProps): VNode {
  const cannot = notifying === "denied" || notifying === "none";
  return (
    <section class="settings">
      <label class="staff-check">
        <input
          type="checkbox"
          checked={notifying === "on"}
          aria-describedby="notify-hint"
          onChange={(event) => actions.notify(event.currentTarget.checked)}
        />
        {say.desk("desk.notify.label")}
      </label>
      <p class="quiet" id="notify-hint" role="status">
        {say.desk(cannot ? `desk.notify.${notifying}` : "desk.notify.hint")}
      </p>
      <details>
        <summary>{say.desk("desk.key.title")}</summary>
        {state.deskKey ? <KeyIsOpen state={state} say={say} /> : <DeskKey state={state} say={say} actions={actions} />}
      </details>
    </section>
  );
}

function KeyIsOpen({ state, say }: Pick<SettingsProps, "state" | "say">): VNode {
  const onDuty = state.duty === "on_duty" || state.duty === "reconnecting";
  return <p role="status">{say.desk(onDuty ? "desk.key.next" : "desk.key.open")}</p>;
}

function DeskKey({ state, say, actions }: Pick<SettingsProps, "state" | "say" | "actions">): VNode {
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [trouble, setTrouble] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  return (
    <form
      class="settings__key"
      onSubmit={(event) => {
        event.preventDefault();
        if (file === null || passphrase === "" || state.asking) return;
        actions.openDeskKey(file, passphrase);
        setPassphrase("");
      }}
    >
      <p class="quiet">{say.desk("desk.key.hint")}</p>
      <FileChoice
        id="desk-key"
        label={say.desk("desk.key.file")}
        hint={say.desk("desk.key.file.hint")}
        button={say.desk(file === null ? "desk.key.file.choose" : "desk.key.file.another")}
        chosen={file}
        onFiles={(files) => {
          setFile(files[0] ?? null);
          setTrouble(false);
        }}
        onTrouble={() => setTrouble(true)}
      />
      <p class="trouble" role="alert">
        {trouble ? say.desk("desk.key.file.trouble") : ""}
      </p>
      <PassphraseField
        id="desk-key-passphrase"
        label={say.desk("desk.key.passphrase")}
        value={passphrase}
        shown={false}
        onType={setPassphrase}
      />
      <button class="chip" disabled={file === null || passphrase === "" || state.asking}>
        {say.desk(state.asking ? "desk.key.opening" : "desk.key.go")}
      </button>
    </form>
  );
}
