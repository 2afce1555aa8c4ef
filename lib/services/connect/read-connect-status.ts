import type { z } from "zod";
import type { ConnectParams, ConnectQuery, ConnectStatus } from "../../contracts/connect";
import { findFirstRequests, type RequestRecord } from "../../db/requests";
import type { Context } from "../context";
import { findKeyFor } from "../keys/find-key";

/**
 * Has a request with this key arrived since a moment? One that was answered counts more than a later
 * one that was refused: the connection works then.
 */
export async function readConnectStatus(
  ctx: Context,
  input: z.output<typeof ConnectQuery> & z.output<typeof ConnectParams>,
): Promise<ConnectStatus> {
  await findKeyFor(ctx, input.keyId, "key.read");
  const rows = await findFirstRequests(ctx.db, input.keyId, new Date(input.since));
  const answered = rows.find((row) => row.outcome === "complete" || row.outcome === "left");
  if (answered) return { state: "seen", ...factsOf(answered) };
  const [last] = rows;
  if (!last) return { state: "waiting" };
  return {
    state: "refused",
    ...factsOf(last),
    code: last.failure ?? "internal",
    message: last.failureMessage ?? "",
  };
}

function factsOf(row: RequestRecord) {
  return {
    requestId: row.requestId,
    at: row.startedAt.toISOString(),
    model: row.model,
    client: row.client,
    status: row.status,
  };
}
