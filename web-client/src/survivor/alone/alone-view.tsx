// "Talk to someone alone": asks the support desk, says truthfully what is happening there, and becomes the talk. It
// lies over whatever she came from, which goes on behind it.

import type { ComponentChildren, VNode } from "preact";
import type { Alone } from "../../core/alone";
import { wordKey } from "../../words";
import { Composer } from "../group-chat/composer/composer";
import { MessageList } from "../group-chat/message-list/message-list";
import { RoleMark } from "../group-chat/role-mark/role-mark";
import type { MemberKey, MemberWords } from "../member-words";
import { Picture } from "../picture";
import { problemText } from "../problem-text";
import { TwelveWords } from "../twelve-words/twelve-words";
import type { AloneActions } from "./alone-actions";
import { AskForm } from "./ask-form";
import { Answer, ReadForm } from "./answer";
import "./alone.css";

export interface AloneProps {
  state: Alone;
  words: MemberWords;
  actions: AloneActions;
}

export function AloneView(props: AloneProps): VNode {
  switch (props.state.step) {
    case "ask":
      return <AskForm {...props} />;
    case "wait":
      return <Waiting {...props} />;
    case "talk":
      return <Talk {...props} />;
    case "left":
      return <Left {...props} />;
    case "read":
      return <ReadForm {...props} />;
    case "answer":
      return <Answer {...props} />;
    case "over":
      return <Over {...props} />;
  }
}

/** The frame of its screens: the way back is at the head of each. */
export function AlonePage(props: AloneProps & { title: string; children: ComponentChildren }): VNode {
  const { title, words, actions, children } = props;
  return (
    <main class="letter alone">
      <button type="button" class="chip alone__back" onClick={() => actions.show(false)}>
        <Picture of="back" />
        {words("alone.back")}
      </button>
      <h1>{title}</h1>
      {children}
    </main>
  );
}

export function Trouble({ state, words }: Pick<AloneProps, "state" | "words">): VNode {
  return (
    <p class="trouble" role="alert">
      {state.problem !== null && problemText(state.problem, words)}
    </p>
  );
}

function Waiting(props: AloneProps): VNode {
  const { state, words, actions } = props;
  const key = wordKey<MemberKey>(
    "alone.desk",
    state.desk === "waiting" && state.readers === 0 ? "nobodyNow" : (state.desk ?? ""),
  );
  return (
    <AlonePage {...props} title={words("alone.wait.title")}>
      <p class="alone__status" role="status">
        {words(key ?? "alone.desk.looking", { count: state.readers, name: state.counsellor })}
      </p>
      <p>{words("alone.wait.truth")}</p>
      <Trouble {...props} />
      <div class="foot">
        {state.desk === "nobody" && state.canLeave && (
          <button type="button" class="main" disabled={state.asking} onClick={() => actions.leaveRequest()}>
            {words("alone.leave")}
          </button>
        )}
        <button type="button" class="plain" onClick={() => actions.end()}>
          {words("alone.withdraw")}
        </button>
      </div>
    </AlonePage>
  );
}

function Talk(props: AloneProps): VNode {
  const { state, words, actions } = props;
  const counsellor = state.talk.roster.find((member) => !member.self && member.role !== "member");
  return (
    <main class="group-chat alone-talk">
      <header class="group-chat__head">
        <div class="group-chat__title" data-exit={words("exit.leave")}>
          <h1>
            <bdi>{counsellor?.name ?? state.counsellor}</bdi> <RoleMark role={counsellor?.role ?? ""} words={words} />
          </h1>
          <p class="group-chat__state" role="status" data-connected={state.connected}>
            {words(state.connected ? "group.connected" : "group.reconnecting")}
          </p>
        </div>
        <button type="button" class="chip" onClick={() => actions.show(false)}>
          {words("alone.back")}
        </button>
        <button type="button" class="chip" onClick={() => actions.end()}>
          {words("alone.end")}
        </button>
      </header>
      <div class="group-chat__talk">
        {state.handOver !== null && (
          <section class="leave-question" aria-labelledby="hand-over">
            <p id="hand-over">{words("alone.handOver", { ...state.handOver })}</p>
            <button type="button" class="chip" onClick={() => actions.agree(true)}>
              {words("alone.handOver.yes")}
            </button>
            <button type="button" class="chip" onClick={() => actions.agree(false)}>
              {words("alone.handOver.no")}
            </button>
          </section>
        )}
        <MessageList
          lines={state.talk.lines}
          sending={state.talk.sending}
          words={words}
          beginning={words("alone.beginning")}
        />
        <Composer
          state={state.talk}
          label={words("alone.label")}
          words={words}
          actions={{ draft: actions.draft, say: actions.say, answers: () => undefined }}
        />
      </div>
    </main>
  );
}

function Left(props: AloneProps): VNode {
  const { state, words, actions } = props;
  return (
    <AlonePage {...props} title={words("alone.left.title")}>
      <p role="status">{words("alone.left")}</p>
      <TwelveWords of={state.words} words={words} />
      <p>{words("alone.left.keep")}</p>
      <div class="foot">
        <button type="button" class="main" onClick={() => actions.begin("ask")}>
          {words("alone.left.done")}
        </button>
      </div>
    </AlonePage>
  );
}

function Over(props: AloneProps): VNode {
  const { state, words, actions } = props;
  return (
    <AlonePage {...props} title={words("alone.over.title")}>
      <p role="status">{words(`alone.over.${state.how}`)}</p>
      <Trouble {...props} />
      <div class="foot">
        <button type="button" class="main" onClick={() => actions.show(false)}>
          {words("alone.back")}
        </button>
        <button type="button" class="plain" onClick={() => actions.begin("ask")}>
          {words("alone.again")}
        </button>
      </div>
    </AlonePage>
  );
}
