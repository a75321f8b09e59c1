// Who is here, with what she may do at the moment; a tap opens the orders about her. Nothing here says when somebody
// was last seen.

import type { VNode } from "preact";
import type { Level } from "../../core/commands";
import type { RosterMember } from "../../core/events";
import { isStaff, RoleMark } from "../../survivor/group-chat/role-mark/role-mark";
import { Icon } from "../icons";
import type { HostProps } from "./props";
import "../../survivor/group-chat/who-is-here/who-is-here.css";

const restrictions = ["listens", "held"] as const satisfies Level[];
const minutesOffered = [5, 15, 0]; // 0: until it is lifted

export function People(props: HostProps): VNode {
  const { state } = props;
  const order = (member: RosterMember) => (isStaff(member.role) ? 0 : 1);
  return (
    <ul class="people">
      {[...state.talk.roster]
        .sort((a, b) => order(a) - order(b))
        .map((member) => (
          <Person key={member.name} {...props} member={member} />
        ))}
    </ul>
  );
}

function Person(props: HostProps & { member: RosterMember }): VNode {
  const { state, say, actions, member } = props;
  const { name, role, self } = member;
  const bound = !self; // something can be done about her
  const open = bound && state.person === name;
  const hand = state.hands.indexOf(name);
  return (
    <li class="person" data-here={member.presence === "here"} data-open={open}>
      <div class="person__line">
        <span class="who-is-here__dot" aria-hidden="true" />
        <span class="person__who">
          <span>
            <bdi>{name}</bdi> {self && <span class="quiet">({say("group.you")})</span>}
          </span>
          <RoleMark role={role} words={say} />
          {member.presence === "away" && <span class="quiet">{say("group.away")}</span>}
          {member.level !== undefined && member.level !== "speaks" && !isStaff(role) && (
            <span class="person__level">{say(`people.level.${member.level}`)}</span>
          )}
          {hand !== -1 && (
            <span class="person__level">
              <Icon name="hand" />
              {say("people.hand")}
            </span>
          )}
          {!member.vouched && <strong>{say("group.unvouched")}</strong>}
        </span>
        {bound && (
          <button type="button" class="chip" aria-expanded={open} onClick={() => actions.show({ did: "person", name })}>
            {say(open ? "door.less" : "people.open")}
            <span class="unseen"> {name}</span>
          </button>
        )}
      </div>
      {open && <Orders {...props} />}
    </li>
  );
}

function Orders({ state, say, actions, member }: HostProps & { member: RosterMember }): VNode {
  const { name, role } = member;
  const level = member.level ?? "speaks";
  return (
    <div class="person__orders">
      {!isStaff(role) &&
        restrictions
          .filter((each) => each !== level)
          .map((each) => (
            <fieldset key={each} class="person__order">
              <legend>{say(`people.set.${each}`)}</legend>
              <div class="waiting__do">
                {minutesOffered.map((minutes) => (
                  <button
                    key={minutes}
                    type="button"
                    class="chip"
                    onClick={() => actions.order(["set-level", name, each, minutes * 60], { what: "level", name })}
                  >
                    {say("people.minutes", { minutes })}
                  </button>
                ))}
              </div>
            </fieldset>
          ))}
      {!isStaff(role) && (
        <div class="waiting__do">
          {level !== "speaks" && (
            <button
              type="button"
              class="chip"
              onClick={() => actions.order(["set-level", name, "speaks", 0], { what: "level", name })}
            >
              {say("people.speak")}
            </button>
          )}
          <button type="button" class="chip" onClick={() => actions.order(["lift", name], { what: "lift", name })}>
            {say("people.lift")}
          </button>
        </div>
      )}
      {state.removing ? (
        <section class="person__remove">
          <p>{say("people.remove.question", { name })}</p>
          <div class="waiting__do">
            <button type="button" class="chip host-strong" onClick={() => actions.order(["remove", name])}>
              {say("people.remove.yes")}
            </button>
            <button type="button" class="chip" onClick={() => actions.show({ did: "removing", removing: false })}>
              {say("people.remove.no")}
            </button>
          </div>
        </section>
      ) : (
        <button type="button" class="chip" onClick={() => actions.show({ did: "removing", removing: true })}>
          {say("people.remove")}
        </button>
      )}
    </div>
  );
}
