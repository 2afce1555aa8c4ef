import { bookAccountEvents, bookRequests, type LastUse, noteLastUse } from "../../db/booking";
import type { DbClient } from "../../db/client";
import {
  insertUsageEntries,
  lockMeteredUsers,
  type MeteredUser,
  moveBalances,
  type UsageEntry,
} from "../../db/ledger";
import { makeUsagePartitions } from "../../db/partitions";
import type { UsageMessage } from "../../redis/usage-stream";
import { decodeAccountEvent, decodeRefusal, decodeSettlement } from "./messages";
import {
  type AttemptRow,
  type BookedRows,
  type RequestRow,
  refusalRow,
  settlementRows,
} from "./rows";

/**
 * Writes messages of the usage stream into Postgres: records, roll-ups, ledger and balances in one
 * transaction, so that either all or nothing of a batch is booked. What was booked before is left
 * alone. Answers the number of requests that are new. Throws when any message cannot be booked.
 */
export function createBookkeeper(db: DbClient) {
  const months = new Set<string>();

  async function ensurePartitions(rows: readonly BookedRows[]): Promise<void> {
    for (const { request } of rows) {
      const month = request.started_at.slice(0, 7);
      if (months.has(month)) continue;
      await makeUsagePartitions(db, new Date(`${month}-01T00:00:00Z`), 1);
      months.add(month);
    }
  }

  return async (messages: readonly UsageMessage[]): Promise<number> => {
    const rows = uniqueRows(messages);
    await ensurePartitions(rows);
    const booked = rows.length > 0 ? await bookRows(db, rows) : 0;
    const events = messages.filter((message) => message.kind === "e").map(eventRow);
    if (events.length > 0) await bookAccountEvents(db, JSON.stringify(events));
    return booked;
  };
}

/** Rows by request: the first delivery of a batch wins, as it does between batches. */
function uniqueRows(messages: readonly UsageMessage[]): BookedRows[] {
  const rows = new Map<string, BookedRows>();
  for (const { kind, json } of messages) {
    if (kind === "e") continue;
    const row =
      kind === "s" ? settlementRows(decodeSettlement(json)) : refusalRow(decodeRefusal(json));
    if (!rows.has(row.request.request_id)) rows.set(row.request.request_id, row);
  }
  return [...rows.values()];
}

async function bookRows(db: DbClient, rows: readonly BookedRows[]): Promise<number> {
  const requests = JSON.stringify(rows.map((row) => row.request));
  const attempts = JSON.stringify(rows.flatMap((row) => row.attempts));
  const booked = await db.$transaction(async (tx) => {
    const fresh = await bookRequests(tx, requests, attempts);
    const ids = new Set(fresh.map((row) => row.request_id));
    const charged = rows.filter(
      (row) => ids.has(row.request.request_id) && row.request.charge_micro_usd !== "0",
    );
    if (charged.length > 0) {
      const users = new Set(charged.flatMap((row) => row.request.user_id ?? []));
      const metered = await lockMeteredUsers(tx, [...users]);
      const { entries, moves } = usageEntries(charged, metered);
      await insertUsageEntries(tx, entries);
      await moveBalances(tx, moves);
    }
    return fresh.length;
  });
  // Outside the transaction: it orders nothing, and its row locks would cross other collectors'.
  await noteLastUse(db, lastUses(rows, "key_id"), lastUses(rows, "account_id")).catch(() => {});
  return booked;
}

/**
 * One entry per charged attempt. A prepaid balance ends at zero: the part of a charge that goes beyond
 * it is an entry of its own that moves nothing, so that entries sum up to both the charges and the
 * balance.
 */
export function usageEntries(charged: readonly BookedRows[], metered: readonly MeteredUser[]) {
  const users = new Map(metered.map((user) => [user.id, { ...user, moved: 0n }]));
  const entries = charged.flatMap(({ request, attempts }) => {
    const user = users.get(request.user_id ?? "");
    return attempts
      .filter((attempt) => attempt.charge_micro_usd !== "0")
      .flatMap((attempt) => attemptEntries(request, attempt, user));
  });
  return { entries, moves: new Map([...users.values()].map((user) => [user.id, user.moved])) };
}

type Purse = MeteredUser & { moved: bigint };

function attemptEntries(
  request: RequestRow,
  attempt: AttemptRow,
  user: Purse | undefined,
): UsageEntry[] {
  const charge = BigInt(attempt.charge_micro_usd);
  const taken = user?.prepaid ? lesser(charge, user.balanceMicroUsd + user.moved) : charge;
  if (user) user.moved -= taken;
  const entry: UsageEntry = {
    occurredAt: request.started_at,
    id: `led_${request.request_id}_${attempt.attempt}`,
    userId: request.user_id ?? "",
    amountMicroUsd: -taken,
    movesBalance: user !== undefined,
    requestId: request.request_id,
    attempt: attempt.attempt,
    note: "",
  };
  if (taken === charge) return [entry];
  const beyond: UsageEntry = {
    ...entry,
    id: `${entry.id}_over`,
    amountMicroUsd: taken - charge,
    movesBalance: false,
    note: "Beyond the prepaid balance",
  };
  return [entry, beyond];
}

function lesser(a: bigint, b: bigint): bigint {
  const positive = b > 0n ? b : 0n;
  return a < positive ? a : positive;
}

function lastUses(rows: readonly BookedRows[], column: "key_id" | "account_id"): LastUse[] {
  const latest = new Map<string, string>();
  for (const { request } of rows) {
    const id = request[column];
    if (id === null || request.outcome === "refused") continue;
    if ((latest.get(id) ?? "") < request.started_at) latest.set(id, request.started_at);
  }
  return [...latest].map(([id, at]) => ({ id, at }));
}

function eventRow(message: UsageMessage) {
  const event = decodeAccountEvent(message.json);
  return {
    id: event.id,
    account_id: event.accountId,
    at: new Date(event.atMs).toISOString(),
    kind: event.kind,
    code: event.stopped ?? event.code,
    status: event.status,
    evidence: event.evidence,
    until_at: event.untilMs === null ? null : new Date(event.untilMs).toISOString(),
  };
}
