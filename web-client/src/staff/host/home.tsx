// After signing in: what would she like to do? And how long her certificate is still good.

import type { VNode } from "preact";
import { Scene } from "../../survivor/scene/scene";
import { RoleMark } from "../../survivor/group-chat/role-mark/role-mark";
import { Icon, type IconName } from "../icons";
import type { HostProps } from "./props";

const soonSeconds = 5 * 24 * 3600;

export function HomeView({ state, account, say, actions }: HostProps): VNode {
  const leads = account.role === "facilitator";
  const left = account.lastDay - Date.now() / 1_000;
  const lastDay = new Date(account.lastDay * 1_000).toLocaleDateString(undefined, { dateStyle: "long" });
  const choice = (icon: IconName, what: "back" | "plan" | "trial" | "join", go: () => void) => (
    <li>
      <button type="button" class="host-home__choice" onClick={go}>
        <Icon name={icon} />
        <span>
          <strong>{say(`home.${what}`)}</strong>
          <span class="quiet">{say(`home.${what}.hint`)}</span>
        </span>
      </button>
    </li>
  );
  return (
    <main class="letter staff-door">
      <Scene />
      <h1>{say("home.title", { name: account.name })}</h1>
      <p class="host-home__who">
        <RoleMark role={account.role} words={say} />
        <span class="quiet">{say("home.until", { day: lastDay })}</span>
      </p>
      {left < soonSeconds && <p class="trouble">{say("home.soon")}</p>}
      <ul class="host-home__choices">
        {state.wayBack && choice("back", "back", () => actions.comeBack())}
        {leads && choice("people", "plan", () => actions.show({ did: "went-to", step: "plan" }))}
        {choice("door", "join", () => actions.show({ did: "went-to", step: "join" }))}
        {leads && choice("talk", "trial", () => actions.show({ did: "went-to", step: "plan", trial: true }))}
      </ul>
      <div class="foot">
        <button type="button" class="plain" onClick={() => actions.signOut()}>
          {say("home.signOut")}
        </button>
      </div>
    </main>
  );
}
