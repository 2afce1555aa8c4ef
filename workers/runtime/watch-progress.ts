import type { CollectorState } from "../../lib/services/usage/collect";
import type { Clock } from "../../lib/shared/clock";

/** Far beyond any pause that a healthy collector makes. */
const STUCK_MS = 120_000;
const LOOK_MS = 10_000;

export interface WatchDeps {
  clock: Clock;
  state: () => Readonly<CollectorState>;
  /** Postgres being away is no reason to end the process. */
  isReachable: () => Promise<boolean>;
  onStuck: () => void;
}

/** Is there something to book, and has nothing been booked for too long? */
export function isStuck(state: Readonly<CollectorState>, nowMs: number): boolean {
  return state.owed > 0 && nowMs - state.lastProgressMs > STUCK_MS;
}

/** Calls `onStuck` once when the collector has a backlog and makes no progress. Answers how to stop. */
export function watchProgress({ clock, state, isReachable, onStuck }: WatchDeps): () => void {
  let cancel = () => {};
  const look = async () => {
    if (isStuck(state(), clock.monotonicMs()) && (await isReachable())) {
      onStuck();
      return;
    }
    cancel = clock.after(LOOK_MS, () => void look());
  };
  cancel = clock.after(LOOK_MS, () => void look());
  return () => cancel();
}
