// Something is wrong: whom she can tell, whoever it is about. Each way leads on from here.

import type { VNode } from "preact";
import { Picture } from "../picture";
import { type MoreProps, Sheet } from "./sheet";

export function Report({ state, words, actions }: MoreProps): VNode {
  const organisation = state.invitation?.organisation ?? "";
  return (
    <Sheet title={words("report.title")} words={words} onClose={() => actions.showSheet(null)}>
      <p>{words("report.what")}</p>
      {state.step === "group" && (
        <button type="button" class="more__item" onClick={() => actions.showSheet("note")}>
          <Picture of="letter" />
          <span>
            <strong>{words("report.member")}</strong>
            <span class="quiet">{words("report.member.how")}</span>
          </span>
        </button>
      )}
      <button type="button" class="more__item" onClick={() => actions.showAlone(true)}>
        <Picture of="two" />
        <span>
          <strong>{words("report.staff")}</strong>
          <span class="quiet">{words("report.staff.how")}</span>
        </span>
      </button>
      <p class="quiet" dir="auto">
        {words("report.outside", { organisation: organisation || words("report.theOrganisation") })}
      </p>
    </Sheet>
  );
}
