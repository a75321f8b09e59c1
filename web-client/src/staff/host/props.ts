// What every screen of a facilitator is given.

import type { Account } from "../shell";
import type { StaffWords } from "../staff-words";
import type { HostActions } from "./actions";
import type { HostState } from "./state";

export interface HostProps {
  state: HostState;
  account: Account;
  say: StaffWords;
  actions: HostActions;
}
