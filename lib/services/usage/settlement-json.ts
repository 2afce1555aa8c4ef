import type { Usage } from "../../relay/model";
import type { AttemptRecord, DecisionTrace, Settlement } from "../../relay/ports";
import { jsonText } from "../../shared/json-text";

/**
 * JSON text of a settlement's message (`SettlementMessage`). Written out by hand: every request passes
 * here, and `JSON.stringify` of the same takes several times as long. Only what others wrote can need an
 * escape (models, sessions, clients, upstreams' words); ids, names of kinds and numbers never do.
 */
export function settlementJson(settlement: Settlement): string {
  const { key, stream, failure, passThroughOf, accountLeaseIds } = settlement;
  const leases = accountLeaseIds.length === 0 ? "" : `"${accountLeaseIds.join('","')}"`;
  // Of the key only what is booked: a whole record may have been given.
  return `{"settlement":{"requestId":"${settlement.requestId}","startedAtMs":${settlement.startedAtMs},"endedAtMs":${settlement.endedAtMs},"durationMs":${settlement.durationMs},"key":{"id":"${key.id}","ownerId":"${key.ownerId}","payerTag":"${key.payerTag}"},"face":"${settlement.face}","action":"${settlement.action}","requestedModel":${jsonText(settlement.requestedModel)},"stream":${word(stream)},"session":${jsonText(settlement.session)},"client":${jsonText(settlement.client)},"status":${settlement.status},"outcome":"${settlement.outcome}","failure":${word(failure)},"failureMessage":${jsonText(settlement.failureMessage)},"firstByteMs":${settlement.firstByteMs},"passThroughOf":${word(passThroughOf)},"planRatePpm":"${settlement.planRatePpm}","keyRatePpm":"${settlement.keyRatePpm}","accountLeaseIds":[${leases}],"attempts":${attemptsJson(settlement.attempts)}},"swept":false,"accountId":null}`;
}

/** JSON text of attempts, in a settlement and in a check-point. */
export function attemptsJson(attempts: readonly AttemptRecord[]): string {
  const [first] = attempts;
  if (first && attempts.length === 1) return `[${attemptJson(first)}]`;
  return `[${attempts.map(attemptJson).join(",")}]`;
}

function attemptJson(attempt: AttemptRecord): string {
  const { usage, failure, priceBookId } = attempt;
  return `{"attempt":${attempt.attempt},"accountId":"${attempt.accountId}","provider":"${attempt.provider}","sentModel":${jsonText(attempt.sentModel)},"reportedModel":${jsonText(attempt.reportedModel)},"startedMs":${attempt.startedMs},"firstByteMs":${attempt.firstByteMs},"endedMs":${attempt.endedMs},"status":${attempt.status},"failure":${word(failure)},"evidence":${jsonText(attempt.evidence)},"usage":${usage === null ? "null" : usageJson(usage)},"estimated":${attempt.estimated},"priceBookId":${word(priceBookId)},"priceName":${jsonText(attempt.priceName)},"costMicroUsd":"${attempt.costMicroUsd}","chargeMicroUsd":"${attempt.chargeMicroUsd}","decision":${decisionJson(attempt.decision)}}`;
}

function usageJson(usage: Usage): string {
  return `{"input":${usage.input},"cacheRead":${usage.cacheRead},"cacheWrite5m":${usage.cacheWrite5m},"cacheWrite1h":${usage.cacheWrite1h},"output":${usage.output},"reasoning":${usage.reasoning},"images":${usage.images},"webSearches":${usage.webSearches}}`;
}

function decisionJson(trace: DecisionTrace): string {
  const { strategy, binding, sticky } = trace;
  let excluded = "";
  for (const { accountId, reason } of trace.excluded) {
    excluded += `${excluded && ","}{"accountId":"${accountId}","reason":"${reason}"}`;
  }
  let candidates = "";
  for (const { accountId, score } of trace.candidates) {
    candidates += `${candidates && ","}{"accountId":"${accountId}","score":[${score.join(",")}]}`;
  }
  const facts = trace.facts === undefined ? "" : `,"facts":${JSON.stringify(trace.facts)}`;
  return `{"strategy":"${strategy}","binding":${word(binding)},"sticky":"${sticky}","excluded":[${excluded}],"candidates":[${candidates}],"chosen":${word(trace.chosen)}${facts}}`;
}

/** A name of the portal's own, or null. */
function word(value: string | null): string {
  return value === null ? "null" : `"${value}"`;
}
