import { newId } from "../shared/ids";
import type { Db } from "./client";
import { json, jsonOrNull } from "./json";

const WITH_RETURN_KEY = {
  returnKey: {
    select: {
      id: true,
      name: true,
      owner: { select: { name: true } },
      secrets: { orderBy: { createdAt: "desc" }, take: 1, select: { start: true } },
    },
  },
} as const;

/** Fields of an account that admins set. JSON columns are given as plain values. */
export interface AccountFields {
  name?: string | undefined;
  note?: string | undefined;
  sharing?: "shared" | "dedicated" | "group" | undefined;
  enabled?: boolean | undefined;
  schedulable?: boolean | undefined;
  drainingSince?: Date | null | undefined;
  priority?: number | undefined;
  weight?: number | undefined;
  maxConcurrency?: number | null | undefined;
  settings?: unknown;
  sealedSecret?: string | undefined;
  secretHint?: string | undefined;
  sealedProxy?: string | null | undefined;
  modelMap?: unknown;
  returnKeyId?: string | null | undefined;
  pauseAtPercent?: number | null | undefined;
  dailyQuotaMicroUsd?: bigint | null | undefined;
  quotaResetHour?: number | undefined;
  probeCron?: string | null | undefined;
  coolDownOverrides?: unknown;
  consent?: unknown;
  nextProbeAt?: Date | null | undefined;
  planExpiresAt?: Date | null | undefined;
  tokenExpiresAt?: Date | null | undefined;
  deletedAt?: Date | undefined;
}

export async function insertAccount(
  db: Db,
  id: string,
  provider: string,
  fields: AccountFields & { name: string; sealedSecret: string },
): Promise<void> {
  const { name, sealedSecret } = fields;
  await db.account.create({ data: { ...columns(fields), id, provider, name, sealedSecret } });
}

/** Changes an account; a new secret counts its version up. */
export async function updateAccountRow(db: Db, id: string, fields: AccountFields): Promise<void> {
  const newSecret = fields.sealedSecret !== undefined;
  await db.account.update({
    where: { id },
    data: { ...columns(fields), ...(newSecret && { secretVersion: { increment: 1 } }) },
  });
}

export async function findAccountRow(db: Db, id: string) {
  return db.account.findFirst({ where: { id, deletedAt: null }, include: WITH_RETURN_KEY });
}

export type AccountRow = NonNullable<Awaited<ReturnType<typeof findAccountRow>>>;

/** All accounts, newest first; a pool of a thousand is far beyond any that was seen. */
export async function listAccountRows(db: Db): Promise<AccountRow[]> {
  return db.account.findMany({
    where: { deletedAt: null },
    include: WITH_RETURN_KEY,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 1_000,
  });
}

/** Names of accounts, deleted ones included: the request log outlives them. */
export async function findAccountNames(db: Db, ids: readonly string[]) {
  const accounts = await db.account.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(accounts.map((account) => [account.id, account]));
}

/** Accounts by exact name or id, as people name them on the command line. */
export async function findAccountsByName(db: Db, text: string) {
  return db.account.findMany({
    where: { deletedAt: null, OR: [{ id: text }, { name: text }] },
    select: { id: true },
    take: 2,
  });
}

/** What renewing an account's token begins with; null when the account is gone. */
export async function findAccountGrant(db: Db, id: string) {
  return db.account.findFirst({
    where: { id, deletedAt: null },
    select: {
      id: true,
      name: true,
      provider: true,
      enabled: true,
      settings: true,
      sealedSecret: true,
      sealedProxy: true,
      secretVersion: true,
      tokenExpiresAt: true,
      stoppedReason: true,
    },
  });
}

export type AccountGrantRow = NonNullable<Awaited<ReturnType<typeof findAccountGrant>>>;

/** Stores a renewed secret over the version that it was renewed from; false when that is no longer there. */
export async function storeRenewedSecret(
  db: Db,
  id: string,
  version: number,
  { sealedSecret, tokenExpiresAt }: { sealedSecret: string; tokenExpiresAt: Date | null },
): Promise<boolean> {
  const { count } = await db.account.updateMany({
    where: { id, secretVersion: version },
    data: { sealedSecret, tokenExpiresAt, secretVersion: { increment: 1 } },
  });
  return count === 1;
}

/** Accounts in service whose token runs out before a moment, the first to run out first. */
export async function listExpiringAccounts(db: Db, before: Date, take: number) {
  return db.account.findMany({
    where: {
      deletedAt: null,
      enabled: true,
      stoppedReason: null,
      tokenExpiresAt: { lt: before },
    },
    select: { id: true, secretVersion: true, tokenExpiresAt: true },
    orderBy: { tokenExpiresAt: "asc" },
    take,
  });
}

interface NewAccountEvent {
  accountId: string;
  kind: string;
  code?: string;
  evidence?: string;
}

