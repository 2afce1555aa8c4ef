import type { DbClient } from "../../db/client";
import { makeUsagePartitions } from "../../db/partitions";
import { type JobQueue, openJobQueue } from "../../jobs/job-queue";
import type { Redis, RedisConnections } from "../../redis/connections";
import type { KeyNames } from "../../redis/key-names";
import { type RelayStore, relayStore } from "../../redis/relay-store";
import type { RelayPorts } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import { AppError } from "../../shared/errors";
import type { Context, SnapshotName, TokenRenewer } from "../context";
import { deliverOrder } from "../relay/settlement";
import { createSpool, type Spool } from "../relay/spool";
import { type CollectorState, createCollector } from "./collect";
import { sweepIntents } from "./sweep";
import { areBooksRight, verifyBooks } from "./verify-books";

const DAY_MS = 86_400_000;
const MONTHS_AHEAD = 3;

export interface UpkeepDeps {
  db: DbClient;
  redis: RedisConnections;
  keys: KeyNames;
  clock: Clock;
  log: RelayPorts["log"];
  /** Id of this process (`proc_…`). */
  processId: string;
  spoolFolder: string;
  /** Silence after which a process counts as dead; the usual time when absent. */
  sweepAfterMs: number | undefined;
  changed: (name: SnapshotName) => Promise<void>;
  tokens: TokenRenewer;
  /** The world as the portal itself sees it. */
  system: Context;
}

/** The world of the jobs that keep the books: one per worker process. */
export interface Upkeep extends Omit<UpkeepDeps, "redis"> {
  commands: Redis;
  store: RelayStore;
  spool: Spool;
  queue: JobQueue;
  /** A connection for the queue's worker. */
  queueConnection: () => Redis;
  collector: {
    run(signal: AbortSignal): Promise<void>;
    state(): Readonly<CollectorState>;
  };
}

export function openUpkeep({ redis, ...deps }: UpkeepDeps): Upkeep {
  const { db, keys, clock, log } = deps;
  const store = relayStore(redis.commands, keys);
  const collector = createCollector({
    db,
    keys,
    clock,
    log,
    blocking: redis.blocking(),
    commands: redis.commands,
    consumer: deps.processId,
  });
  const spool = createSpool({
    folder: deps.spoolFolder,
    deliver: (order) => deliverOrder(store, order),
    log,
  });
  const queue = openJobQueue(redis.queue, keys.queues);
  return {
    ...deps,
    store,
    spool,
    queue,
    collector,
    commands: redis.commands,
    queueConnection: redis.queue,
  };
}

/** Closes the requests of dead processes; see `sweepIntents`. */
export async function sweepDeadOwners(upkeep: Upkeep): Promise<void> {
  const { commands, store, sweepAfterMs } = upkeep;
  const swept = await sweepIntents({ redis: commands, store, silentMs: sweepAfterMs });
  if (swept > 0) upkeep.log("warn", { event: "usage.swept", requests: swept });
}

/** Delivers what dead processes of this machine have spooled. */
export async function deliverLeftSpools({ spool }: Upkeep): Promise<void> {
  await spool.deliver();
}

/** Makes the partitions of this month and the next ones. */
export async function makePartitionsAhead({ db, clock }: Upkeep): Promise<void> {
  await makeUsagePartitions(db, new Date(clock.nowMs()), MONTHS_AHEAD + 1);
}

/** Recomputes the books of the last days. Throws AppError("internal") when they disagree. */
export async function checkBooks(upkeep: Upkeep, { days }: { days: number }): Promise<void> {
  const { db, clock, log } = upkeep;
  const faults = await verifyBooks(db, clock.nowMs() - (days - 1) * DAY_MS, clock.nowMs());
  if (areBooksRight(faults)) return;
  log("error", { event: "usage.books-disagree", ...faults });
  throw new AppError("internal", "Roll-ups, ledger and records disagree.");
}
