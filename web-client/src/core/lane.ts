// What she says to the team alone, as it stands on her screen: her hand, and how far each thing has come.

import type { LaneKind, MemberEvent } from "./events";

export type LaneTold = Extract<MemberEvent, { event: "lane" }>;

export interface Progress {
  state: LaneTold["state"];
  by: string; // seen: by whom, if it is known
}

export interface Lane {
  handUp: boolean;
  progress: Partial<Record<LaneKind, Progress>>;
}

export const emptyLane: Lane = { handUp: false, progress: {} };

export function laneHeard(lane: Lane, { kind, state, by }: LaneTold): Lane {
  return { ...lane, progress: { ...lane.progress, [kind]: { state, by } } };
}

/** Something of this kind was said again: what is shown of the last one counts no more. */
export function laneSaid(lane: Lane, kind: LaneKind): Lane {
  const { [kind]: _, ...progress } = lane.progress;
  return { ...lane, progress };
}
