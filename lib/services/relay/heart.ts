import { intentText } from "../../redis/intents";
import type { RelayStore } from "../../redis/relay-store";
import type { AttemptRecord } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import { encodeWired } from "../usage/messages";
import { LEASE_MS } from "./admission";
import type { LiveRequest, LiveRequests } from "./live-requests";
import { deliverOrder } from "./settlement";

const BEAT_MS = 3_000;
const CHECKPOINT_MS = 2_000;
/** After a shard was found empty, money is spent again when every process has beaten at least once. */
export const GRACE_MS = 4_000;

export interface HeartDeps {
  store: RelayStore;
  live: LiveRequests;
  clock: Clock;
  owner: string;
  graceMs: number;
  /** Time between beats and between check-points; the usual ones when absent. */
  beatMs?: number | undefined;
  log: (level: "warn" | "error", line: Readonly<Record<string, unknown>>) => void;
}

export type Heart = ReturnType<typeof createHeart>;

/**
 * The process's regular messages to Redis, a few commands for all its requests together: signs of
 * life, renewed leases, check-points. It also notices that a shard lost its contents (the epoch
 * changed) and puts back what this process had there.
 */
export function createHeart(deps: HeartDeps) {
  const { store, live, clock, log } = deps;
  const { keys } = store;
  const epochs = new Map<string, string>();
  const stops: (() => void)[] = [];

  async function beat(tag: string): Promise<void> {
    const running = [...live.running.values()].filter((request) => request.tag === tag);
    const { epoch, missing } = await store.beats.beat({
      beats: keys.beats(tag),
      intents: keys.intents(tag),
      epoch: keys.epoch(tag),
      owner: deps.owner,
      graceMs: deps.graceMs,
      leaseMs: LEASE_MS,
      running,
    });
    const restored = noteEpoch(tag, epoch);
    if (!restored && missing.length > 0) {
      log("warn", { message: "Running requests were swept.", requests: missing.length });
    }
    await renewAccounts(running);
  }

  /** True when the shard was found to be another than it was; then everything is put back. */
  function noteEpoch(tag: string, epoch: string): boolean {
    const known = epochs.get(tag);
    epochs.set(tag, epoch);
    if (known === undefined || known === epoch) return false;
    log("warn", { message: "A shard of Redis was emptied; running requests are put back.", tag });
    restore(tag).catch((error: unknown) => {
      log("error", { message: "Running requests could not be put back.", tag, error });
    });
    return true;
  }

  async function restore(tag: string): Promise<void> {
    const running = [...live.running.values()].filter((request) => request.tag === tag);
    await Promise.all([
      ...running.map((request) =>
        store.beats.restore({
          intents: keys.intents(tag),
          requestId: request.requestId,
          intent: intentText(request.startedAtMs, request.parent, request.intentJson),
          leases: request.leases,
          spends: request.spends,
          leaseMs: LEASE_MS,
          reserve: request.reserve,
        }),
      ),
      ...live.recentOrders(tag).map((order) => deliverOrder(store, order)),
    ]);
  }

  async function renewAccounts(running: readonly LiveRequest[]): Promise<void> {
    const renewals = new Map<string, string[]>();
    for (const { requestId, releases } of running) {
      for (const { leases } of releases) {
        renewals.set(leases, [...(renewals.get(leases) ?? []), requestId]);
      }
    }
    await Promise.all([...renewals].map(([key, ids]) => store.accounts.renew(key, ids, LEASE_MS)));
  }

  const beatAll = async () => {
    await Promise.all([...live.tags()].map(beat));
  };

  async function writeCheckpoints(): Promise<void> {
    const byTag = new Map<string, LiveRequest[]>();
    for (const request of live.running.values()) {
      if (!request.dirty) continue;
      request.dirty = false;
      byTag.set(request.tag, [...(byTag.get(request.tag) ?? []), request]);
    }
    await Promise.all(
      [...byTag].map(([tag, requests]) =>
        store.beats.checkpoint(
          keys.intents(tag),
          keys.checkpoints(tag),
          requests.map((request) => [request.requestId, encodeWired(request.attempts)] as const),
        ),
      ),
    );
  }

  function every(ms: number, what: string, work: () => Promise<void>): void {
    let cancel = () => {};
    const round = () => {
      work()
        .catch((error: unknown) => log("warn", { message: `${what} failed.`, error }))
        .finally(() => {
          cancel = clock.after(ms, round);
        });
    };
    cancel = clock.after(ms, round);
    stops.push(() => cancel());
  }

  return {
    noteEpoch,
    beatAll,
    writeCheckpoints,
    /** Remembers what a request has used so far, for the next batch. */
    checkpoint(requestId: string, attempts: readonly AttemptRecord[]): void {
      const request = live.running.get(requestId);
      if (!request) return;
      request.attempts = attempts;
      request.dirty = true;
    },
    start(): void {
      every(deps.beatMs ?? BEAT_MS, "The beat", beatAll);
      every(deps.beatMs ?? CHECKPOINT_MS, "Check-pointing", writeCheckpoints);
      // A server that comes back may have lost everything: find out at once.
      store.onReady(() => {
        beatAll().catch(() => {});
      });
    },
    stop(): void {
      for (const stop of stops) stop();
    },
  };
}
