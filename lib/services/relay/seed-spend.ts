import type { DbClient } from "../../db/client";
import { bookedAmong, spentInPeriod } from "../../db/usage";
import type { RelayStore } from "../../redis/relay-store";
import type { Clock } from "../../shared/clock";
import { AppError } from "../../shared/errors";
import type { Period } from "../usage/periods";

/** Counters of past periods stay for late settlements, then go. */
const KEEP_MS = 2 * 86_400_000;
/** Booked messages stay in the stream for longer than this (see `trimBooked`). */
const LONGEST_MS = 4_000;

export interface SeedRequest {
  tag: string;
  /** Key of the counter. */
  spend: string;
  scope: string;
  period: Period;
}

export interface SeederDeps {
  db: DbClient;
  store: RelayStore;
  clock: Clock;
}

/**
 * Sets a spend counter that Redis does not have to what was really spent: the sum in one Postgres
 * snapshot, plus the settlements in the usage stream that this snapshot does not contain, plus (inside
 * the script) those that arrive meanwhile. Exact, whatever is under way. One reading at a time per
 * counter and process.
 */
export function createSpendSeeder({ db, store, clock }: SeederDeps) {
  const running = new Map<string, Promise<void>>();

  async function seed(request: SeedRequest): Promise<void> {
    const { tag, scope, period } = request;
    const startedMs = clock.monotonicMs();
    await db.$transaction(
      async (tx) => {
        const truth = await spentInPeriod(tx, scope, period.fromMs, period.toMs);
        const { lastId, charges } = await store.chargesInStream(tag);
        const wanted = new Set(truth.values);
        const unique = new Map(
          charges
            .filter((charge) => wanted.has(truth.field === "k" ? charge.keyId : charge.ownerId))
            .filter((charge) => isWithin(charge.startedAtMs, period))
            .map((charge) => [charge.requestId, charge]),
        );
        const booked = await bookedAmong(tx, [...unique.values()]);
        const open = [...unique.values()].filter((charge) => !booked.has(charge.requestId));
        if (clock.monotonicMs() - startedMs > LONGEST_MS) {
          throw new AppError("unavailable", "Limits could not be read in time.", {
            retryAfterSeconds: 2,
          });
        }
        await store.seed({
          spend: request.spend,
          stream: store.keys.usage(tag),
          epoch: store.keys.epoch(tag),
          baseMicroUsd: open.reduce((sum, charge) => sum + charge.chargeMicroUsd, truth.spent),
          lastSeenId: lastId,
          field: truth.field,
          values: truth.values,
          fromMs: period.fromMs,
          toMs: period.toMs,
          expiresAtMs: period.toMs === 0 ? 0 : period.toMs + KEEP_MS,
        });
      },
      { isolationLevel: "RepeatableRead", timeout: 5_000 },
    );
  }

  return (request: SeedRequest): Promise<void> => {
    const found = running.get(request.spend);
    if (found) return found;
    const reading = seed(request).finally(() => running.delete(request.spend));
    running.set(request.spend, reading);
    return reading;
  };
}

function isWithin(atMs: number, { fromMs, toMs }: Period): boolean {
  return atMs >= fromMs && (toMs === 0 || atMs < toMs);
}
