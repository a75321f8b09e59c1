// Who is in the group: pseudonyms, staff marked and first, coarse presence. No "last seen".

import type { VNode } from "preact";
import type { RosterMember } from "../../../core/events";
import type { Words } from "../../../words";
import { isStaff, RoleMark } from "../role-mark/role-mark";
import "./who-is-here.css";

export function WhoIsHere({ roster, words }: { roster: RosterMember[]; words: Words }): VNode {
  const order = (member: RosterMember) => (isStaff(member.role) ? 0 : 1);
  return (
    <ul class="who-is-here" aria-label={words("group.whoIsHere")}>
      {[...roster]
        .sort((a, b) => order(a) - order(b))
        .map((member) => (
          <li key={member.name} data-here={member.presence === "here"} data-staff={isStaff(member.role)}>
            <span class="who-is-here__dot" aria-hidden="true" />
            <bdi>{member.name}</bdi>
            {member.self && <span class="quiet">({words("group.you")})</span>}
            <RoleMark role={member.role} words={words} />
            {member.presence === "away" && <span class="quiet">{words("group.away")}</span>}
            {!member.vouched && <strong>{words("group.unvouched")}</strong>}
          </li>
        ))}
    </ul>
  );
}
