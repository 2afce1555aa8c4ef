import { setTimeout as sleep } from "node:timers/promises";
import type { DbClient } from "../../db/client";
import type { Redis } from "../../redis/connections";
import type { KeyNames } from "../../redis/key-names";
import {
  acknowledge,
  backlog,
  bury,
  claimStale,
  ensureGroups,
  readNew,
  type ShardBacklog,
  trimBooked,
  type UsageMessage,
} from "../../redis/usage-stream";
import type { Clock } from "../../shared/clock";
import { createBookkeeper } from "./book";

const BATCH = 500;
const PER_SHARD = 500;
const BLOCK_MS = 200;
/**
 * Between two readings, unless the last one was full. A transaction costs about the same for one record as
 * for a hundred: without a pause a portal with one busy user would commit all the time.
 */
const GATHER_MS = 400;
/** A consumer that holds messages for longer is taken for dead. Booking twice is harmless. */
const STALE_MS = 10_000;
const UPKEEP_MS = 6_000;
const BACK_OFF_MS = 500;

export interface CollectorDeps {
  db: DbClient;
  /** For waiting reads only. */
  blocking: Redis;
  commands: Redis;
  keys: KeyNames;
  clock: Clock;
  /** Name of this consumer, unique among processes. */
  consumer: string;
  log: (level: "info" | "warn" | "error", line: Readonly<Record<string, unknown>>) => void;
  /** Called after a batch was committed and before it is acknowledged; tests kill here. */
  onCommitted?: () => void;
}

export interface CollectorState {
  booked: number;
  buried: number;
  owed: number;
  lastProgressMs: number;
}

/**
 * Carries the usage stream into Postgres until `signal` ends it. At least once from Redis, exactly
 * once in Postgres. While Postgres is away the messages wait in Redis; a message that can never be
 * booked is set aside with an alert and blocks nothing.
 */
export function createCollector(deps: CollectorDeps) {
  const { db, commands, keys, log } = deps;
  const book = createBookkeeper(db);
  const state: CollectorState = {
    booked: 0,
    buried: 0,
    owed: 0,
    lastProgressMs: deps.clock.monotonicMs(),
  };

  async function bookBatch(messages: readonly UsageMessage[], signal: AbortSignal): Promise<void> {
    try {
      state.booked += await book(messages);
    } catch (error) {
      return bookApart(messages, error, signal);
    }
    deps.onCommitted?.();
    await acknowledge(commands, messages);
    state.lastProgressMs = deps.clock.monotonicMs();
  }

  /** Finds the message at fault by halves; waits when Postgres is what is at fault. */
  async function bookApart(
    messages: readonly UsageMessage[],
    error: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) return;
    if (!(await isReachable(db))) {
      log("warn", { message: "Postgres takes no usage at the moment.", error });
      await pause(BACK_OFF_MS, signal);
      return bookBatch(messages, signal);
    }
    const [only] = messages;
    if (messages.length > 1 || only === undefined) {
      const half = Math.ceil(messages.length / 2);
      await bookBatch(messages.slice(0, half), signal);
      return bookBatch(messages.slice(half), signal);
    }
    // A second try alone: the first may have failed for a lock or a lost connection.
    const again = await book(messages).then(
      (booked) => ({ booked }),
      (reason: unknown) => ({ reason }),
    );
    if ("booked" in again) {
      state.booked += again.booked;
      return acknowledge(commands, messages);
    }
    state.buried++;
    log("error", { message: "A usage message cannot be booked; set aside.", id: only.id, error });
    await bury(commands, keys, only, String(again.reason));
    state.lastProgressMs = deps.clock.monotonicMs();
  }

  const bookAll: BookAll = async (messages, signal) => {
    for (let i = 0; i < messages.length; i += BATCH) {
      await bookBatch(messages.slice(i, i + BATCH), signal);
    }
  };
  const round = collecting(deps, state, bookAll);
  return {
    state: (): Readonly<CollectorState> => state,
    async run(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        try {
          await round(signal);
        } catch (error) {
          if (signal.aborted) return;
          log("warn", { message: "Collecting usage failed; trying again.", error });
          await pause(BACK_OFF_MS, signal);
        }
      }
    },
  };
}

type BookAll = (messages: readonly UsageMessage[], signal: AbortSignal) => Promise<void>;

/** One round of collecting: what is new, then what others left. */
function collecting(deps: CollectorDeps, state: CollectorState, bookAll: BookAll) {
  const { blocking, commands, keys, consumer } = deps;
  const upkeep = streamUpkeep(deps, state, bookAll);

  let grouped = false;
  return async (signal: AbortSignal): Promise<void> => {
    if (!grouped) await ensureGroups(commands, keys);
    // A server that was emptied has no groups any more: after a failure they are made anew.
    grouped = false;
    const found = await readNew(blocking, keys, consumer, PER_SHARD, BLOCK_MS);
    await bookAll(found, signal);
    await upkeep(signal);
    grouped = true;
    if (found.length < PER_SHARD) await pause(GATHER_MS, signal);
  };
}

/** Takes over what dead consumers hold, removes what has been booked, and notes what is owed. */
function streamUpkeep(
  { commands, keys, clock, consumer }: CollectorDeps,
  state: CollectorState,
  bookAll: BookAll,
) {
  let trimmable: ShardBacklog[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  return async (signal: AbortSignal): Promise<void> => {
    if (clock.monotonicMs() - lastMs < UPKEEP_MS) return;
    lastMs = clock.monotonicMs();
    await bookAll(await claimStale(commands, keys, consumer, STALE_MS, PER_SHARD), signal);
    // What was booked at the round before has been readable for long enough.
    await trimBooked(commands, trimmable);
    trimmable = await backlog(commands, keys);
    state.owed = trimmable.reduce((sum, shard) => sum + shard.owed, 0);
    if (state.owed === 0) state.lastProgressMs = clock.monotonicMs();
  };
}

/** Ends early, without a failure, when the signal comes. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

async function isReachable(db: DbClient): Promise<boolean> {
  return db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
}
