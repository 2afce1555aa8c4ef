import type { BookEntry } from "../../../lib/testing/upstream/book";
import type { Portal } from "../../relay/support/portal";
import { sawError } from "./read-stream";
import type { StreamLog } from "./stream";

type Db = Portal["database"]["db"];
export type RequestRow = Awaited<ReturnType<Db["request"]["findMany"]>>[number];
export type AttemptRow = Awaited<ReturnType<Db["attempt"]["findMany"]>>[number];

/** Something that the books tell differently. */
export interface Deviation {
  kind: string;
  what: string;
}

/** All that is known of one call. */
export interface KnownCall {
  log: StreamLog;
  records: readonly RequestRow[];
  attempts: readonly AttemptRow[];
  /** The upstream's own entries. */
  reached: readonly BookEntry[];
}

export interface Compared {
  deviations: Deviation[];
  /** Was it closed by the sweeper? */
  swept: boolean;
  /** Tokens that the client received and the estimated record does not have. */
  missingTokens: number;
}

/**
 * Compares what client, upstream and records tell of one call. `sweptBound` is how many received
 * tokens the record of a dead process's call may lack.
 */
export function compareCall(known: KnownCall, sweptBound: number): Compared {
  const { log, records, reached } = known;
  const deviations: Deviation[] = [...clientDeviations(log)];
  const say = (kind: string, what: string) =>
    deviations.push({ kind, what: `${log.call.session} ${what}` });
  const [record] = records;
  if (records.length > 1) say("recorded twice", `${records.length} records`);
  if (!record) {
    if (reached.length > 0) say("unrecorded", `the upstream answered ${reached[0]?.status}`);
    return { deviations, swept: false, missingTokens: 0 };
  }
  const swept = record.outcome === "cut" && record.failure === "internal";
  const missingTokens = compareRecord(known, record, swept ? sweptBound : 0, say);
  return { deviations, swept, missingTokens };
}

/** Answers the delivered tokens that the record lacks. */
function compareRecord(known: KnownCall, record: RequestRow, bound: number, say: Say): number {
  const { attempts, reached } = known;
  if (reached.length === 0) {
    // Who leaves while the request is on its way out pays for what may have been sent.
    const paid = record.chargeMicroUsd > 0n && record.outcome !== "left";
    if (paid) say("charged for nothing", `${record.chargeMicroUsd} µ$`);
    return 0;
  }
  const closedBySweeper = record.failure === "internal";
  if (!closedBySweeper && attempts.length < reached.length) {
    say("lacks an attempt", `${attempts.length} of ${reached.length}`);
  }
  if (attempts.filter((attempt) => attempt.chargeMicroUsd > 0n).length > 1) {
    say("charged twice", `${attempts.length} attempts`);
  }
  if (record.estimated) return compareEstimate(known, record, bound, say);
  compareExact(known, record, say);
  return 0;
}

type Say = (kind: string, what: string) => void;

/** A whole answer has, and costs, what the upstream says to the token. */
function compareExact({ reached, log }: KnownCall, record: RequestRow, say: Say): void {
  const served = reached.filter((entry) => entry.status === 200 && entry.fault === "");
  if (record.outcome !== "complete") return;
  const planned = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };
  for (const { plannedUsage: usage } of served) {
    planned.input += usage?.input ?? 0;
    planned.cacheRead += usage?.cacheRead ?? 0;
    planned.cacheWrite += (usage?.cacheWrite5m ?? 0) + (usage?.cacheWrite1h ?? 0);
    planned.output += usage?.output ?? 0;
  }
  const recorded = {
    input: Number(record.inputTokens),
    cacheRead: Number(record.cacheReadTokens),
    cacheWrite: Number(record.cacheWriteTokens),
    output: Number(record.outputTokens),
  };
  if (JSON.stringify(planned) !== JSON.stringify(recorded)) {
    say("other tokens", `upstream ${JSON.stringify(planned)}, record ${JSON.stringify(recorded)}`);
  }
  if (log.end === "clean" && log.tokens() !== log.call.tokens) {
    say("text lost", `${log.tokens()} of ${log.call.tokens} tokens arrived`);
  }
}

/**
 * An estimate never exceeds what the upstream handed out, and lacks at most `bound` tokens of what the
 * client received: what lay in the buffers between them is nobody's.
 */
function compareEstimate(
  { reached, attempts, log }: KnownCall,
  record: RequestRow,
  bound: number,
  say: Say,
): number {
  const handedOut = reached.reduce((sum, entry) => sum + (entry.deliveredUsage?.output ?? 0), 0);
  const input = reached.reduce((sum, entry) => sum + (entry.plannedUsage?.input ?? 0), 0);
  const recorded = Number(record.outputTokens);
  const missing = log.tokens() - recorded;
  // A stream states one token before its first text.
  if (recorded > Math.max(handedOut, 1)) say("too much", `${recorded} of ${handedOut} handed out`);
  if (missing > bound) say("too little", `${recorded} of ${log.tokens()} received, ±${bound}`);
  const stated = attempts.some((attempt) => attempt.outputTokens !== null);
  if (stated && recorded > 1 && Number(record.inputTokens) !== input) {
    say("other input", `${record.inputTokens} recorded, ${input} sent`);
  }
  return Math.max(0, missing);
}

/** No client is told that a cut answer was whole. */
function clientDeviations(log: StreamLog): Deviation[] {
  if (log.end !== "clean" || log.status !== 200) return [];
  if (log.complete() || sawError(log.body())) return [];
  return [{ kind: "false end", what: `${log.call.session} ended cleanly without its last event` }];
}
