// What else she can do, from the waiting room or the group: one sheet over the foot of the screen, within reach of a
// thumb. Everything behind it rests while it is open; "Leave quickly" does not.

import type { VNode } from "preact";
import { Picture, type pictures } from "../picture";
import { Break } from "./break";
import { Note } from "./note";
import { NotSafe } from "./not-safe";
import { Report } from "./report";
import { Remember } from "../remember/remember";
import { Unlock } from "../remember/unlock";
import { ReturnWords } from "./return-words";
import { type MoreProps, Sheet } from "./sheet";

export function More(props: MoreProps): VNode | null {
  switch (props.state.sheet) {
    case "menu":
      return <Menu {...props} />;
    case "note":
      return <Note {...props} />;
    case "not-safe":
      return <NotSafe {...props} />;
    case "words":
      return <ReturnWords {...props} />;
    case "report":
      return <Report {...props} />;
    case "break":
      return <Break {...props} />;
    case "remember":
      return <Remember {...props} />;
    case "unlock":
      return <Unlock {...props} />;
    default:
      return null;
  }
}

function Menu({ state, words, actions }: MoreProps): VNode {
  const inGroup = state.step === "group";
  const { handUp } = state.lane;
  return (
    <Sheet title={words("more.title")} words={words} onClose={() => actions.showSheet(null)}>
      <ul class="more">
        {inGroup && (
          <Item
            picture="hand"
            name={words(handUp ? "more.handDown" : "more.hand")}
            hint={words("more.hand.hint")}
            onClick={() => actions.raiseHand(!handUp)}
          />
        )}
        {inGroup && (
          <Item
            picture="letter"
            name={words("more.note")}
            hint={words("more.note.hint")}
            onClick={() => actions.showSheet("note")}
          />
        )}
        {inGroup && (
          <Item
            picture="cup"
            name={words("more.break")}
            hint={words("more.break.hint")}
            onClick={() => actions.showSheet("break")}
          />
        )}
        <Item
          picture="two"
          name={words("more.alone")}
          hint={words("more.alone.hint")}
          onClick={() => actions.showAlone(true)}
        />
        <Item
          picture="shield"
          name={words("more.notSafe")}
          hint={words("more.notSafe.hint")}
          onClick={() => actions.showSheet("not-safe")}
        />
        {inGroup && (
          <Item
            picture="key"
            name={words("more.words")}
            hint={words("more.words.hint")}
            onClick={() => actions.showSheet("words")}
          />
        )}
        {inGroup && (
          <Item
            picture="phone"
            name={words("more.remember")}
            hint={words("more.remember.hint")}
            onClick={() => actions.showSheet("remember")}
          />
        )}
        <Item
          picture="flag"
          name={words("more.report")}
          hint={words("more.report.hint")}
          onClick={() => actions.showSheet("report")}
        />
      </ul>
    </Sheet>
  );
}

function Item(props: { picture: keyof typeof pictures; name: string; hint: string; onClick: () => void }): VNode {
  return (
    <li>
      <button type="button" class="more__item" onClick={props.onClick}>
        <Picture of={props.picture} />
        <span>
          <strong>{props.name}</strong>
          <span class="quiet">{props.hint}</span>
        </span>
      </button>
    </li>
  );
}
