// Invites: one for each person, as a link, as twelve words, as a picture to scan; and all of them as slips of paper.

import type { VNode } from "preact";
import { Icon } from "../icons";
import type { HostProps } from "./props";
import { QrCode } from "./qr-code";
import { SheetFrame } from "./sheet";
import type { Invite } from "./state";
import "./invites.css";

export function InvitesSheet({ state, say, actions }: HostProps): VNode {
  const members = state.invites.filter((invite) => !invite.forStaff);
  return (
    <SheetFrame title={say("host.invites")} say={say} actions={actions}>
      <p>{say(state.trial ? "invites.trial" : "invites.intro")}</p>
      <div class="waiting__do invites__make">
        <button type="button" class="chip host-strong" disabled={state.inviting} onClick={() => actions.invite(false)}>
          <Icon name="invite" />
          {say(state.inviting ? "invites.making" : "invites.make")}
        </button>
        {!state.trial && (
          <button type="button" class="chip" disabled={state.inviting} onClick={() => actions.invite(true)}>
            {say("invites.makeStaff")}
          </button>
        )}
      </div>
      <p class="quiet" role="status">
        {state.copied !== null && say(state.copied ? "invites.copied" : "invites.notCopied")}
      </p>
      <ul class="invites">
        {[...state.invites].reverse().map((invite, i) => (
          <InviteCard
            key={invite.key}
            invite={invite}
            number={state.invites.length - i}
            trial={state.trial}
            say={say}
            actions={actions}
          />
        ))}
      </ul>
      {members.length > 0 && (
        <div class="waiting__do invites__make">
          <button type="button" class="chip" onClick={() => actions.print()}>
            {say("invites.print", { count: members.length })}
          </button>
          <button type="button" class="chip" onClick={() => actions.revokeInvites()}>
            {say("invites.revoke")}
          </button>
        </div>
      )}
      <p class="quiet">{say("invites.revoke.hint")}</p>
      <Slips invites={members} say={say} />
    </SheetFrame>
  );
}

interface CardProps extends Pick<HostProps, "say" | "actions"> {
  invite: Invite;
  number: number;
  trial: boolean;
}

function InviteCard({ invite, number, trial, say, actions }: CardProps): VNode {
  return (
    <li class="host-card invite-card">
      <h3>{say(invite.forStaff ? "invites.staff" : "invites.number", { number })}</h3>
      {trial && (
        <a class="main" href={invite.link} target="_blank" rel="noopener noreferrer">
          {say("invites.openSecond")}
        </a>
      )}
      <div class="invite-card__picture">
        <QrCode text={invite.link} label={say("invites.qr")} />
      </div>
      <p class="invite-card__words" translate={false}>
        {invite.words}
      </p>
      <p class="invite-card__link" translate={false}>
        {invite.link}
      </p>
      <div class="waiting__do">
        <button type="button" class="chip" onClick={() => actions.copy(invite.link)}>
          {say("invites.copyLink")}
        </button>
        <button type="button" class="chip" onClick={() => actions.copy(invite.words)}>
          {say("invites.copyWords")}
        </button>
      </div>
    </li>
  );
}

// Only paper shows them. Nothing on a slip says what it is for.
function Slips({ invites, say }: { invites: Invite[]; say: HostProps["say"] }): VNode {
  return (
    <div class="slips" aria-hidden="true">
      {invites.map((invite) => (
        <div key={invite.key} class="slip">
          <QrCode text={invite.link} label="" />
          <div>
            <p>{say("slip.how", { address: new URL(invite.link).host })}</p>
            <p class="slip__words">{invite.words}</p>
            <p class="slip__once">{say("slip.once")}</p>
          </div>
        </div>
      ))}
    </div>
  );
}
