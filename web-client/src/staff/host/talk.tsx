// What is said, with what a facilitator may do about each message. The views are those of the members' page.

import type { VNode } from "preact";
import { Composer } from "../../survivor/group-chat/composer/composer";
import { MessageList, type MessageTools } from "../../survivor/group-chat/message-list/message-list";
import type { HostProps } from "./props";
import type { HostState } from "./state";

const nobodyYet = ({ talk, knocks }: HostState) =>
  talk.roster.length <= 1 && talk.lines.length === 0 && knocks.length === 0;

export function Talk({ state, say, actions }: HostProps): VNode {
  const { talk } = state;
  const tools: MessageTools = {
    reply: (line) => actions.show({ did: "wrote", what: { did: "answers", seq: line.seq } }),
    react: (line, sign) => actions.order(["react", line.seq, sign]),
    mayHide: () => true,
    hide: (line, hidden) => actions.order(["hide", line.seq, hidden ? 1 : 0], { what: "hide" }),
  };
  return (
    <>
      {talk.pinned !== null && (
        <p class="host__pinned" dir="auto">
          {talk.pinned.text}
        </p>
      )}
      {nobodyYet(state) && state.sheet === null && (
        <section class="host__empty">
          <p>{say(state.trial ? "host.empty.trial" : "host.empty")}</p>
          <button type="button" class="main" onClick={() => actions.show({ did: "sheet", sheet: "invites" })}>
            {say("invites.make")}
          </button>
        </section>
      )}
      <MessageList
        lines={talk.lines}
        sending={talk.sending}
        words={say}
        tools={tools}
        beginning={state.invitation === null ? "" : say("group.beginning")}
      />
      <Composer
        state={talk}
        label={say("composer.label")}
        words={say}
        actions={{
          draft: (text) => actions.show({ did: "wrote", what: { did: "draft", text } }),
          say: (text) => actions.say(text),
          warns: (warns) => actions.show({ did: "wrote", what: { did: "warns", warns } }),
          answers: (seq) => actions.show({ did: "wrote", what: { did: "answers", seq } }),
        }}
      />
    </>
  );
}
