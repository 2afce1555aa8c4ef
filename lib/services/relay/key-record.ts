import { z } from "zod";
import type { KeySnapshotRow } from "../../db/snapshots";
import { payerTag } from "../../redis/key-names";
import type { ConcurrencyLimit, KeyRecord, RateLimit, SpendLimit } from "../../relay/model";
import { isFace } from "../../shared/faces";
import { divideRounded, RATE_ONE_PPM } from "../../shared/money";

const MODEL_RULE = z.object({ mode: z.enum(["allow", "deny"]), patterns: z.array(z.string()) });
const MODEL_MAP = z.array(z.object({ from: z.string(), to: z.string() }));
const BINDING = z.object({
  kind: z.enum(["account", "group"]),
  id: z.string(),
  fallback: z.boolean().default(false),
});
/** A rule that cannot be read must not open what it was to close. */
const NOTHING_ALLOWED: z.output<typeof MODEL_RULE> = { mode: "allow", patterns: [] };
const NOWHERE: z.output<typeof BINDING> = { kind: "account", id: "", fallback: false };

/** A stored key as the hot path sees it, with its owner's and team's limits. */
export function keyRecordOf(row: KeySnapshotRow): KeyRecord {
  const spendLimits = spendLimitsOf(row);
  return {
    id: row.id,
    name: row.name,
    ownerId: row.owner_id,
    payerTag: payerTag(row.team_id ?? row.owner_id),
    refusal: refusalOf(row),
    expiresAtMs: expiryOf(row),
    // A face that this version does not know opens nothing; the others of the list stay open.
    faces: row.faces.length > 0 ? row.faces.filter(isFace) : null,
    models:
      row.model_rule === null ? null : MODEL_RULE.catch(NOTHING_ALLOWED).parse(row.model_rule),
    modelMap: modelMapOf(row.model_map),
    ipAllow: row.ip_allow.length > 0 ? row.ip_allow : null,
    clients: row.allowed_clients.length > 0 ? row.allowed_clients : null,
    binding: row.binding === null ? null : BINDING.catch(NOWHERE).parse(row.binding),
    spendLimits,
    rateLimits: rateLimitsOf(row),
    concurrency: concurrencyOf(row),
    planRatePpm: divideRounded(row.user_rate * (row.plan_rate ?? RATE_ONE_PPM), RATE_ONE_PPM),
    keyRatePpm: row.key_rate,
    returnKeyOf: row.return_key_of,
    refuseUnrated: spendLimits.length > 0,
  };
}

/** A stored model mapping; entries that cannot be read map nothing. */
export function modelMapOf(stored: unknown): KeyRecord["modelMap"] {
  return { entries: MODEL_MAP.catch([]).parse(stored) };
}

function refusalOf(row: KeySnapshotRow): KeyRecord["refusal"] {
  if (row.revoked_at) return "revoked";
  if (row.paused_at) return "paused";
  return row.owner_status === "active" ? null : "owner-disabled";
}

/** The fixed end, or the end of a life that began at the first use; the earlier of the two. */
function expiryOf(row: KeySnapshotRow): number | null {
  const ends: number[] = [];
  if (row.expires_at) ends.push(row.expires_at.getTime());
  if (row.first_used_at && row.lifetime_seconds !== null) {
    ends.push(row.first_used_at.getTime() + row.lifetime_seconds * 1000);
  }
  return ends.length > 0 ? Math.min(...ends) : null;
}

function spendLimitsOf(row: KeySnapshotRow): SpendLimit[] {
  const key = `key:${row.id}`;
  const user = `user:${row.owner_id}`;
  const team = `team:${row.team_id ?? ""}`;
  const limits: [string, SpendLimit["period"], bigint | null, string][] = [
    [key, "day", row.key_day, "Daily limit of this key"],
    [key, "week", row.key_week, "Weekly limit of this key"],
    [key, "month", row.key_month, "Monthly limit of this key"],
    [key, "total", row.key_total, "Total limit of this key"],
    [user, "day", row.user_day, "Daily limit of this user"],
    [user, "week", row.user_week, "Weekly limit of this user"],
    [user, "month", row.user_month, "Monthly limit of this user"],
    [user, "total", row.user_total, "Total limit of this user"],
    [team, "day", row.team_day, "Daily limit of the team"],
    [team, "month", row.team_month, "Monthly limit of the team"],
    // The balance counts downwards: "spent" is the negative balance, so the limit is the credit.
    [`balance:${row.owner_id}`, "total", creditOf(row), "Balance"],
  ];
  return limits.flatMap(([scope, period, limitMicroUsd, name]) =>
    limitMicroUsd === null ? [] : [{ scope, period, limitMicroUsd, name }],
  );
}

function creditOf(row: KeySnapshotRow): bigint | null {
  if (row.billing_mode === "unmetered") return null;
  return row.billing_mode === "prepaid" ? 0n : row.credit_limit;
}

function rateLimitsOf(row: KeySnapshotRow): RateLimit[] {
  if (row.rate_seconds === null || row.rate_requests === null) return [];
  const scope = `key:${row.id}`;
  const { rate_seconds: windowSeconds, rate_requests: requests } = row;
  return [{ scope, windowSeconds, requests, name: "Request limit of this key" }];
}

function concurrencyOf(row: KeySnapshotRow): ConcurrencyLimit[] {
  const limits: [string, number | null, string][] = [
    [`key:${row.id}`, row.concurrency, "Concurrency limit of this key"],
    [`user:${row.owner_id}`, row.user_concurrency, "Concurrency limit of this user"],
    [`team:${row.team_id ?? ""}`, row.team_concurrency, "Concurrency limit of the team"],
  ];
  return limits.flatMap(([scope, limit, name]) => (limit === null ? [] : [{ scope, limit, name }]));
}
