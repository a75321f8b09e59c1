// A passphrase: hidden while it is typed unless she asks to see it. No browser is to keep it.

import type { VNode } from "preact";

export interface PassphraseFieldProps {
  id: string;
  label: string;
  value: string;
  shown: boolean;
  describedBy?: string;
  onType(text: string): void;
}

export function PassphraseField({ id, label, value, shown, describedBy, onType }: PassphraseFieldProps): VNode {
  return (
    <div class="staff-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        {...(shown ? { type: "text" as const } : { type: "password" as const })}
        value={value}
        autocomplete="off"
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        aria-describedby={describedBy}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </div>
  );
}

/** The switch that shows what is typed. */
export function ShowPassphrase(props: { shown: boolean; label: string; onShow(shown: boolean): void }): VNode {
  return (
    <label class="staff-check">
      <input type="checkbox" checked={props.shown} onChange={(event) => props.onShow(event.currentTarget.checked)} />
      {props.label}
    </label>
  );
}
