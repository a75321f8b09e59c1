// Invites: one for each person, as a link, as twelve words, as a picture to scan; and all of them as slips of paper.

import type { VNode } from "preact";
import { Icon } from "../icons";
import type { HostProps } from "./props";
import { QrCode } from "./qr-code";
import { SheetFrame } from "./sheet";
import { type Invite, isOpen } from "./state";
import "./invites.css";

export function InvitesSheet({ state, say, actions }: HostProps): VNode {
  const slips = state.invites.filter((invite) => !invite.forStaff && invite.stands === "unused" && invite.link !== "");
  const open = state.invites.filter((invite) => isOpen(invite.stands));
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
        {[...state.invites].reverse().map((invite) => (
          <InviteCard key={invite.number} invite={invite} trial={state.trial} say={say} actions={actions} />
        ))}
      </ul>
      {open.length > 0 && (
        <div class="waiting__do invites__make">
          {slips.length > 0 && (
            <button type="button" class="chip" onClick={() => actions.print()}>
              {say("invites.print", { count: slips.length })}
            </button>
          )}
          <button type="button" class="chip" onClick={() => actions.order(["revoke-invites"])}>
            {say("invites.revoke")}
          </button>
        </div>
      )}
      <p class="quiet">{say("invites.revoke.hint")}</p>
      <Slips invites={slips} say={say} />
    </SheetFrame>
  );
}

interface CardProps extends Pick<HostProps, "say" | "actions"> {
  invite: Invite;
  trial: boolean;
}

// How it stands comes first. What is needed to hand it over is there while nobody has used it.
function InviteCard({ invite, trial, say, actions }: CardProps): VNode {
  const { number, forStaff, own, stands } = invite;
  return (
    <li class="host-card invite-card" data-stands={stands}>
      <h3>{say("invites.number", { number })}</h3>
      {(forStaff || !own) && (
        <p class="quiet">
          {[forStaff && say("invites.staff"), !own && say("invites.others")].filter(Boolean).join(" · ")}
        </p>
      )}
      <p class="invite-card__stands">{standsText(invite, say)}</p>
      {stands === "unused" && own && <ToHandOver invite={invite} trial={trial} say={say} actions={actions} />}
      {isOpen(stands) && (
        <button type="button" class="chip" onClick={() => actions.order(["revoke-invite", number])}>
          {say("invites.revokeOne")}
          <span class="unseen"> {say("invites.number", { number })}</span>
        </button>
      )}
    </li>
  );
}

function standsText({ stands, names }: Invite, say: HostProps["say"]): string {
  const name = names.join(", ");
  switch (stands) {
    case "unused":
      return say("invites.unused");
    case "at_door":
      return say("invites.atDoor", { name });
    case "let_in":
      return say("invites.letIn", { name });
    case "void":
      return say(name === "" ? "invites.void" : "invites.voidAtDoor", { name });
  }
}

function ToHandOver({ invite, trial, say, actions }: CardProps): VNode {
  return (
    <>
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
    </>
  );
}

// Only paper shows them. Nothing on a slip says what it is for.
function Slips({ invites, say }: { invites: Invite[]; say: HostProps["say"] }): VNode {
  return (
    <div class="slips" aria-hidden="true">
      {invites.map((invite) => (
        <div key={invite.number} class="slip">
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
