// What a facilitator can do. The views call these; facilitator-page.tsx carries them out.

import type { FacilitatorCommand, MemberCommand } from "../../core/commands";
import type { HostDid } from "./state";

/** What the bar that offers "undo" says was done: an id of its words (undo.*), and whom it was about. */
export interface Undoable {
  what: string;
  name?: string;
}

export interface HostActions {
  /** Changes what is shown, and nothing else. */
  show(what: HostDid): void;
  /** Tells the core; what it answers, if it is a problem, is shown. `undoable`: offers to take it back. */
  order(command: FacilitatorCommand | MemberCommand, undoable?: Undoable): void;
  say(text: string): void;
  talkAtDoor(name: string, text: string): void;
  openGroup(): void; // the plan
  comeBack(): void; // into the group that this tab was in
  openLink(): void; // of a colleague
  askIn(): void; // after it: knocks as staff
  undo(): void;
  invite(forStaff: boolean): void;
  copy(text: string): void;
  print(): void;
  saveBook(): void;
  end(): void;
  backHome(): void; // after the end, or without having come in
  signOut(): void;
}
