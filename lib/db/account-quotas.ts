import type { Db } from "./client";

export interface AccountQuota {
  id: string;
  limit: bigint;
  spent: bigint;
  resets_at: Date;
}

/**
 * Accounts with a daily quota, with what they have cost since the quota's hour in the portal's time zone was
 * struck last, and when it is struck again. All of them when no ids are given.
 */
export async function listAccountQuotas(
  db: Db,
  now: Date,
  timeZone: string,
  ids: readonly string[] | null = null,
): Promise<AccountQuota[]> {
  return db.$queryRaw<AccountQuota[]>`
    SELECT a.id, a.daily_quota_micro_usd AS limit, coalesce(sum(u.cost_micro_usd), 0)::bigint AS spent,
      (day.began + interval '1 day') AT TIME ZONE ${timeZone} AS resets_at
    FROM account a
    CROSS JOIN LATERAL (SELECT make_interval(hours => a.quota_reset_hour) AS late) AS hour
    CROSS JOIN LATERAL (
      SELECT date_trunc('day', (${now}::timestamptz AT TIME ZONE ${timeZone}) - hour.late) + hour.late AS began
    ) AS day
    LEFT JOIN usage_hour u ON u.account_id = a.id AND u.hour >= (day.began AT TIME ZONE ${timeZone})
    WHERE a.daily_quota_micro_usd IS NOT NULL AND a.deleted_at IS NULL
      AND (${ids}::text[] IS NULL OR a.id = ANY(${ids}::text[]))
    GROUP BY a.id, day.began`;
}
