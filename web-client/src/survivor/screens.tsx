// Which screen a state is: one of the way in, the group, the end; "Talk to someone alone" over any of them; and the
// sheet over the foot of it.

import type { VNode } from "preact";
import type { PageState } from "../core/state";
import type { Words } from "../words";
import type { Actions } from "./actions";
import { GroundRulesView } from "./ground-rules/ground-rules";
import { GroupChatView } from "./group-chat/group-chat";
import { InviteView } from "./invite/invite";
import { later } from "./later";
import { ClosingView } from "./leaving/closing";
import { DoubledView } from "./leaving/doubled";
import { NameView } from "./name/name";
import { WaitingRoomView } from "./waiting-room/waiting-room";

export interface ScreenProps {
  state: PageState;
  words: Words;
  actions: Actions;
}

const MoreLater = later(() => import("./more/more").then((it) => it.More));
const AloneLater = later(() => import("./alone/alone-view").then((it) => it.AloneView));

/** Once she waits or is in, what she may need at once comes before she needs it. */
export function fetchAhead(words: Words): void {
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
    case "rules":
      return <GroundRulesView invitation={state.invitation!} words={words} actions={actions} />;
    case "name":
      return <NameView state={state} words={words} actions={actions} />;
    case "doubled":
      return <DoubledView words={words} actions={actions} />;
    case "returning":
    case "waiting":
      return <WaitingRoomView state={state} words={words} actions={actions} />;
    case "group":
      return <GroupChatView state={state} words={words} actions={actions} />;
    case "closed":
      return <ClosingView state={state} words={words} actions={actions} />;
  }
}
