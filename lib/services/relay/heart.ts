import { SHARDS } from "../../redis/key-names";
import type { RelayStore } from "../../redis/relay-store";
import type { AttemptRecord } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import { attemptsJson } from "../usage/settlement-json";
import { LEASE_MS } from "./admission";
import type { LiveRequest, LiveRequests } from "./live-requests";
import { putBack } from "./put-back";
import { createRounds } from "./rounds";

const BEAT_MS = 3_000;
const CHECKPOINT_MS = 1_000;
/** After a shard was found emptied, money is spent again when every process has beaten at least once. */
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

/**
 * The process's regular messages to Redis, a few commands for all its requests together: signs of
 * life, renewed leases, check-points. It also notices that a shard lost contents (its epoch changed)
 * and puts back what this process had there.
 */
export function createHeart(deps: HeartDeps) {
  const { store, live, log } = deps;
  const rounds = createRounds(deps.clock, (what, error) => {
    log("warn", { message: `${what} failed.`, error });
  });
  const noteEpoch = epochWatch(deps);

  const beatAll = async () => {
    await Promise.all([...live.tags()].map((tag) => beat(deps, noteEpoch, tag)));
  };

  const noteRun = async () => {
    const shards = SHARDS.map((tag) => ({
      serverRun: store.keys.serverRun(tag),
      epoch: store.keys.epoch(tag),
    }));
    await store.beats.noteRun(shards, deps.graceMs);
    await beatAll();
  };

  return {
    noteEpoch,
    beatAll,
    writeCheckpoints: () => writeCheckpoints(store, live),
    /** Has what a request used by then read with the next batch: most requests end before it. */
    checkpoint(requestId: string, attempts: () => readonly AttemptRecord[]): void {
      const request = live.running.get(requestId);
      if (!request) return;
      request.attempts = attempts;
      request.dirty = true;
    },
    start(): void {
      rounds.every(deps.beatMs ?? BEAT_MS, "The beat", beatAll);
      rounds.every(deps.beatMs ?? CHECKPOINT_MS, "Check-pointing", () =>
        writeCheckpoints(store, live),
      );
      const greet = () => {
        noteRun().catch((error: unknown) => log("warn", { message: "The beat failed.", error }));
      };
      greet();
      // A server that comes back may have lost its last seconds: find out at once.
      store.onReady(greet);
    },
    stop(): void {
      rounds.stop();
    },
  };
}

/** Follows the shards' epochs. True when one has changed; then everything is put back. */
function epochWatch({ store, live, log }: HeartDeps) {
  const epochs = new Map<string, string>();
  return (tag: string, epoch: string): boolean => {
    const known = epochs.get(tag);
    epochs.set(tag, epoch);
    if (known === undefined || known === epoch) return false;
    log("warn", { message: "A shard of Redis lost contents; running requests are put back.", tag });
    putBack(store, live, tag).catch((error: unknown) => {
      log("error", { message: "Running requests could not be put back.", tag, error });
    });
    return true;
  };
}

async function beat(
  { store, live, owner, graceMs, log }: HeartDeps,
  noteEpoch: (tag: string, epoch: string) => boolean,
  tag: string,
): Promise<void> {
  const { keys } = store;
  const running = live.running.values().filter((request) => request.tag === tag);
  const { epoch, missing } = await store.beats.beat({
    beats: keys.beats(tag),
    intents: keys.intents(tag),
    epoch: keys.epoch(tag),
    owner,
    graceMs,
    leaseMs: LEASE_MS,
    running,
  });
  if (!noteEpoch(tag, epoch) && missing.length > 0) {
    // Also those that ended while the beat was under way.
    const swept = missing.filter((id) => live.running.get(id)).length;
    if (swept > 0) log("warn", { message: "Running requests were swept.", requests: swept });
  }
  await renewAccounts(store, running);
}

async function renewAccounts(store: RelayStore, running: readonly LiveRequest[]): Promise<void> {
  const renewals = new Map<string, string[]>();
  for (const { requestId, releases } of running) {
    for (const { leases } of releases) {
      renewals.set(leases, [...(renewals.get(leases) ?? []), requestId]);
    }
  }
  await Promise.all(
    [...renewals].map(([leases, ids]) => store.accounts.renew(leases, ids, LEASE_MS)),
  );
}

async function writeCheckpoints(store: RelayStore, live: LiveRequests): Promise<void> {
  const { keys } = store;
  const byTag = new Map<string, (readonly [string, string])[]>();
  for (const request of live.running.values()) {
    if (!request.dirty) continue;
    request.dirty = false;
    const entry = [request.requestId, attemptsJson(request.attempts())] as const;
    byTag.set(request.tag, [...(byTag.get(request.tag) ?? []), entry]);
  }
  await Promise.all(
    [...byTag].map(([tag, entries]) =>
      store.beats.checkpoint(keys.intents(tag), keys.checkpoints(tag), entries),
    ),
  );
}
