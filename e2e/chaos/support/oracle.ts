import { setTimeout as sleep } from "node:timers/promises";
import { areBooksRight, verifyBooks } from "../../../lib/services/usage/verify-books";
import type { BookEntry } from "../../../lib/testing/upstream/book";
import type { Portal } from "../../relay/support/portal";
import { compareCall, type Deviation } from "./compare-call";
import type { SpawnedUpstream } from "./fake-upstream";
import { type RedisState, readRedis } from "./redis-state";
import type { StreamLog } from "./stream";
import { note } from "./until";

const DAY_MS = 86_400_000;
/** Named at most so many of a kind: the first ones tell the story. */
const NAMED = 5;

export interface Verdict {
  /** Everything that is wrong, in words; empty when the books agree. */
  faults: string[];
  redis: RedisState;
  records: number;
  /** Calls that the upstream has in its book. */
  reached: number;
  estimated: number;
  /** Records that the sweeper closed. */
  swept: number;
  /** Greatest number of received tokens that an estimated record does not have. */
  worstMissingTokens: number;
  chargedMicroUsd: bigint;
}

export interface OracleOptions {
  portal: Portal;
  upstream: Pick<SpawnedUpstream, "book">;
  /** Every call of the test, the ones that looked whether it serves included. */
  logs: readonly StreamLog[];
  /** Received tokens that a record closed by the sweeper may lack. */
  sweptBound: (log: StreamLog) => number;
  /** Do the counters of the limits have to agree as well? */
  counters?: boolean;
}

/** Waits until nothing is in flight any more: all swept, all booked. Answers the last state seen. */
export async function untilQuiet(portal: Portal, timeoutMs: number): Promise<RedisState> {
  const deadline = performance.now() + timeoutMs;
  let quietFor = 0;
  for (;;) {
    const state = await readRedis(portal).catch(() => null);
    const quiet = state !== null && state.intents === 0 && state.owed === 0;
    quietFor = quiet ? quietFor + 1 : 0;
    // Twice in a row: a settlement may be on its way from a process.
    if (state && (quietFor >= 3 || performance.now() > deadline)) return state;
    await sleep(200);
  }
}

/** Compares the three books: the upstream's own, the usage records, the ledger; and what Redis holds. */
export async function judge(options: OracleOptions): Promise<Verdict> {
  const { portal, upstream, logs } = options;
  const { db } = portal.database;
  const redis = await readRedis(portal);
  const records = await db.request.findMany({ where: { action: "generate" } });
  const attempts = await db.attempt.findMany();
  const entries = (await upstream.book()).filter(({ action }) => action === "stream");

  const bySession = groupBy(records, (record) => record.session ?? record.requestId);
  const byBody = groupBy(entries, (entry) => entry.requestBytesSha256);
  const byRequest = groupBy(attempts, (attempt) => attempt.requestId);
  const compared = logs.map((log) => {
    const own = bySession.get(log.call.session) ?? [];
    const tries = own.flatMap(({ requestId }) => byRequest.get(requestId) ?? []);
    const reached = byBody.get(log.call.bodySha256) ?? [];
    return compareCall({ log, records: own, attempts: tries, reached }, options.sweptBound(log));
  });

  const charged = records.reduce((sum, { chargeMicroUsd }) => sum + chargeMicroUsd, 0n);
  const faults = [
    ...named(compared.flatMap(({ deviations }) => deviations)),
    ...strangers(records, entries, logs),
    ...(await ledgerFaults(portal, charged)),
    ...leftOvers(redis),
  ];
  if (options.counters && redis.spent !== charged) {
    faults.push(`the counters have ${redis.spent} spent, the records ${charged}`);
  }
  const verdict: Verdict = {
    faults,
    redis,
    records: records.length,
    reached: byBody.size,
    estimated: records.filter((record) => record.estimated).length,
    swept: compared.filter(({ swept }) => swept).length,
    worstMissingTokens: Math.max(0, ...compared.map(({ missingTokens }) => missingTokens)),
    chargedMicroUsd: charged,
  };
  tell(verdict, logs.length);
  return verdict;
}

function tell(verdict: Verdict, calls: number): void {
  const { records, reached, estimated, swept, worstMissingTokens, chargedMicroUsd } = verdict;
  note(
    `${calls} calls, ${reached} reached the upstream, ${records} records, ${estimated} estimated ` +
      `(${swept} by the sweeper, at most ${worstMissingTokens} tokens short), ` +
      `${chargedMicroUsd} µ$ charged, ${verdict.faults.length} faults`,
  );
}

/** Every kind of deviation with its number and its first examples. */
function named(deviations: readonly Deviation[]): string[] {
  return [...groupBy(deviations, ({ kind }) => kind)].map(([kind, all]) => {
    const examples = all.slice(0, NAMED).map(({ what }) => what);
    return `${all.length} × ${kind}: ${examples.join("; ")}`;
  });
}

/** Records and entries that belong to no call of the test. */
function strangers(
  records: readonly { session: string | null; outcome: string; requestId: string }[],
  entries: readonly BookEntry[],
  logs: readonly StreamLog[],
): string[] {
  const sessions = new Set(logs.map(({ call }) => call.session));
  const bodies = new Set(logs.map(({ call }) => call.bodySha256));
  const odd = records.filter(
    ({ session, outcome }) => outcome !== "refused" && !sessions.has(session ?? ""),
  );
  const unknown = entries.filter((entry) => !bodies.has(entry.requestBytesSha256));
  return [
    ...odd.slice(0, NAMED).map(({ requestId }) => `nobody made the recorded call ${requestId}`),
    ...unknown.slice(0, NAMED).map(({ id }) => `nobody made the upstream's call ${id}`),
  ];
}

async function ledgerFaults(portal: Portal, charged: bigint): Promise<string[]> {
  const { db } = portal.database;
  const faults: string[] = [];
  const ledger = await db.ledgerEntry.aggregate({
    _sum: { amountMicroUsd: true },
    where: { kind: "usage" },
  });
  const entered = ledger._sum.amountMicroUsd ?? 0n;
  if (entered !== -charged) faults.push(`the ledger has ${entered}, the records ${charged}`);
  const tried = await db.attempt.aggregate({ _sum: { chargeMicroUsd: true } });
  const perAttempt = tried._sum.chargeMicroUsd ?? 0n;
  if (perAttempt !== charged) faults.push(`attempts charge ${perAttempt}, requests ${charged}`);
  const books = await verifyBooks(db, Date.now() - DAY_MS, Date.now());
  if (!areBooksRight(books)) faults.push(`derived books: ${JSON.stringify(books, asText)}`);
  return faults;
}

function leftOvers({ intents, checkpoints, owed, buried, leases, held }: RedisState): string[] {
  const left = { intents, checkpoints, owed, buried, leases, held };
  return Object.entries(left)
    .filter(([, count]) => BigInt(count) !== 0n)
    .map(([what, count]) => `Redis still has ${count} ${what}`);
}

function asText(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
