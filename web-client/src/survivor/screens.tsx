// Which screen a state is: one of the way in, the group, the end; "Talk to someone alone" over any of them; and the
// sheet over the foot of it.

import type { VNode } from "preact";
import type { PageState, Step } from "../core/state";
import type { Words } from "../words";
import type { Actions } from "./actions";
import { GroundRulesView } from "./ground-rules/ground-rules";
import { InviteView } from "./invite/invite";
import { later } from "./later";
import type { MemberWords } from "./member-words";
import { NameView } from "./name/name";

export interface ScreenProps {
  state: PageState;
  words: Words;
  actions: Actions;
}

type InsideProps = { state: PageState; words: MemberWords; actions: Actions };

const WaitingLater = later<InsideProps>(() => import("./inside").then((it) => it.WaitingRoomView));
const GroupLater = later<InsideProps>(() => import("./inside").then((it) => it.GroupChatView));
const DoubledLater = later<InsideProps>(() => import("./inside").then((it) => it.DoubledView));
const ClosingLater = later<InsideProps>(() => import("./inside").then((it) => it.ClosingView));
const MoreLater = later(() => import("./more/more").then((it) => it.More));
const ListLater = later(() => import("./remember/plain-list").then((it) => it.PlainList));
const AloneLater = later(() => import("./alone/alone-view").then((it) => it.AloneView));

/** What comes next, while she reads; and once she waits, whatever she may need at once. */
export function fetchAhead(words: Words, step: Step): void {
  if (step === "welcome" || step === "words") return;
  WaitingLater.ahead(words);
  GroupLater.ahead(words);
  ClosingLater.ahead(words);
  DoubledLater.ahead(words);
  if (step !== "waiting" && step !== "group") return;
  MoreLater.ahead(words);
  AloneLater.ahead(words);
}

export function view(props: ScreenProps): VNode {
  const { state, words, actions } = props;
  if (state.alone.shown)
    return (
      <AloneLater state={state.alone} words={words} actions={actions.alone} onBack={() => actions.showAlone(false)} />
    );
  return (
    <>
      {screen(props)}
      {state.sheet !== null && (
        <MoreLater state={state} words={words} actions={actions} onBack={() => actions.showSheet(null)} />
      )}
    </>
  );
}

function screen({ state, words, actions }: ScreenProps): VNode {
  switch (state.step) {
    case "welcome":
    case "words":
      return <InviteView state={state} words={words} actions={actions} />;
    case "list":
      return <ListLater words={words} onBack={actions.startAgain} />;
    case "rules":
      return <GroundRulesView invitation={state.invitation!} words={words} actions={actions} />;
    case "name":
      return <NameView state={state} words={words} actions={actions} />;
    case "doubled":
      return <DoubledLater state={state} words={words} actions={actions} onBack={actions.startAgain} />;
    case "returning":
    case "waiting":
      return <WaitingLater state={state} words={words} actions={actions} onBack={actions.goBack} />;
    case "group":
      return <GroupLater state={state} words={words} actions={actions} onBack={actions.leave} />;
    case "closed":
      return <ClosingLater state={state} words={words} actions={actions} onBack={actions.startAgain} />;
  }
}
