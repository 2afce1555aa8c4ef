import type { z } from "zod";
import type { PoolRequestListQuery, RequestListQuery, RequestPage } from "../../contracts/requests";
import { listRequestRows, type RequestRecord } from "../../db/requests";
import { authorize, signedIn } from "../auth/authorize";
import type { Context } from "../context";
import { cutPage, decodeCursor } from "../paging";
import { showRequests } from "./show-requests";

const DEFAULT_LIMIT = 50;
/** Without a beginning a search would read every partition. */
const DEFAULT_DAYS = 90;

type PoolInput = Partial<z.output<typeof PoolRequestListQuery>>;

/** The actor's own requests, newest first. */
export async function listMyRequests(
  ctx: Context,
  input: Partial<z.output<typeof RequestListQuery>>,
): Promise<RequestPage> {
  authorize(ctx.actor, "request.list");
  // The owner comes last: nothing in a query can name another.
  return list(ctx, { ...input, accountId: undefined, userId: signedIn(ctx.actor).id }, false);
}

/** Everybody's requests, newest first (admins). */
export async function listAllRequests(ctx: Context, input: PoolInput): Promise<RequestPage> {
  authorize(ctx.actor, "request.read-all");
  return list(ctx, input, true);
}

async function list(ctx: Context, input: PoolInput, full: boolean): Promise<RequestPage> {
  const { cursor, limit = DEFAULT_LIMIT, from, to, ...filter } = input;
  const earliest = ctx.clock.nowMs() - DEFAULT_DAYS * 86_400_000;
  const range = {
    from: new Date(from ?? earliest),
    to: to === undefined ? undefined : new Date(to),
  };
  const place = decodeCursor(cursor);
  const rows = await listRequestRows(ctx.db, { ...filter, ...range }, place, limit + 1);
  const page = cutPage(rows, limit, placeOf, (row) => row);
  return { items: await showRequests(ctx, page.items, full), next: page.next };
}

function placeOf({ startedAt, requestId }: RequestRecord) {
  return { at: startedAt, id: requestId };
}
