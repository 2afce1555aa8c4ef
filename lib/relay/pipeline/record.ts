import type { PoolAccount, PriceBook, Usage } from "../model";
import { NO_USAGE } from "../model";
import type { AttemptRecord, DecisionTrace } from "../ports";
import { costOf } from "../pricing/cost";
import { estimateUsage } from "../pricing/estimate";
import type { Meter } from "../protocols/protocol";
import type { AttemptEnd } from "./attempt";
import { type Call, elapsedMs } from "./call";

/** What is known of a try before its answer. */
export interface AttemptStart {
  attempt: number;
  account: PoolAccount;
  sentModel: string;
  startedMs: number;
  decision: DecisionTrace;
  /** Second hop of a request that is charged at its first. */
  passThrough: boolean;
}

/** The record of a try that is over. Written out: joined parts cost the hot path several times more. */
export function endedRecord(call: Call, start: AttemptStart, end: AttemptEnd): AttemptRecord {
  const { account, sentModel } = start;
  const generates = call.facts.action === "generate";
  const { usage, estimated } = generates ? usageOf(call, end) : NOTHING_USED;
  const book = usage && call.ports.prices();
  const reportedModel = end.meter?.reportedModel() ?? null;
  const price = book && priceOf(book, sentModel, reportedModel);
  const priced = price && usage ? costOf(usage, price, call.key) : FREE;
  // A failed try costs the pool what it states; its caller pays only for what was delivered.
  const charged = end.outcome !== "failed" && !start.passThrough;
  return {
    attempt: start.attempt,
    accountId: account.id,
    provider: account.provider,
    sentModel,
    reportedModel,
    startedMs: start.startedMs,
    firstByteMs: end.firstByteMs,
    endedMs: elapsedMs(call),
    status: end.status,
    failure: end.error?.code ?? null,
    evidence: end.evidence,
    usage,
    estimated,
    priceBookId: book?.id ?? null,
    priceName: price?.name ?? null,
    costMicroUsd: priced.costMicroUsd,
    chargeMicroUsd: charged ? priced.chargeMicroUsd : 0n,
    decision: start.decision,
  };
}

/** The name that was sent is the one that was bought; a router behind it may report a better known. */
function priceOf(book: PriceBook, sentModel: string, reportedModel: string | null) {
  return book.find(sentModel) ?? (reportedModel === null ? null : book.find(reportedModel));
}

const NOTHING_USED = { usage: null, estimated: false } as const;
const FREE = { costMicroUsd: 0n, chargeMicroUsd: 0n };

/** The record of a try that still runs, with what it used so far. */
export function runningRecord(
  call: Call,
  start: AttemptStart,
  meter: Meter,
  firstByteMs: number | null,
): AttemptRecord {
  const end = { outcome: "left", error: null, meter, evidence: null } as const;
  return endedRecord(call, start, { ...end, status: 200, firstByteMs });
}

/**
 * A whole answer's usage is as stated; a stream's that did not end is at least what was delivered.
 * A caller who leaves pays for the input from the moment at which it was sent to the upstream.
 */
function usageOf(
  call: Call,
  { outcome, meter }: AttemptEnd,
): { usage: Usage | null; estimated: boolean } {
  const stated = meter?.usage() ?? null;
  if (outcome === "failed") return { usage: stated, estimated: stated !== null };
  const delivered = meter?.deliveredChars() ?? 0;
  if (outcome === "complete" && isWhole(stated, delivered))
    return { usage: stated, estimated: false };
  return { usage: estimateUsage(stated, delivered, call.facts.bodyBytes), estimated: true };
}

/** Was everything stated? Zero is a statement; output may be missing where there was none. */
function isWhole(usage: Usage | null, delivered: number): boolean {
  const { input, output } = usage ?? NO_USAGE;
  return input !== null && (output !== null || delivered === 0);
}
