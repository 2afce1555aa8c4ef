import type { Db } from "./client";

export interface MeteredUser {
  id: string;
  prepaid: boolean;
  balanceMicroUsd: bigint;
}

/** Those of these users whose balance moves, locked in the order of their ids until the commit. */
export async function lockMeteredUsers(db: Db, ids: readonly string[]): Promise<MeteredUser[]> {
  const rows = await db.$queryRaw<
    { id: string; billing_mode: string; balance_micro_usd: bigint }[]
  >`
    SELECT id, billing_mode::text, balance_micro_usd FROM "user"
    WHERE id = ANY(${[...ids]}) AND billing_mode <> 'unmetered' ORDER BY id FOR UPDATE`;
  return rows.map((row) => ({
    id: row.id,
    prepaid: row.billing_mode === "prepaid",
    balanceMicroUsd: row.balance_micro_usd,
  }));
}

/** A ledger entry for usage. Amounts are negative micro-USD. */
export interface UsageEntry {
  occurredAt: string;
  id: string;
  userId: string;
  amountMicroUsd: bigint;
  movesBalance: boolean;
  requestId: string;
  attempt: number;
  note: string;
}

/** Writes usage entries; ids that exist are left alone. */
export async function insertUsageEntries(db: Db, entries: readonly UsageEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    ...entry,
    amountMicroUsd: entry.amountMicroUsd.toString(),
  }));
  await db.$executeRaw`
    INSERT INTO ledger_entry (occurred_at, id, user_id, kind, amount_micro_usd, moves_balance,
      request_id, attempt, note)
    SELECT e."occurredAt", e.id, e."userId", 'usage', e."amountMicroUsd", e."movesBalance",
      e."requestId", e.attempt, e.note
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e("occurredAt" timestamptz, id text,
      "userId" text, "amountMicroUsd" bigint, "movesBalance" boolean, "requestId" text,
      attempt int, note text)
    ON CONFLICT DO NOTHING`;
}

/** Moves balances by the given amounts (micro-USD, negative takes). The guard of the table holds. */
export async function moveBalances(db: Db, amounts: ReadonlyMap<string, bigint>): Promise<void> {
  for (const [userId, amount] of amounts) {
    if (amount === 0n) continue;
    await db.$executeRaw`
      UPDATE "user" SET balance_micro_usd = balance_micro_usd + ${amount} WHERE id = ${userId}`;
  }
}
