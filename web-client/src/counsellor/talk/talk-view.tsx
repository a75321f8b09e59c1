// One talk in front: with whom, what was asked, what is said, where she writes; and the ways out of it.

import type { VNode } from "preact";
import { Composer } from "../../survivor/group-chat/composer/composer";
import { MessageList } from "../../survivor/group-chat/message-list/message-list";
import type { DeskActions } from "../actions";
import { languageName, problemText, type Say } from "../desk-words";
import { Icon } from "../icons";
import type { PhraseBook } from "../phrases/phrases";
import { PhrasesSheet } from "../phrases/phrases-sheet";
import { hasLeft, partnerOf, type Sheet, type Talk } from "../talk";
import { EndSheet } from "./end-sheet";
import { HandOverSheet, handOverText } from "./hand-over-sheet";
import { titleOf } from "./names";
import { OverView } from "./over-view";
import "./talk.css";

export interface TalkProps {
  talk: Talk;
  onDuty: boolean;
  phrases: PhraseBook;
  say: Say;
  actions: DeskActions;
}

export function TalkView(props: TalkProps): VNode {
  const { talk, say, actions } = props;
  if (talk.step === "over") return <OverView talk={talk} say={say} actions={actions} />;
  const partner = partnerOf(talk);
  const { desk } = say;
  const label = partner === null ? desk("desk.talk.write.someone") : desk("desk.talk.write", { name: partner.name });
  const beginning =
    talk.from === "" ? desk("desk.talk.beginning") : desk("desk.talk.beginning.handed", { from: talk.from });
  return (
    <section class="talk" aria-labelledby="talk-title">
      <TalkHead {...props} />
      {talk.sheet !== null ? (
        <div class="talk__sheet">{sheetOf(props)}</div>
      ) : (
        <>
          <Told talk={talk} say={say} />
          <MessageList
            lines={talk.conversation.lines}
            sending={talk.conversation.sending}
            words={say.members}
            beginning={talk.step === "opening" ? "" : beginning}
          />
          <Composer
            state={talk.conversation}
            label={label}
            words={say.members}
            actions={{
              draft: (text) => actions.talk(talk.number, { did: "wrote", what: { did: "draft", text } }),
              say: (text) => actions.say(talk.number, text),
              answers: (seq) => actions.talk(talk.number, { did: "wrote", what: { did: "answers", seq } }),
            }}
          />
        </>
      )}
    </section>
  );
}

function TalkHead({ talk, say, actions }: TalkProps): VNode {
  const { desk } = say;
  const toggle = (sheet: Sheet) =>
    actions.talk(talk.number, { did: "sheet", sheet: talk.sheet === sheet ? null : sheet });
  const button = (sheet: Sheet, icon: "words" | "hand" | "end", text: string) => (
    <button type="button" class="chip" aria-expanded={talk.sheet === sheet} onClick={() => toggle(sheet)}>
      <Icon name={icon} />
      {text}
    </button>
  );
  return (
    <header class="talk__head">
      <div class="talk__title">
        <h2 id="talk-title">
          <bdi>{titleOf(talk, say)}</bdi>
        </h2>
        <p class="talk__state" role="status" data-connected={talk.connected}>
          {desk(
            talk.connected
              ? "desk.talk.connected"
              : talk.step === "opening"
                ? "desk.bar.connecting"
                : "desk.talk.reconnecting",
          )}
        </p>
      </div>
      <div class="talk__do">
        {button("phrases", "words", desk("desk.talk.phrases"))}
        {button("hand-over", "hand", desk("desk.talk.handOver"))}
        {button("end", "end", desk("desk.talk.end"))}
      </div>
    </header>
  );
}

function sheetOf(props: TalkProps): VNode | null {
  switch (props.talk.sheet) {
    case "end":
      return <EndSheet {...props} />;
    case "hand-over":
      return <HandOverSheet {...props} />;
    case "phrases":
      return <PhrasesSheet {...props} />;
    default:
      return null;
  }
}

// What she should know of the talk, above it.
function Told({ talk, say }: { talk: Talk; say: Say }): VNode {
  const { desk } = say;
  const partner = partnerOf(talk);
  const handing = talk.handOver === null ? "" : handOverText(talk.handOver, say);
  const opening = talk.from === "" ? desk("desk.talk.opening") : desk("desk.talk.opening.handed", { name: talk.from });
  const state = talk.withdrawn
    ? desk("desk.talk.withdrawn")
    : talk.step === "opening"
      ? opening
      : hasLeft(talk)
        ? desk("desk.talk.gone")
        : partner?.presence === "away"
          ? desk("desk.talk.away", { name: partner.name })
          : "";
  return (
    <div class="talk__told">
      {talk.asked !== null && (
        <details class="talk__asked" open={talk.step === "opening"}>
          <summary>
            <Icon name={talk.asked.urgency} />
            {desk(`desk.urgency.${talk.asked.urgency}`)} · {languageName(talk.asked.language)}
          </summary>
          <p dir="auto" lang={talk.asked.language}>
            {talk.asked.note === "" ? desk("desk.queue.noNote") : talk.asked.note}
          </p>
        </details>
      )}
      <div role="status">
        {state !== "" && <p class="talk__note">{state}</p>}
        {talk.lost && !talk.withdrawn && <p class="talk__note">{desk("desk.talk.lost")}</p>}
        {handing !== "" && <p class="talk__note">{handing}</p>}
      </div>
      {talk.problem !== null && (
        <p class="trouble" role="alert">
          {problemText(talk.problem, say)}
        </p>
      )}
    </div>
  );
}
