import type { AccountRelease } from "../../redis/settle-script";
import type { AttemptRecord } from "../../relay/ports";
import { inFlight } from "../../shared/in-flight";
import { recentOrders } from "./recent-orders";

/** An admitted call of this process. */
export interface LiveRequest {
  requestId: string;
  tag: string;
  startedAtMs: number;
  /** First hop that this call is the second of. */
  parent: string | null;
  depth: number;
  /** Accounts that led here, outermost first. */
  ancestorAccounts: readonly string[];
  intentJson: string;
  leases: readonly string[];
  spends: readonly string[];
  /** Micro-USD, decimal; "0" for the second hop of another request. */
  reserve: string;
  /** Leases and hop traces on accounts, to be given back at the end. */
  releases: AccountRelease[];
  /** What it has used by now. */
  attempts: () => readonly AttemptRecord[];
  /** Has `attempts` changed since it was last written? */
  dirty: boolean;
}

export type LiveRequests = ReturnType<typeof createLiveRequests>;

/** What this process has running, and what it has just ended. */
export function createLiveRequests(nowMs: () => number) {
  const running = inFlight<LiveRequest>();
  const recent = recentOrders(nowMs);
  return {
    running,
    recent,
    /** Shards in which this process has anything to lose. */
    tags: () => new Set([...running.values().map(({ tag }) => tag), ...recent.tags()]),
  };
}
