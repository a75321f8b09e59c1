// The mark of staff. It is drawn, never written: no pseudonym can bring the shape, the colour or the place, and it
// comes
// from the certificate that the core has checked, not from anything anybody typed.

import type { VNode } from "preact";
import { wordKey, type Words } from "../../../words";
import "./role-mark.css";

export function RoleMark({ role, words }: { role: string; words: Words }): VNode | null {
  const key = wordKey("role", role);
  if (key === null) return null;
  return (
    <span class="role-mark">
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
        <path d="M8 1 2 3.2v4.1c0 3.6 2.4 6.5 6 7.7 3.6-1.2 6-4.1 6-7.7V3.2zm-.9 9.7L4.4 8l1-1 1.7 1.6 3.5-3.4 1 1z" />
      </svg>
      {words(key)}
    </span>
  );
}

/** Is this one of the staff? Members have no mark. */
export function isStaff(role: string): boolean {
  return wordKey("role", role) !== null;
}
