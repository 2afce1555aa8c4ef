import { Outcome, type RequestRow } from "../../contracts/requests";
import { findAccountNames } from "../../db/accounts";
import { findKeyNames } from "../../db/keys";
import type { RequestRecord } from "../../db/requests";
import { findUserNames } from "../../db/users";
import type { Context } from "../context";

const KnownOutcome = Outcome.catch("failed");

/** Requests as they are answered. Who asked, which account served and what it cost is for admins. */
export async function showRequests(
  ctx: Context,
  rows: readonly RequestRecord[],
  full: boolean,
): Promise<RequestRow[]> {
  const [keys, users, accounts] = await Promise.all([
    findKeyNames(ctx.db, idsOf(rows, "keyId")),
    findUserNames(ctx.db, full ? idsOf(rows, "userId") : []),
    findAccountNames(ctx.db, full ? idsOf(rows, "accountId") : []),
  ]);
  return rows.map((row) => ({
    ...showRequest(row),
    key: named(keys, row.keyId),
    costMicroUsd: full ? row.costMicroUsd.toString() : null,
    user: named(users, row.userId),
    account: named(accounts, row.accountId),
  }));
}

function showRequest(row: RequestRecord) {
  return {
    id: row.requestId,
    startedAt: row.startedAt.toISOString(),
    durationMs: row.durationMs,
    firstByteMs: row.firstByteMs,
    face: row.face,
    action: row.action,
    model: row.model,
    sentModel: row.sentModel,
    stream: row.stream !== null,
    client: row.client,
    session: row.session,
    status: row.status,
    outcome: KnownOutcome.parse(row.outcome),
    failure: row.failure,
    attempts: row.attempts,
    inputTokens: Number(row.inputTokens),
    cacheReadTokens: Number(row.cacheReadTokens),
    cacheWriteTokens: Number(row.cacheWriteTokens),
    outputTokens: Number(row.outputTokens),
    chargeMicroUsd: row.chargeMicroUsd.toString(),
    passThroughOf: row.passThroughOf,
    estimated: row.estimated,
    unrated: row.unrated,
  };
}

function idsOf(rows: readonly RequestRecord[], field: "keyId" | "userId" | "accountId"): string[] {
  return rows.flatMap((row) => row[field] ?? []);
}

function named<T>(names: ReadonlyMap<string, T>, id: string | null): T | null {
  return (id !== null && names.get(id)) || null;
}
