import type { Db } from "./client";

/** A recorded choice with what is known about its request. */
export interface DecisionRow {
  request_id: string;
  attempt: number;
  account_id: string;
  decision: unknown;
  model: string;
  key_id: string;
  user_id: string;
  session: string | null;
  started_at: Date;
  ended_at: Date;
  outcome: string;
}

/** The newest choices that can be made again, since a moment, newest first, at most `take`. */
export async function listDecisions(db: Db, since: Date, take: number): Promise<DecisionRow[]> {
  return db.$queryRaw<DecisionRow[]>`
    SELECT a.request_id, a.attempt, a.account_id, a.decision, r.model, coalesce(r.key_id, '') AS key_id,
      coalesce(r.user_id, '') AS user_id, r.session, a.started_at, r.ended_at, r.outcome
    FROM attempt a JOIN request r ON r.started_at = a.started_at AND r.request_id = a.request_id
    WHERE a.started_at >= ${since} AND a.decision ? 'facts'
    ORDER BY a.started_at DESC, a.request_id DESC, a.attempt DESC LIMIT ${take}`;
}
