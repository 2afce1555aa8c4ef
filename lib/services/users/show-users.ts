import type { User } from "../../contracts/users";
import { spendOfUsers } from "../../db/spend";
import type { UserRow } from "../../db/users";
import type { Context } from "../context";

const MONTH_MS = 30 * 86_400_000;

/** Users as they are answered, with what the last 30 days were charged. */
export async function showUsers(ctx: Context, rows: readonly UserRow[]): Promise<User[]> {
  if (rows.length === 0) return [];
  const since = new Date(ctx.clock.nowMs() - MONTH_MS);
  const ids = rows.map((row) => row.id);
  const spend = await spendOfUsers(ctx.db, ids, { day: since, week: since, month: since });
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    keys: row._count.keys,
    monthChargeMicroUsd: (spend.get(row.id)?.month ?? 0n).toString(),
    dailyLimitMicroUsd: row.dailyLimitMicroUsd?.toString() ?? null,
    weeklyLimitMicroUsd: row.weeklyLimitMicroUsd?.toString() ?? null,
    monthlyLimitMicroUsd: row.monthlyLimitMicroUsd?.toString() ?? null,
    totalLimitMicroUsd: row.totalLimitMicroUsd?.toString() ?? null,
    concurrencyLimit: row.concurrencyLimit,
  }));
}
