import { z } from "zod";
import type { AttemptStory } from "../../contracts/requests";
import type { AttemptRecordRow } from "../../db/requests";
import type { Usage } from "../../relay/model";
import { providerOf } from "../../relay/providers/registry";
import { priceLines } from "./price-lines";

type Names = ReadonlyMap<string, { id: string; name: string }>;
type Trace = z.output<typeof TraceJson>;

const NO_TRACE = { strategy: "", binding: null, sticky: "none", excluded: [], candidates: [] };
const TraceJson = z
  .object({
    strategy: z.string(),
    binding: z.string().nullable(),
    sticky: z.string(),
    excluded: z.array(z.object({ accountId: z.string(), reason: z.string() })),
    candidates: z.array(z.object({ accountId: z.string(), score: z.array(z.number()) })),
  })
  .catch(NO_TRACE);

/**
 * One try as it is told. Members learn what happened and why, but not to which account: names, ids
 * and the upstream's own words are for admins.
 */
export function showAttempt(
  row: AttemptRecordRow,
  storedPrice: unknown,
  names: Names | null,
): AttemptStory {
  const usage = usageOf(row);
  return {
    attempt: row.attempt,
    provider: row.provider,
    providerLabel: providerOf(row.provider)?.label ?? row.provider,
    account: names && (names.get(row.accountId) ?? { id: row.accountId, name: row.accountId }),
    sentModel: row.sentModel,
    reportedModel: row.reportedModel,
    startedMs: row.startedMs,
    firstByteMs: row.firstByteMs,
    endedMs: row.endedMs,
    status: row.status,
    failure: row.failure,
    evidence: names ? row.evidence : null,
    usage,
    estimated: row.estimated,
    price: priceLines(row, usage, storedPrice),
    planRatePpm: row.planRatePpm.toString(),
    keyRatePpm: row.keyRatePpm.toString(),
    costMicroUsd: row.costMicroUsd.toString(),
    chargeMicroUsd: row.chargeMicroUsd.toString(),
    decision: showDecision(TraceJson.parse(row.decision), row.accountId, names),
  };
}

/** Accounts that an attempt's trace speaks of. */
export function accountsIn(row: AttemptRecordRow): string[] {
  const { excluded, candidates } = TraceJson.parse(row.decision);
  return [row.accountId, ...[...excluded, ...candidates].map(({ accountId }) => accountId)];
}

function showDecision(trace: Trace, chosen: string, names: Names | null) {
  const excluded: Record<string, number> = {};
  for (const { reason } of trace.excluded) excluded[reason] = (excluded[reason] ?? 0) + 1;
  return {
    strategy: trace.strategy,
    sticky: trace.sticky,
    bound: trace.binding !== null,
    candidates: trace.candidates.length,
    excluded,
    accounts: names ? accountLines(trace, chosen, names) : [],
  };
}

function accountLines(trace: Trace, chosen: string, names: Names) {
  const line = (id: string, reason: string | null, score: number[]) => ({
    id,
    name: names.get(id)?.name ?? id,
    reason,
    score,
    chosen: id === chosen,
  });
  return [
    ...trace.candidates.map(({ accountId, score }) => line(accountId, null, score)),
    ...trace.excluded.map(({ accountId, reason }) => line(accountId, reason, [])),
  ];
}

function usageOf(row: AttemptRecordRow): Usage {
  const count = (value: bigint | null) => (value === null ? null : Number(value));
  return {
    input: count(row.inputTokens),
    cacheRead: count(row.cacheReadTokens),
    cacheWrite5m: count(row.cacheWrite5mTokens),
    cacheWrite1h: count(row.cacheWrite1hTokens),
    output: count(row.outputTokens),
    reasoning: count(row.reasoningTokens),
    images: count(row.images),
    webSearches: count(row.webSearches),
  };
}
