// Coming into a colleague's group: by the link or the words of an invite for staff. Then waiting to be let in.

import type { VNode } from "preact";
import { Scene } from "../../survivor/scene/scene";
import { problemText } from "../../survivor/problem-text";
import type { HostProps } from "./props";

export function JoinView({ state, account, say, actions }: HostProps): VNode {
  const { invitation, asking } = state;
  const found = invitation !== null;
  return (
    <main class="letter staff-door">
      <Scene />
      <h1 dir="auto">{found ? invitation.group || say("join.found") : say("join.title")}</h1>
      {found ? (
        <p dir="auto">
          {say("join.from", { facilitator: invitation.facilitator, organisation: invitation.organisation })}
        </p>
      ) : (
        <p>{say("join.intro")}</p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (asking) return;
          if (found) actions.askIn();
          else if (state.link.trim() !== "") actions.openLink();
        }}
      >
        {!found && (
          <div class="staff-field">
            <label for="join-link">{say("join.link")}</label>
            <textarea
              id="join-link"
              rows={3}
              value={state.link}
              autocomplete="off"
              autocapitalize="none"
              autocorrect="off"
              spellcheck={false}
              onInput={(event) => actions.show({ did: "link", text: event.currentTarget.value })}
            />
          </div>
        )}
        <div class="foot">
          <p class="trouble" role="alert">
            {state.problem !== null && problemText(state.problem, say)}
          </p>
          <button class="main" disabled={asking || (!found && state.link.trim() === "")}>
            {found
              ? say(asking ? "join.asking" : "join.ask", { name: account.name })
              : say(asking ? "join.looking" : "join.go")}
          </button>
          <button type="button" class="plain" onClick={() => actions.backHome()}>
            {say("plan.back")}
          </button>
        </div>
      </form>
    </main>
  );
}

/** Her knock has gone out; or her own group is under way and somebody else is at its door. */
export function AskingView({ state, say, actions }: HostProps): VNode {
  return (
    <main class="letter staff-door">
      <Scene />
      <h1>{say("asking.title")}</h1>
      <p role="status">{say(state.phase === "waiting" ? "asking.waiting" : "asking.reconnecting")}</p>
      {state.wayBack && <p class="quiet">{say("asking.alone")}</p>}
      {state.mayMakeAnew && (
        <section class="host-card">
          <p>{say("anew.hint")}</p>
          <button type="button" class="main" onClick={() => actions.order(["make-anew"])}>
            {say("anew.go")}
          </button>
        </section>
      )}
      <div class="foot">
        <button type="button" class="plain" onClick={() => actions.backHome()}>
          {say("asking.back")}
        </button>
      </div>
    </main>
  );
}
