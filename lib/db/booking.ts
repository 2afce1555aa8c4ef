import type { Db } from "./client";

/** A request that this call booked: what the ledger is written from. */
export interface FreshRequest {
  started_at: Date;
  request_id: string;
  user_id: string | null;
}

/**
 * Books requests with their attempts and both roll-ups in one statement. Rows that were booked before
 * change nothing anywhere. `requests` and `attempts` are JSON arrays of rows by column name; request
 * ids in it are unique. Answers the requests that are new. Roll-ups count generating calls only.
 */
export async function bookRequests(
  db: Db,
  requests: string,
  attempts: string,
): Promise<FreshRequest[]> {
  // Upserts go in key order: two collectors that lock rows crosswise would end in a deadlock.
  return db.$queryRaw<FreshRequest[]>`
    WITH fresh AS (
      INSERT INTO request SELECT r.* FROM jsonb_populate_recordset(NULL::request, ${requests}::jsonb) r
      ON CONFLICT DO NOTHING RETURNING *
    ), tries AS (
      INSERT INTO attempt SELECT a.* FROM jsonb_populate_recordset(NULL::attempt, ${attempts}::jsonb) a
      WHERE a.request_id IN (SELECT request_id FROM fresh)
      ON CONFLICT DO NOTHING
    ), sums AS (
      SELECT date_trunc('hour', started_at, 'UTC') AS hour,
        coalesce(user_id, '') AS user_id, coalesce(key_id, '') AS key_id,
        coalesce(account_id, '') AS account_id, face, model, outcome,
        count(*) AS requests, count(*) FILTER (WHERE outcome IN ('refused', 'failed', 'cut')) AS errors,
        sum(input_tokens)::bigint AS input_tokens, sum(cache_read_tokens)::bigint AS cache_read_tokens,
        sum(cache_write_tokens)::bigint AS cache_write_tokens, sum(output_tokens)::bigint AS output_tokens,
        sum(cost_micro_usd)::bigint AS cost, sum(charge_micro_usd)::bigint AS charge,
        coalesce(sum(first_byte_ms), 0)::bigint AS first_byte_ms, count(first_byte_ms) AS first_bytes,
        sum(duration_ms)::bigint AS duration_ms
      FROM fresh WHERE action = 'generate' GROUP BY 1, 2, 3, 4, 5, 6, 7
    ), hours AS (
      INSERT INTO usage_hour AS u SELECT * FROM sums ORDER BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT (hour, user_id, key_id, account_id, face, model, outcome) DO UPDATE SET
        requests = u.requests + excluded.requests, errors = u.errors + excluded.errors,
        input_tokens = u.input_tokens + excluded.input_tokens,
        cache_read_tokens = u.cache_read_tokens + excluded.cache_read_tokens,
        cache_write_tokens = u.cache_write_tokens + excluded.cache_write_tokens,
        output_tokens = u.output_tokens + excluded.output_tokens,
        cost_micro_usd = u.cost_micro_usd + excluded.cost_micro_usd,
        charge_micro_usd = u.charge_micro_usd + excluded.charge_micro_usd,
        first_byte_ms_sum = u.first_byte_ms_sum + excluded.first_byte_ms_sum,
        first_byte_count = u.first_byte_count + excluded.first_byte_count,
        duration_ms_sum = u.duration_ms_sum + excluded.duration_ms_sum
    ), days AS (
      INSERT INTO usage_day AS u
      SELECT date_trunc('day', hour, 'UTC'), user_id, key_id, account_id, face, model, outcome,
        sum(requests)::bigint, sum(errors)::bigint, sum(input_tokens)::bigint,
        sum(cache_read_tokens)::bigint, sum(cache_write_tokens)::bigint, sum(output_tokens)::bigint,
        sum(cost)::bigint, sum(charge)::bigint, sum(first_byte_ms)::bigint, sum(first_bytes)::bigint,
        sum(duration_ms)::bigint
      FROM sums GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT (day, user_id, key_id, account_id, face, model, outcome) DO UPDATE SET
        requests = u.requests + excluded.requests, errors = u.errors + excluded.errors,
        input_tokens = u.input_tokens + excluded.input_tokens,
        cache_read_tokens = u.cache_read_tokens + excluded.cache_read_tokens,
        cache_write_tokens = u.cache_write_tokens + excluded.cache_write_tokens,
        output_tokens = u.output_tokens + excluded.output_tokens,
        cost_micro_usd = u.cost_micro_usd + excluded.cost_micro_usd,
        charge_micro_usd = u.charge_micro_usd + excluded.charge_micro_usd,
        first_byte_ms_sum = u.first_byte_ms_sum + excluded.first_byte_ms_sum,
        first_byte_count = u.first_byte_count + excluded.first_byte_count,
        duration_ms_sum = u.duration_ms_sum + excluded.duration_ms_sum
    )
    SELECT started_at, request_id, user_id FROM fresh`;
}

export interface LastUse {
  id: string;
  at: string;
}

/** Notes when keys and accounts were last used; rows that were noted within 15 s stay as they are. */
export async function noteLastUse(
  db: Db,
  keys: readonly LastUse[],
  accounts: readonly LastUse[],
): Promise<void> {
  await db.$executeRaw`
    UPDATE api_key k SET last_used_at = greatest(k.last_used_at, n.at),
      first_used_at = least(k.first_used_at, n.at)
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS n(id text, at timestamptz)
    WHERE k.id = n.id AND (k.last_used_at IS NULL OR k.last_used_at < n.at - interval '15 seconds')`;
  await db.$executeRaw`
    UPDATE account a SET last_used_at = greatest(a.last_used_at, n.at)
    FROM jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) AS n(id text, at timestamptz)
    WHERE a.id = n.id AND (a.last_used_at IS NULL OR a.last_used_at < n.at - interval '15 seconds')`;
}

/** Adds to the accounts' histories; a `stopped` event also marks its account. JSON array of rows. */
export async function bookAccountEvents(db: Db, events: string): Promise<void> {
  await db.$executeRaw`
    WITH fresh AS (
      INSERT INTO account_event (id, account_id, at, kind, code, status, evidence, until_at)
      SELECT e.id, e.account_id, e.at, e.kind, e.code, e.status, e.evidence, e.until_at
      FROM jsonb_to_recordset(${events}::jsonb) AS e(id text, account_id text, at timestamptz, kind text,
        code text, status int, evidence text, until_at timestamptz, stopped text)
      JOIN account a ON a.id = e.account_id
      ON CONFLICT DO NOTHING RETURNING account_id, at, kind, code, status, evidence
    )
    UPDATE account a SET stopped_reason = f.code,
      stopped_evidence = jsonb_build_object('at', f.at, 'status', f.status, 'evidence', f.evidence)
    FROM fresh f WHERE f.kind = 'stopped' AND a.id = f.account_id`;
}
