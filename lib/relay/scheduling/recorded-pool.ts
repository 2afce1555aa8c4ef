import { z } from "zod";
import type { PoolAccount } from "../model";

/**
 * What an admin has set about an account, as far as a choice depends on it. Stored once for each version
 * of the pool; a new field needs a default, for versions that were stored before it.
 */
export const RecordedAccount = z.object({
  id: z.string(),
  provider: z.string(),
  sharing: z.enum(["shared", "dedicated", "group"]),
  groupIds: z.array(z.string()),
  spentUntilMs: z.number().nullable().default(null),
  groupWeights: z.record(z.string(), z.number()).default({}),
  enabled: z.boolean(),
  schedulable: z.boolean(),
  draining: z.boolean(),
  priority: z.number(),
  weight: z.number(),
  maxConcurrency: z.number().nullable(),
  planExpiresAtMs: z.number().nullable(),
  modelMap: z.object({ entries: z.array(z.object({ from: z.string(), to: z.string() })) }),
  pauseAtPercent: z.number().nullable(),
  consent: z.object({ userIds: z.array(z.string()) }).nullable(),
});
export type RecordedAccount = z.output<typeof RecordedAccount>;

/** The pool without anything live and without secrets, in its order. */
export function recordedPool(pool: readonly PoolAccount[]): RecordedAccount[] {
  return pool.map((account) => RecordedAccount.parse(account));
}
