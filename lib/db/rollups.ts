import { Prisma } from "../generated/prisma/client";
import type { Db } from "./client";

/** A row of a roll-up that does not say what the records say. */
export interface RollUpFault {
  table: "usage_hour" | "usage_day";
  at: Date;
  user_id: string;
  key_id: string;
  account_id: string;
  stored_charge: bigint | null;
  counted_charge: bigint | null;
}

const SHOWN = 20;

/**
 * Recomputes a roll-up from the records of [from, to) and answers up to 20 rows that differ in any
 * column. `from` and `to` are whole UTC days.
 */
export async function findRollUpFaults(
  db: Db,
  table: "usage_hour" | "usage_day",
  from: Date,
  to: Date,
): Promise<RollUpFault[]> {
  const [unit, column] =
    table === "usage_hour" ? ["hour", Prisma.sql`hour`] : ["day", Prisma.sql`day`];
  const stored = table === "usage_hour" ? Prisma.sql`usage_hour` : Prisma.sql`usage_day`;
  const rows = await db.$queryRaw<Omit<RollUpFault, "table">[]>`
    WITH counted AS (
      SELECT date_trunc(${unit}, started_at, 'UTC') AS at, coalesce(user_id, '') AS user_id,
        coalesce(key_id, '') AS key_id, coalesce(account_id, '') AS account_id, face, model, outcome,
        count(*) AS requests, count(*) FILTER (WHERE outcome IN ('refused', 'failed', 'cut')) AS errors,
        sum(input_tokens) AS input, sum(cache_read_tokens) AS cache_read,
        sum(cache_write_tokens) AS cache_write, sum(output_tokens) AS output,
        sum(cost_micro_usd) AS cost, sum(charge_micro_usd)::bigint AS charge,
        coalesce(sum(first_byte_ms), 0) AS first_byte, count(first_byte_ms) AS first_bytes,
        sum(duration_ms) AS duration
      FROM request WHERE started_at >= ${from} AND started_at < ${to} AND action = 'generate'
      GROUP BY 1, 2, 3, 4, 5, 6, 7
    ), kept AS (
      SELECT ${column} AS at, user_id, key_id, account_id, face, model, outcome, requests, errors,
        input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_micro_usd,
        charge_micro_usd, first_byte_ms_sum, first_byte_count, duration_ms_sum
      FROM ${stored} WHERE ${column} >= ${from} AND ${column} < ${to}
    )
    SELECT at, user_id, key_id, account_id, k.charge_micro_usd AS stored_charge, c.charge AS counted_charge
    FROM counted c FULL JOIN kept k USING (at, user_id, key_id, account_id, face, model, outcome)
    WHERE (c.requests, c.errors, c.input, c.cache_read, c.cache_write, c.output, c.cost, c.charge,
        c.first_byte, c.first_bytes, c.duration)
      IS DISTINCT FROM (k.requests, k.errors, k.input_tokens, k.cache_read_tokens,
        k.cache_write_tokens, k.output_tokens, k.cost_micro_usd, k.charge_micro_usd,
        k.first_byte_ms_sum, k.first_byte_count, k.duration_ms_sum)
    ORDER BY at LIMIT ${SHOWN}`;
  return rows.map((row) => ({ table, ...row }));
}

export interface LedgerFault {
  user_id: string;
  /** What the records of the time charge. */
  charged: bigint;
  /** What the ledger took for usage in the same time. */
  entered: bigint;
}

/** Users whose usage entries of [from, to) do not sum up to the charges of their records; up to 20. */
export async function findLedgerFaults(db: Db, from: Date, to: Date): Promise<LedgerFault[]> {
  return db.$queryRaw<LedgerFault[]>`
    SELECT coalesce(r.user_id, l.user_id) AS user_id, coalesce(r.charged, 0)::bigint AS charged,
      coalesce(l.entered, 0)::bigint AS entered
    FROM (
      SELECT coalesce(user_id, '') AS user_id, sum(charge_micro_usd) AS charged FROM request
      WHERE started_at >= ${from} AND started_at < ${to} GROUP BY 1
    ) r FULL JOIN (
      SELECT user_id, -sum(amount_micro_usd) AS entered FROM ledger_entry
      WHERE occurred_at >= ${from} AND occurred_at < ${to} AND kind = 'usage' GROUP BY 1
    ) l ON l.user_id = r.user_id
    WHERE coalesce(r.charged, 0) <> coalesce(l.entered, 0) LIMIT ${SHOWN}`;
}

export interface BalanceFault {
  user_id: string;
  balance: bigint;
  /** Sum of the entries that move it. */
  entered: bigint;
}

/** Users whose balance is not the sum of the entries that move it; up to 20. */
export async function findBalanceFaults(db: Db): Promise<BalanceFault[]> {
  return db.$queryRaw<BalanceFault[]>`
    SELECT u.id AS user_id, u.balance_micro_usd AS balance, coalesce(l.entered, 0)::bigint AS entered
    FROM "user" u LEFT JOIN (
      SELECT user_id, sum(amount_micro_usd) AS entered FROM ledger_entry
      WHERE moves_balance GROUP BY 1
    ) l ON l.user_id = u.id
    WHERE u.balance_micro_usd <> coalesce(l.entered, 0) LIMIT ${SHOWN}`;
}
