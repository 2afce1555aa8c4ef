import type { AccountRelease, SettleOrder } from "../../redis/settle-script";
import type { AttemptRecord } from "../../relay/ports";
import { inFlight } from "../../shared/in-flight";

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

/** How long ended requests are kept for the case that the server loses what it was just given. */
const RECENT_MS = 15_000;
const RECENT_MAX = 5_000;

export type LiveRequests = ReturnType<typeof createLiveRequests>;

/** What this process has running, and what it has just ended. */
export function createLiveRequests(nowMs: () => number) {
  const running = inFlight<LiveRequest>();
  const recent: { order: SettleOrder; tag: string; atMs: number }[] = [];
  const expire = () => {
    const oldest = nowMs() - RECENT_MS;
    let gone = Math.max(0, recent.length - RECENT_MAX);
    while (gone < recent.length && (recent[gone]?.atMs ?? oldest) < oldest) gone++;
    recent.splice(0, gone);
  };
  return {
    running,
    remember(order: SettleOrder, tag: string) {
      // Trimmed in steps: a splice per request would move the whole list each time.
      if (recent.length > RECENT_MAX * 1.2) expire();
      recent.push({ order, tag, atMs: nowMs() });
    },
    recentOrders(tag: string): SettleOrder[] {
      expire();
      return recent.filter((entry) => entry.tag === tag).map((entry) => entry.order);
    },
    /** Shards in which this process has anything to lose. */
    tags(): Set<string> {
      expire();
      return new Set([...running.values(), ...recent].map((entry) => entry.tag));
    },
  };
}