export async function insertAccountEvent(db: Db, event: NewAccountEvent): Promise<void> {
  await db.accountEvent.create({ data: { id: newId("audit"), ...event } });
}

export async function listAccountEvents(db: Db, accountId: string) {
  return db.accountEvent.findMany({ where: { accountId }, orderBy: { at: "desc" }, take: 50 });
}

/** The newest failure of each account that left evidence. */
export async function findLastEvidence(db: Db, accountIds: readonly string[]) {
  const events = await db.accountEvent.findMany({
    where: { accountId: { in: [...accountIds] }, kind: { in: ["cooling", "limited", "stopped"] } },
    orderBy: [{ accountId: "asc" }, { at: "desc" }],
    distinct: ["accountId"],
    select: { accountId: true, at: true, status: true, evidence: true, code: true },
  });
  return new Map(events.map((event) => [event.accountId, event]));
}

export async function listUsageWindows(db: Db, accountId: string) {
  return db.usageWindow.findMany({ where: { accountId }, orderBy: { name: "asc" } });
}

/** Quota windows of some accounts. */
export async function listUsageWindowsOf(db: Db, accountIds: readonly string[]) {
  return db.usageWindow.findMany({ where: { accountId: { in: [...accountIds] } } });
}

/** Quota windows of all accounts that are not deleted. */
export async function listAllUsageWindows(db: Db) {
  return db.usageWindow.findMany({ where: { account: { deletedAt: null } } });
}

/** Keeps a quota window as it was stated last. */
export async function upsertUsageWindow(
  db: Db,
  accountId: string,
  window: { name: string; usedPercent: number; status: string; resetsAtMs: number | null },
  seenAt: Date,
): Promise<void> {
  const { name, usedPercent, status, resetsAtMs } = window;
  const resetsAt = resetsAtMs === null ? null : new Date(resetsAtMs);
  const stated = { usedPercent, status, resetsAt, seenAt };
  await db.usageWindow.upsert({
    where: { accountId_name: { accountId, name } },
    create: { accountId, name, ...stated },
    update: stated,
  });
}

interface NewProbe {
  accountId: string;
  ok: boolean;
  status: number | null;
  latencyMs: number | null;
  detail: string;
}

export async function insertProbe(db: Db, probe: NewProbe): Promise<void> {
  await db.accountProbe.create({ data: { id: newId("audit"), ...probe } });
}

export async function listProbes(db: Db, accountId: string) {
  return db.accountProbe.findMany({ where: { accountId }, orderBy: { at: "desc" }, take: 20 });
}

interface AccountUse {
  requests: bigint;
  errors: bigint;
  costMicroUsd: bigint;
  firstByteMsSum: bigint;
  firstByteCount: bigint;
}

/** Sums of each account since a moment; an unused one is absent. */
export async function accountUses(
  db: Db,
  accountIds: readonly string[],
  since: Date,
): Promise<Map<string, AccountUse>> {
  const rows = await db.usageHour.groupBy({
    by: ["accountId"],
    where: { accountId: { in: [...accountIds] }, hour: { gte: since } },
    _sum: {
      requests: true,
      errors: true,
      costMicroUsd: true,
      firstByteMsSum: true,
      firstByteCount: true,
    },
  });
  return new Map(
    rows.map(({ accountId, _sum }) => [
      accountId,
      {
        requests: _sum.requests ?? 0n,
        errors: _sum.errors ?? 0n,
        costMicroUsd: _sum.costMicroUsd ?? 0n,
        firstByteMsSum: _sum.firstByteMsSum ?? 0n,
        firstByteCount: _sum.firstByteCount ?? 0n,
      },
    ]),
  );
}

interface AskedModel {
  face: string;
  model: string;
  requests: bigint;
  lastAt: Date;
}

/**
 * Models asked for since a moment at one face, and those asked for at any other that no account took;
 * most asked first, at most 200.
 */
export async function listAskedModels(db: Db, face: string, since: Date): Promise<AskedModel[]> {
  return db.$queryRaw<AskedModel[]>`
    SELECT face, model, sum(requests)::bigint AS requests, max(hour) AS "lastAt"
    FROM usage_hour
    WHERE hour >= ${since} AND model <> '' AND (face = ${face} OR account_id = '')
    GROUP BY face, model ORDER BY 3 DESC, 2, 1 LIMIT 200`;
}

function columns({ settings, modelMap, coolDownOverrides, consent, ...plain }: AccountFields) {
  return {
    ...plain,
    ...(settings !== undefined && { settings: json(settings) }),
    ...(modelMap !== undefined && { modelMap: json(modelMap) }),
    ...(consent !== undefined && { consent: jsonOrNull(consent) }),
    ...(coolDownOverrides !== undefined && { coolDownOverrides: jsonOrNull(coolDownOverrides) }),
  };
}
