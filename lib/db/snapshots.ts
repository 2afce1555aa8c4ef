import { Prisma } from "../generated/prisma/client";
import type { Db } from "./client";

/** A secret of a key with everything that the relay's record of the key is made of. */
export interface KeySnapshotRow {
  hash: string;
  valid_until: Date | null;
  id: string;
  name: string;
  owner_id: string;
  team_id: string | null;
  owner_status: string;
  billing_mode: string;
  credit_limit: bigint;
  paused_at: Date | null;
  revoked_at: Date | null;
  expires_at: Date | null;
  lifetime_seconds: number | null;
  first_used_at: Date | null;
  faces: string[];
  model_rule: unknown;
  model_map: unknown;
  allowed_clients: string[];
  ip_allow: string[];
  binding: unknown;
  concurrency: number | null;
  rate_seconds: number | null;
  rate_requests: number | null;
  key_day: bigint | null;
  key_week: bigint | null;
  key_month: bigint | null;
  key_total: bigint | null;
  user_concurrency: number | null;
  user_day: bigint | null;
  user_week: bigint | null;
  user_month: bigint | null;
  user_total: bigint | null;
  team_concurrency: number | null;
  team_day: bigint | null;
  team_month: bigint | null;
  key_rate: bigint;
  user_rate: bigint;
  plan_rate: bigint | null;
  return_key_of: string[];
}

const COLUMNS = Prisma.sql`
  s.hash, s.valid_until, k.id, k.name, k.owner_id, u.team_id, u.status::text AS owner_status,
  u.billing_mode::text, u.credit_limit_micro_usd AS credit_limit, k.paused_at, k.revoked_at,
  k.expires_at, k.lifetime_seconds, k.first_used_at, k.faces, k.model_rule, k.model_map,
  k.allowed_clients, k.ip_allow, k.binding, k.concurrency_limit AS concurrency,
  k.rate_window_seconds AS rate_seconds, k.rate_window_requests AS rate_requests,
  k.daily_limit_micro_usd AS key_day, k.weekly_limit_micro_usd AS key_week,
  k.monthly_limit_micro_usd AS key_month, k.total_limit_micro_usd AS key_total,
  u.concurrency_limit AS user_concurrency, u.daily_limit_micro_usd AS user_day,
  u.weekly_limit_micro_usd AS user_week, u.monthly_limit_micro_usd AS user_month,
  u.total_limit_micro_usd AS user_total, t.concurrency_limit AS team_concurrency,
  t.daily_limit_micro_usd AS team_day, t.monthly_limit_micro_usd AS team_month,
  k.rate_ppm AS key_rate, u.rate_ppm AS user_rate, p.rate_ppm AS plan_rate,
  ARRAY(SELECT a.id FROM account a WHERE a.return_key_id = k.id AND a.deleted_at IS NULL) AS return_key_of`;

const SOURCES = Prisma.sql`
  FROM api_key_secret s JOIN api_key k ON k.id = s.key_id JOIN "user" u ON u.id = k.owner_id
  LEFT JOIN team t ON t.id = u.team_id LEFT JOIN plan p ON p.id = u.plan_id`;

/** Secrets of keys that are not revoked, by hash, `take` after `afterHash` ("" = from the first). */
export async function listKeySnapshots(
  db: Db,
  afterHash: string,
  take: number,
): Promise<KeySnapshotRow[]> {
  return db.$queryRaw<KeySnapshotRow[]>`
    SELECT ${COLUMNS} ${SOURCES}
    WHERE s.hash > ${afterHash} AND k.revoked_at IS NULL
      AND (s.valid_until IS NULL OR s.valid_until > now())
    ORDER BY s.hash LIMIT ${take}`;
}

/** One secret, revoked or not; null when it is unknown. */
export async function findKeySnapshot(db: Db, hash: string): Promise<KeySnapshotRow | null> {
  const rows = await db.$queryRaw<KeySnapshotRow[]>`
    SELECT ${COLUMNS} ${SOURCES} WHERE s.hash = ${hash}`;
  return rows[0] ?? null;
}

/** All secrets of a key, or of all keys of a user. */
export async function findKeySnapshotsOf(db: Db, id: string): Promise<KeySnapshotRow[]> {
  return db.$queryRaw<KeySnapshotRow[]>`
    SELECT ${COLUMNS} ${SOURCES} WHERE k.id = ${id} OR k.owner_id = ${id}`;
}

/** Every account that is not deleted, with its groups and the payer of its return key. */
export async function listAccountSnapshots(db: Db) {
  return db.account.findMany({
    where: { deletedAt: null },
    include: {
      groups: { select: { groupId: true, weight: true } },
      returnKey: { select: { ownerId: true, owner: { select: { teamId: true } } } },
    },
  });
}

export type AccountSnapshotRow = Awaited<ReturnType<typeof listAccountSnapshots>>[number];

/** The `host:port` pairs in private networks that outbound calls may reach. */
export async function listAllowedHostPorts(db: Db): Promise<string[]> {
  const rows = await db.allowedHost.findMany({ select: { hostPort: true } });
  return rows.map((row) => row.hostPort);
}

/** Takes back what was noted about a stopped account. */
export async function clearAccountStop(db: Db, accountId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE account SET stopped_reason = NULL, stopped_evidence = NULL WHERE id = ${accountId}`;
}
