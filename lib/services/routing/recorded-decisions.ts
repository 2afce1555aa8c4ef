import { z } from "zod";
import { type DecisionRow, listDecisions } from "../../db/decisions";
import { listPoolVersions } from "../../db/pool-versions";
import { RecordedFacts } from "../../relay/scheduling/recorded-facts";
import { RecordedAccount } from "../../relay/scheduling/recorded-pool";
import type { RecordedDecision } from "../../relay/scheduling/replay";
import type { Context } from "../context";

const Kept = z.object({ facts: RecordedFacts });
const Accounts = z.array(RecordedAccount);

/** The newest choices with their versions of the pool, oldest first, as a replay takes them. */
export async function recordedDecisions({ db }: Context, since: Date, take: number) {
  const rows = await listDecisions(db, since, take);
  const decisions = unrepeated(rows.reverse().flatMap(decisionOf));
  const ids = new Set(decisions.map(({ facts }) => facts.pool));
  const versions = await listPoolVersions(db, [...ids]);
  const pools = versions.flatMap(({ id, accounts }) => {
    const read = Accounts.safeParse(accounts);
    return read.success ? [[id, read.data] as const] : [];
  });
  return { decisions, pools: new Map(pools) };
}

function decisionOf(row: DecisionRow): RecordedDecision[] {
  // What an older or a newer version kept may not be understood: it is left out, not guessed.
  const kept = Kept.safeParse(row.decision);
  if (!kept.success) return [];
  return [
    {
      requestId: row.request_id,
      attempt: row.attempt,
      model: row.model,
      keyId: row.key_id,
      ownerId: row.user_id,
      session: row.session,
      endedAtMs: row.ended_at.getTime(),
      chosen: row.account_id,
      facts: kept.data.facts,
    },
  ];
}

/**
 * In the order in which they were made; an account that is asked again, with a new token or without what it
 * refused, was chosen only once.
 */
function unrepeated(decisions: readonly RecordedDecision[]): RecordedDecision[] {
  const known = new Set<string>();
  const once = decisions.filter(({ requestId, chosen, facts }) => {
    const name = `${requestId} ${chosen} ${facts.atMs}`;
    return !known.has(name) && known.add(name);
  });
  return once.sort((a, b) => a.facts.atMs - b.facts.atMs);
}
