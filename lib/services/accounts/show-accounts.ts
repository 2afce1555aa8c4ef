import { z } from "zod";
import { type Account, CoolDownOverrides } from "../../contracts/accounts";
import { ModelMapEntries } from "../../contracts/common";
import { type AccountQuota, listAccountQuotas } from "../../db/account-quotas";
import {
  type AccountRow,
  accountUses,
  findLastEvidence,
  listUsageWindowsOf,
} from "../../db/accounts";
import { readStoredSettings } from "../../db/settings";
import { findUserNames } from "../../db/users";
import { providerOf } from "../../relay/providers/registry";
import { heldUntil } from "../../relay/scheduling/used-up";
import type { Context } from "../context";
import { heldSettings } from "../settings/stored";
import { shownProxy } from "./account-proxy-form";
import { stateOf } from "./account-state";

const DAY_MS = 86_400_000;
const MapEntries = ModelMapEntries.catch([]);

/** Accounts as they are answered: with live state, its evidence, and the use of the last 24 hours. */
export async function showAccounts(ctx: Context, rows: readonly AccountRow[]): Promise<Account[]> {
  const nowMs = ctx.clock.nowMs();
  const ids = rows.map((row) => row.id);
  const timeZone = heldSettings(await readStoredSettings(ctx.db)).timeZone;
  const [live, evidence, use, windows, quotas, names] = await Promise.all([
    ctx.live.read(ids),
    findLastEvidence(ctx.db, ids),
    accountUses(ctx.db, ids, new Date(nowMs - DAY_MS)),
    listUsageWindowsOf(ctx.db, ids),
    listAccountQuotas(ctx.db, new Date(nowMs), timeZone, ids),
    findUserNames(
      ctx.db,
      rows.flatMap((row) => consentOf(row)?.userIds ?? []),
    ),
  ]);
  const quotaOf = new Map(quotas.map((quota) => [quota.id, quota]));
  return rows.map((row) => ({
    ...showSettings(ctx, row),
    state: stateOf(row, live.get(row.id)?.state ?? null, evidence.get(row.id) ?? null, {
      nowMs,
      quotaUntilMs: quotaUntil(row, windows, quotaOf.get(row.id), nowMs),
    }),
    consent: shownConsent(row, names),
    dailyQuota: shownQuota(quotaOf.get(row.id)),
    inFlight: live.get(row.id)?.inFlight ?? 0,
    today: showUse(use.get(row.id)),
  }));
}

type Windows = Awaited<ReturnType<typeof listUsageWindowsOf>>;

function quotaUntil(
  { id, pauseAtPercent }: AccountRow,
  stated: Windows,
  quota: AccountQuota | undefined,
  nowMs: number,
) {
  const own = stated.filter(({ accountId }) => accountId === id);
  const windows = own.map((one) => ({ ...one, resetsAtMs: one.resetsAt?.getTime() ?? null }));
  const spentUntilMs = quota && quota.spent >= quota.limit ? quota.resets_at.getTime() : null;
  return heldUntil({ pauseAtPercent, windows, spentUntilMs }, nowMs);
}

// A card that cannot be read lets nobody in.
const Consent = z.object({ userIds: z.array(z.string()) }).catch({ userIds: [] });

function consentOf({ consent }: AccountRow) {
  return consent === null ? null : Consent.parse(consent);
}

function shownConsent(row: AccountRow, names: ReadonlyMap<string, { name: string }>) {
  const card = consentOf(row);
  return card && { users: card.userIds.map((id) => ({ id, name: names.get(id)?.name ?? id })) };
}

function shownQuota(quota: AccountQuota | undefined): Account["dailyQuota"] {
  if (!quota) return null;
  return {
    limitMicroUsd: quota.limit.toString(),
    spentMicroUsd: quota.spent.toString(),
    resetsAt: quota.resets_at.toISOString(),
  };
}

/** One account as it is answered. */
export async function showOneAccount(ctx: Context, row: AccountRow): Promise<Account> {
  const [account] = await showAccounts(ctx, [row]);
  if (!account) throw new TypeError("One row makes one account.");
  return account;
}

function showSettings(ctx: Context, row: AccountRow) {
  const provider = providerOf(row.provider);
  return {
    id: row.id,
    provider: row.provider,
    providerLabel: provider?.label ?? row.provider,
    protocol: provider?.protocol ?? "",
    name: row.name,
    note: row.note,
    sharing: row.sharing,
    enabled: row.enabled,
    schedulable: row.schedulable,
    priority: row.priority,
    weight: row.weight,
    maxConcurrency: row.maxConcurrency,
    settings: { ...Object(row.settings) },
    secretHint: row.secretHint,
    modelMap: MapEntries.parse(row.modelMap),
    returnKey: row.returnKey && {
      id: row.returnKey.id,
      name: row.returnKey.name,
      start: row.returnKey.secrets[0]?.start ?? "",
      owner: row.returnKey.owner.name,
    },
    planExpiresAt: row.planExpiresAt?.toISOString() ?? null,
    proxy: shownProxy(ctx, row),
    pauseAtPercent: row.pauseAtPercent,
    quotaResetHour: row.quotaResetHour,
    coolDownOverrides: CoolDownOverrides.nullable().catch(null).parse(row.coolDownOverrides),
    probeCron: row.probeCron,
    nextProbeAt: row.nextProbeAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

type Use = Awaited<ReturnType<typeof accountUses>> extends Map<string, infer U> ? U : never;

function showUse(use: Use | undefined): Account["today"] {
  if (!use) return { requests: 0, errors: 0, costMicroUsd: "0", averageFirstByteMs: null };
  const count = Number(use.firstByteCount);
  return {
    requests: Number(use.requests),
    errors: Number(use.errors),
    costMicroUsd: use.costMicroUsd.toString(),
    averageFirstByteMs: count === 0 ? null : Math.round(Number(use.firstByteMsSum) / count),
  };
}
