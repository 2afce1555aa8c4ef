import { Prisma } from "../generated/prisma/client";
import type { Db } from "./client";

/** Rows of the roll-ups by hour that a reader wants summed. `to` is not inside. */
export interface UsageFilter {
  from: Date;
  to: Date;
  userId?: string | undefined;
  keyId?: string | undefined;
  accountId?: string | undefined;
  model?: string | undefined;
  face?: string | undefined;
}

export interface UsageSumsRow {
  requests: bigint;
  errors: bigint;
  inputTokens: bigint;
  cacheReadTokens: bigint;
  cacheWriteTokens: bigint;
  outputTokens: bigint;
  costMicroUsd: bigint;
  chargeMicroUsd: bigint;
  firstByteMsSum: bigint;
  firstByteCount: bigint;
  durationMsSum: bigint;
}

export type UsageColumn = "model" | "key" | "face" | "outcome" | "user" | "account";
export type UsageStep = "hour" | "day";

const COLUMNS: Record<UsageColumn, Prisma.Sql> = {
  model: Prisma.sql`model`,
  key: Prisma.sql`key_id`,
  face: Prisma.sql`face`,
  outcome: Prisma.sql`outcome`,
  user: Prisma.sql`user_id`,
  account: Prisma.sql`account_id`,
};

const SUMS = Prisma.sql`
  coalesce(sum(requests), 0)::bigint AS "requests",
  coalesce(sum(errors), 0)::bigint AS "errors",
  coalesce(sum(input_tokens), 0)::bigint AS "inputTokens",
  coalesce(sum(cache_read_tokens), 0)::bigint AS "cacheReadTokens",
  coalesce(sum(cache_write_tokens), 0)::bigint AS "cacheWriteTokens",
  coalesce(sum(output_tokens), 0)::bigint AS "outputTokens",
  coalesce(sum(cost_micro_usd), 0)::bigint AS "costMicroUsd",
  coalesce(sum(charge_micro_usd), 0)::bigint AS "chargeMicroUsd",
  coalesce(sum(first_byte_ms_sum), 0)::bigint AS "firstByteMsSum",
  coalesce(sum(first_byte_count), 0)::bigint AS "firstByteCount",
  coalesce(sum(duration_ms_sum), 0)::bigint AS "durationMsSum"`;

/** What the group behind the largest ones is called. No model, key or face bears this name. */
export const OTHERS = "other";

/** Everything in the filter as one sum. */
export async function sumUsage(db: Db, filter: UsageFilter): Promise<UsageSumsRow | null> {
  const rows = await db.$queryRaw<UsageSumsRow[]>`
    SELECT ${SUMS} FROM usage_hour WHERE ${conditions(filter)}`;
  return rows[0] ?? null;
}

/** Sums per group, dearest first, at most `take`. */
export async function sumUsageBy(
  db: Db,
  filter: UsageFilter,
  by: UsageColumn,
  take: number,
): Promise<(UsageSumsRow & { id: string })[]> {
  return db.$queryRaw`
    SELECT ${COLUMNS[by]} AS id, ${SUMS} FROM usage_hour WHERE ${conditions(filter)}
    GROUP BY 1 ORDER BY "chargeMicroUsd" DESC, "requests" DESC, 1 LIMIT ${take}`;
}

/** Sums per step and group; groups that are not among `shown` are summed as "other". */
export async function sumUsageOverTime(
  db: Db,
  filter: UsageFilter,
  by: UsageColumn,
  shown: readonly string[],
  step: UsageStep,
  timeZone: string,
): Promise<(UsageSumsRow & { at: Date; id: string })[]> {
  const at = step === "hour" ? Prisma.sql`hour` : Prisma.sql`date_trunc('day', hour, ${timeZone})`;
  return db.$queryRaw`
    SELECT ${at} AS at,
      CASE WHEN ${COLUMNS[by]} = ANY(${shown}) THEN ${COLUMNS[by]} ELSE ${OTHERS} END AS id, ${SUMS}
    FROM usage_hour WHERE ${conditions(filter)} GROUP BY 1, 2 ORDER BY 1`;
}

/** Models that were served without a price since a moment, most asked first. */
export async function listUnratedModels(db: Db, since: Date) {
  return db.$queryRaw<{ model: string; requests: bigint }[]>`
    SELECT model, count(*)::bigint AS requests FROM request
    WHERE started_at >= ${since} AND unrated GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`;
}

function conditions(filter: UsageFilter): Prisma.Sql {
  const { userId, keyId, accountId, model, face } = filter;
  // A row stands for its whole hour: one that the range begins inside of belongs to it.
  const parts = [
    Prisma.sql`hour >= date_trunc('hour', ${filter.from}::timestamptz) AND hour < ${filter.to}`,
    ...(userId === undefined ? [] : [Prisma.sql`user_id = ${userId}`]),
    ...(keyId === undefined ? [] : [Prisma.sql`key_id = ${keyId}`]),
    ...(accountId === undefined ? [] : [Prisma.sql`account_id = ${accountId}`]),
    ...(model === undefined ? [] : [Prisma.sql`model = ${model}`]),
    ...(face === undefined ? [] : [Prisma.sql`face = ${face}`]),
  ];
  return Prisma.join(parts, " AND ");
}
