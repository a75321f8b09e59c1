// Running a group. Alarms stand on top of everything. Below, side by side where there is room and one at a time on a
// phone: who is here and who waits; what is said; what needs her.

import type { VNode } from "preact";
import { Icon, type IconName } from "../icons";
import { problemText } from "../../survivor/problem-text";
import { EndingSheet } from "./ending";
import { InvitesSheet } from "./invites";
import { Needs, needsCount } from "./needs";
import { People } from "./people";
import type { HostProps } from "./props";
import { BookSheet, RunningSheet } from "./running";
import { hasUnsaved, type Tab } from "./state";
import { Talk } from "./talk";
import { WaitingList } from "./waiting-list";
import "./group.css";
import "./parts.css";

export function GroupView(props: HostProps): VNode {
  const { state, say, actions } = props;
  const here = state.talk.roster.filter((member) => member.presence === "here").length;
  const connected = state.phase === "in_group";
  const open = (sheet: typeof state.sheet) =>
    actions.show({ did: "sheet", sheet: state.sheet === sheet ? null : sheet });
  const tool = (sheet: NonNullable<typeof state.sheet>, icon: IconName) => (
    <button
      type="button"
      class="chip"
      aria-expanded={state.sheet === sheet}
      data-unsaved={sheet === "book" && hasUnsaved(state)}
      onClick={() => open(sheet)}
    >
      <Icon name={icon} />
      {say(`host.${sheet}`)}
      {sheet === "book" && hasUnsaved(state) && (
        <>
          <span class="host__dot" aria-hidden="true" />
          <span class="unseen"> {say("host.book.unsaved")}</span>
        </>
      )}
    </button>
  );
  return (
    <main class="host" data-tab={state.tab} data-sheet={state.sheet !== null}>
      <header class="host__head">
        <div class="host__title">
          <h1>
            <bdi>{state.trial ? say("plan.trial.title") : state.groupName || say("host.title")}</bdi>
          </h1>
          <p class="host__state" role="status" data-connected={connected}>
            {say(connected ? "group.connected" : "group.reconnecting")}
            {state.locked && <span class="host__locked">{say("host.locked")}</span>}
          </p>
        </div>
        <div class="host__tools">
          {tool("invites", "invite")}
          {tool("running", "gear")}
          {state.book !== null && tool("book", "book")}
          {tool("ending", "seen")}
        </div>
      </header>
      <p class="unseen" role="status">
        {state.knocks.length > 0 && say("door.title", { count: state.knocks.length })}
      </p>
      <Alarms {...props} />
      <Advice {...props} />
      <nav class="host__tabs" aria-label={say("host.tabs")}>
        <TabButton {...props} tab="talk" icon="talk" count={0} />
        <TabButton {...props} tab="people" icon="people" count={state.knocks.length} />
        <TabButton {...props} tab="needs" icon="hand" count={needsCount(state)} />
      </nav>
      <section class="host__people" aria-label={say("host.tab.people")}>
        <WaitingList {...props} />
        <h2>{say("people.title", { count: here })}</h2>
        <People {...props} />
      </section>
      <section class="host__talk" aria-label={say("host.tab.talk")}>
        <Talk {...props} />
      </section>
      <section class="host__needs" aria-label={say("host.tab.needs")}>
        <Needs {...props} />
      </section>
      {state.sheet === "invites" && <InvitesSheet {...props} />}
      {state.sheet === "running" && <RunningSheet {...props} />}
      {state.sheet === "book" && <BookSheet {...props} />}
      {state.sheet === "ending" && <EndingSheet {...props} />}
    </main>
  );
}

function TabButton({ state, say, actions, tab, icon, count }: HostProps & { tab: Tab; icon: IconName; count: number }) {
  return (
    <button
      type="button"
      class="host__tab"
      aria-pressed={state.tab === tab && state.sheet === null}
      onClick={() => actions.show({ did: "tab", tab })}
    >
      <Icon name={icon} />
      <span>{say(`host.tab.${tab}`)}</span>
      {count > 0 && (
        <span class="host__count">
          {count}
          <span class="unseen"> {say("host.newThings")}</span>
        </span>
      )}
    </button>
  );
}

// "I am not safe": first, on every tab, until one of the team says that she has read it.
function Alarms({ state, say, actions }: HostProps): VNode {
  return (
    <div class="host__alarms" role="alert">
      {state.alarms.map((alarm) => (
        <section key={alarm.key} class="host__alarm">
          <Icon name="alarm" />
          <div>
            <p>
              <strong>{say("alarm.title", { name: alarm.from })}</strong>
              {alarm.waiting && <span class="quiet"> {say("alarm.waiting")}</span>}
            </p>
            {alarm.text !== "" && <p dir="auto">{alarm.text}</p>}
          </div>
          <button type="button" class="chip" onClick={() => actions.order(["seen", alarm.from])}>
            <Icon name="seen" />
            {say("alarm.seen")}
          </button>
        </section>
      ))}
    </div>
  );
}

// What went wrong, what can be taken back, what can be done about a lost place.
function Advice({ state, say, actions }: HostProps): VNode {
  return (
    <div class="host__advice">
      {state.knocks.length > 0 && state.tab !== "people" && (
        <p class="host__bar host__bar--door">
          <span>{say("door.title", { count: state.knocks.length })}</span>
          <button type="button" class="chip" onClick={() => actions.show({ did: "tab", tab: "people" })}>
            <Icon name="door" />
            {say("door.look")}
          </button>
        </p>
      )}
      {state.mayMakeAnew && (
        <p class="host__bar">
          <span>{say("anew.hint")}</span>
          <button type="button" class="chip" onClick={() => actions.order(["make-anew"])}>
            {say("anew.go")}
          </button>
        </p>
      )}
      <div role="alert">
        {state.problem !== null && (
          <p class="host__bar">
            <span>{problemText(state.problem, say)}</span>
            <button type="button" class="chip" onClick={() => actions.show({ did: "read-problem" })}>
              {say("host.understood")}
            </button>
          </p>
        )}
      </div>
      <div role="status">
        {state.undoable !== "" && (
          <p class="host__bar" data-calm>
            <span>{undoText(state.undoable, state.undoName, say)}</span>
            <button type="button" class="chip" onClick={() => actions.undo()}>
              {say("undo.go")}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

function undoText(what: string, name: string, say: HostProps["say"]): string {
  switch (what) {
    case "level":
      return say("undo.level", { name });
    case "lift":
      return say("undo.lift", { name });
    case "slow":
      return say("undo.slow");
    case "lock":
      return say("undo.lock");
    case "pin":
      return say("undo.pin");
    default:
      return say("undo.hide");
  }
}
