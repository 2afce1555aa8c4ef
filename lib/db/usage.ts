import { Prisma } from "../generated/prisma/client";
import type { Db } from "./client";

const HOUR_MS = 3_600_000;

/** What a spend scope has spent, and by which field and values its messages are recognised. */
export interface SpentTruth {
  spent: bigint;
  field: "k" | "u";
  values: string[];
}

/**
 * Charges (micro-USD) booked for a scope in [fromMs, toMs); toMs 0 = open end. Scopes: `key:<id>`,
 * `user:<id>`, `team:<id>` (its present members) and `balance:<user id>`, whose "spent" is the negative
 * balance, so that a limit of 0 (or the credit) holds.
 */
export async function spentInPeriod(
  db: Db,
  scope: string,
  fromMs: number,
  toMs: number,
): Promise<SpentTruth> {
  const colon = scope.indexOf(":");
  const [kind, id] = [scope.slice(0, colon), scope.slice(colon + 1)];
  if (kind === "balance") {
    const user = await db.user.findUnique({ where: { id }, select: { balanceMicroUsd: true } });
    return { spent: -(user?.balanceMicroUsd ?? 0n), field: "u", values: [id] };
  }
  if (kind === "key") {
    const spent = await sumCharges(db, Prisma.sql`key_id = ${id}`, fromMs, toMs);
    return { spent, field: "k", values: [id] };
  }
  const values = kind === "team" ? await memberIds(db, id) : [id];
  const spent = await sumCharges(db, Prisma.sql`user_id = ANY(${values})`, fromMs, toMs);
  return { spent, field: "u", values };
}

/** Which of these requests have been booked. */
export async function bookedAmong(
  db: Db,
  requests: readonly { requestId: string; startedAtMs: number }[],
): Promise<Set<string>> {
  if (requests.length === 0) return new Set();
  const rows = await db.$queryRaw<{ request_id: string }[]>`
    SELECT r.request_id FROM request r
    JOIN unnest(${requests.map((r) => new Date(r.startedAtMs).toISOString())}::timestamptz[],
                ${requests.map((r) => r.requestId)}::text[]) AS asked(started_at, request_id)
      ON r.started_at = asked.started_at AND r.request_id = asked.request_id`;
  return new Set(rows.map((row) => row.request_id));
}

async function memberIds(db: Db, teamId: string): Promise<string[]> {
  const members = await db.user.findMany({ where: { teamId }, select: { id: true } });
  return members.map((member) => member.id);
}

/** Sums hours where the period's ends allow it; they are kept in the transaction of the records. */
async function sumCharges(
  db: Db,
  whose: Prisma.Sql,
  fromMs: number,
  toMs: number,
): Promise<bigint> {
  if (toMs === 0) {
    return sum(db, Prisma.sql`SELECT sum(charge_micro_usd) AS total FROM usage_day WHERE ${whose}`);
  }
  const [from, to] = [new Date(fromMs), new Date(toMs)];
  if (fromMs % HOUR_MS === 0 && toMs % HOUR_MS === 0) {
    return sum(
      db,
      Prisma.sql`SELECT sum(charge_micro_usd) AS total FROM usage_hour
        WHERE ${whose} AND hour >= ${from} AND hour < ${to}`,
    );
  }
  return sum(
    db,
    Prisma.sql`SELECT sum(charge_micro_usd) AS total FROM request
      WHERE ${whose} AND started_at >= ${from} AND started_at < ${to}`,
  );
}

async function sum(db: Db, query: Prisma.Sql): Promise<bigint> {
  const [row] = await db.$queryRaw<{ total: { toString(): string } | null }[]>(query);
  return BigInt(row?.total?.toString() ?? "0");
}
