import type { Db } from "./client";

/** First moments of the running day, week and month. */
export interface SpendPeriods {
  day: Date;
  week: Date;
  month: Date;
}

export interface Spend {
  day: bigint;
  week: bigint;
  month: bigint;
  total: bigint;
}

/** Charges of keys since the beginning of each period, in micro-USD; a key without any is absent. */
export async function spendOfKeys(
  db: Db,
  keyIds: readonly string[],
  from: SpendPeriods,
): Promise<Map<string, Spend>> {
  const rows = await db.$queryRaw<(Spend & { id: string })[]>`
    SELECT key_id AS id,
      coalesce(sum(charge_micro_usd) FILTER (WHERE hour >= ${from.day}), 0)::bigint AS day,
      coalesce(sum(charge_micro_usd) FILTER (WHERE hour >= ${from.week}), 0)::bigint AS week,
      coalesce(sum(charge_micro_usd) FILTER (WHERE hour >= ${from.month}), 0)::bigint AS month,
      coalesce(sum(charge_micro_usd), 0)::bigint AS total
    FROM usage_hour WHERE key_id = ANY(${keyIds}) GROUP BY key_id`;
  return new Map(rows.map(({ id, ...spend }) => [id, spend]));
}

/** The same for users over all their keys. */
export async function spendOfUsers(
  db: Db,
  userIds: readonly string[],
  from: SpendPeriods,
): Promise<Map<string, Spend>> {
  const rows = await db.$queryRaw<(Spend & { id: string })[]>`
    SELECT user_id AS id,
      coalesce(sum(charge_micro_usd) FILTER (WHERE hour >= ${from.day}), 0)::bigint AS day,
      coalesce(sum(charge_micro_usd) FILTER (WHERE hour >= ${from.week}), 0)::bigint AS week,
      coalesce(sum(charge_micro_usd) FILTER (WHERE hour >= ${from.month}), 0)::bigint AS month,
      coalesce(sum(charge_micro_usd), 0)::bigint AS total
    FROM usage_hour WHERE user_id = ANY(${userIds}) GROUP BY user_id`;
  return new Map(rows.map(({ id, ...spend }) => [id, spend]));
}
