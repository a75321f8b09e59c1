// For the tests of a facilitator's screens: a group that runs, and actions that only note what is done.
import { vi } from "vitest";
import type { CoreEvent, RosterMember } from "../../core/events";
import { say } from "../test-words";
import type { HostActions } from "./actions";
import type { HostProps } from "./props";
import { firstHost, hostDid, type HostState, hostTold } from "./state";

export const member = (name: string, role = "member", more: Partial<RosterMember> = {}): RosterMember => ({
  name,
  role,
  presence: "here",
  self: false,
  vouched: true,
  level: "speaks",
  ...more,
});

export const told = (state: HostState, ...events: CoreEvent[]) => events.reduce(hostTold, state);

/** Amara's group, with Heron in it. */
export const running = (): HostState =>
  told(
    hostDid(firstHost(), { did: "went-to", step: "plan" }),
    {
      event: "invitation",
      group: "Tuesday",
      rules: "Be kind.",
      language: "en",
      organisation: "Casa",
      facilitator: "Amara",
    },
    { event: "state", state: "in_group" },
    { event: "composer", open: true, why: "" },
    { event: "roster", members: [member("Amara", "facilitator", { self: true }), member("Heron")] },
  );

export const knock = (name: string, more: object = {}): CoreEvent => ({
  event: "knock",
  name,
  role: "member",
  waiting: true,
  returning: false,
  was_removed: false,
  known_as: "",
  ...more,
});

export const invite = (number: number): CoreEvent => ({
  event: "invite",
  link: `https://a/join#${number}`,
  words: `words of ${number}`,
  for_staff: false,
  number,
});

export const alarm = (from: string, open = true): CoreEvent => ({
  event: "alarm",
  from,
  text: "help",
  waiting: false,
  open,
});

export function noHostActions(): HostActions {
  const names: (keyof HostActions)[] = [
    "show",
    "order",
    "say",
    "talkAtDoor",
    "openGroup",
    "comeBack",
    "openLink",
    "askIn",
    "undo",
    "invite",
    "copy",
    "print",
    "saveBook",
    "end",
    "backHome",
    "signOut",
  ];
  return Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as HostActions;
}

export const props = (state: HostState, actions = noHostActions()): HostProps => ({
  state,
  actions,
  say,
  account: { name: "Amara", role: "facilitator", lastDay: Date.now() / 1_000 + 20 * 24 * 3600 },
});
