// The group: its name and the state of the connection in words, who is here, what is said, and where she writes.

import type { VNode } from "preact";
import type { PageState } from "../../core/state";
import type { MemberWords } from "../member-words";
import type { Actions } from "../actions";
import { Bars } from "../bars/bars";
import { LeaveQuestion } from "../leaving/leave-question";
import { MoreButton } from "../more-button";
import { Composer } from "./composer/composer";
import { MessageList, type MessageTools } from "./message-list/message-list";
import { WhoIsHere } from "./who-is-here/who-is-here";
import "./group-chat.css";

export function GroupChatView(props: { state: PageState; words: MemberWords; actions: Actions }): VNode {
  const { state, words, actions } = props;
  const { group } = state;
  const here = group.roster.filter((member) => member.presence === "here").length;
  const connected = state.phase === "in_group";
  const tools: MessageTools = {
    reply: (line) => actions.answers(line.seq),
    react: (line, sign) => actions.react(line, sign),
    mayHide: (line) => line.own,
    hide: (line, hidden) => actions.hide(line, hidden),
  };
  return (
    <main class="group-chat" data-roster={state.rosterOpen} inert={state.sheet !== null}>
      <header class="group-chat__head">
        <div class="group-chat__title" data-exit={words("exit.leave")}>
          <h1>
            <bdi>{state.invitation?.group || words("group.untitled")}</bdi>
          </h1>
          <p class="group-chat__state" role="status" data-connected={connected}>
            {words(connected ? "group.connected" : "group.reconnecting")}
          </p>
        </div>
        <button
          type="button"
          class="chip group-chat__people"
          aria-expanded={state.rosterOpen}
          aria-controls="who-is-here"
          onClick={() => actions.showRoster(!state.rosterOpen)}
        >
          {words("group.here", { count: here })}
        </button>
        <button type="button" class="chip" onClick={() => actions.askToLeave(true)}>
          {words("group.leave")}
        </button>
      </header>
      <aside class="group-chat__roster" id="who-is-here">
        <h2>{words("group.whoIsHere")}</h2>
        <WhoIsHere roster={group.roster} words={words} />
      </aside>
      <div class="group-chat__talk">
        {state.leaving && <LeaveQuestion words={words} actions={actions} />}
        {group.pinned !== null && (
          <details class="pinned">
            <summary>
              <strong>{words("bar.pinned")}</strong> <span dir="auto">{group.pinned.text}</span>
            </summary>
            <p dir="auto">{group.pinned.text}</p>
          </details>
        )}
        <MessageList
          lines={group.lines}
          sending={group.sending}
          words={words}
          beginning={words(state.keepsNothing ? "waiting.keepsNothing" : "group.beginning")}
          tools={tools}
        />
        <Bars state={state} words={words} actions={actions} />
        <Composer
          state={group}
          label={words("composer.label")}
          words={words}
          actions={actions}
          before={<MoreButton words={words} actions={actions} />}
        />
      </div>
    </main>
  );
}
