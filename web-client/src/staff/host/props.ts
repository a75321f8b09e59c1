// What every screen of a facilitator is given.

import type { Words } from "../../words";
import type { Account } from "../shell";
import type { StaffWords } from "../staff-words";
import type { HostActions } from "./actions";
import type { HostState } from "./state";

export interface HostProps {
  state: HostState;
  account: Account;
  say: StaffWords;
  words: Words; // of the members' page, for the views that are shared with it
  actions: HostActions;
}
