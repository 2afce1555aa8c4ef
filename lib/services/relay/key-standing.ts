import type { DbClient } from "../../db/client";
import { findKeyCreation } from "../../db/keys";
import { sumUsage, type UsageSumsRow } from "../../db/usage-pages";
import type { KeyStanding, KeyUse } from "../../relay/key-standing";
import type { Clock } from "../../shared/clock";
import { AppError } from "../../shared/errors";

/** Reads how a key stands from the roll-ups: what was used up to the last booked request. */
export function createKeyStandings({ db, clock }: { db: DbClient; clock: Clock }) {
  return async (keyId: string): Promise<KeyStanding> => {
    const now = new Date(clock.nowMs());
    const to = new Date(clock.nowMs() + 3_600_000);
    const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
    try {
      const [createdAt, today, thisMonth, total] = await Promise.all([
        findKeyCreation(db, keyId),
        sumUsage(db, { keyId, from: day, to }),
        sumUsage(db, { keyId, from: month, to }),
        sumUsage(db, { keyId, from: new Date(0), to }),
      ]);
      return {
        createdAtMs: createdAt?.getTime() ?? 0,
        today: sumsOf(today),
        month: sumsOf(thisMonth),
        total: sumsOf(total),
      };
    } catch (thrown) {
      throw new AppError("unavailable", "The books could not be read.", {}, thrown);
    }
  };
}

function sumsOf(sums: UsageSumsRow | null): KeyUse {
  return {
    requests: Number(sums?.requests ?? 0n),
    inputTokens: Number(sums?.inputTokens ?? 0n),
    cacheReadTokens: Number(sums?.cacheReadTokens ?? 0n),
    cacheWriteTokens: Number(sums?.cacheWriteTokens ?? 0n),
    outputTokens: Number(sums?.outputTokens ?? 0n),
    chargeMicroUsd: sums?.chargeMicroUsd ?? 0n,
  };
}
