import { hash } from "node:crypto";
import type { DbClient } from "../../db/client";
import { dropPoolVersions, keepPoolVersion } from "../../db/pool-versions";
import type { PoolAccount } from "../../relay/model";
import type { RelayPorts } from "../../relay/ports";
import { recordedPool } from "../../relay/scheduling/recorded-pool";
import type { Clock } from "../../shared/clock";

const HOUR_MS = 3_600_000;
/** Longer than any replay looks back. */
const KEEP_MS = 30 * 24 * HOUR_MS;
/** Enough of a digest to tell versions of one portal apart. */
const NAME_LENGTH = 20;

interface PoolVersionsDeps {
  db: DbClient;
  clock: Clock;
  log: RelayPorts["log"];
}

/**
 * Keeps each version of the pool once, under a digest of what was set, so that a recorded choice only
 * has to name it. A version that could not be stored has no name: nothing may point to what is not there.
 */
export function createPoolVersions({ db, clock, log }: PoolVersionsDeps) {
  let kept: { pool: readonly PoolAccount[]; id: string; atMs: number } | null = null;
  return {
    of: (pool: readonly PoolAccount[]): string | null => (kept?.pool === pool ? kept.id : null),
    /** Called with every reload; writes when the version is new here, and once an hour. Never rejects. */
    async keep(pool: readonly PoolAccount[]): Promise<void> {
      const recorded = recordedPool(pool);
      const id = hash("sha256", JSON.stringify(recorded)).slice(0, NAME_LENGTH);
      const nowMs = clock.nowMs();
      if (kept?.id === id && nowMs - kept.atMs < HOUR_MS) {
        kept = { ...kept, pool };
        return;
      }
      try {
        await keepPoolVersion(db, id, recorded, new Date(nowMs));
        await dropPoolVersions(db, new Date(nowMs - KEEP_MS));
        kept = { pool, id, atMs: nowMs };
      } catch (error) {
        log("warn", { message: "A version of the pool was not stored.", error });
      }
    },
  };
}
