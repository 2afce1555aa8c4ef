import type { AttemptStory, RequestStory } from "../../contracts/requests";
import { findAccountNames } from "../../db/accounts";
import { findKeyRow } from "../../db/keys";
import {
  type AttemptRecordRow,
  findPriceEntry,
  findRequest,
  listAttempts,
  listPassThroughs,
  type RequestRecord,
} from "../../db/requests";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import { showOneKey } from "../keys/show-keys";
import { accountsIn, showAttempt } from "./show-attempt";
import { showRequests } from "./show-requests";

/** The story of one request of the actor's; somebody else's is as good as none. */
export async function readMyRequest(ctx: Context, input: { id: string }): Promise<RequestStory> {
  authorize(ctx.actor, "request.list");
  const userId = ctx.actor.kind === "user" ? ctx.actor.user.id : undefined;
  const request = await findRequest(ctx.db, input.id, userId);
  if (!request) throw notFound();
  authorize(ctx.actor, "request.read", { ownerId: request.userId });
  return tell(ctx, request, false);
}

/** The story of any request, accounts by name (admins). */
export async function readAnyRequest(ctx: Context, input: { id: string }): Promise<RequestStory> {
  authorize(ctx.actor, "request.read-all");
  const request = await findRequest(ctx.db, input.id);
  if (!request) throw notFound();
  return tell(ctx, request, true);
}

async function tell(ctx: Context, request: RequestRecord, full: boolean): Promise<RequestStory> {
  const [attempts, passThroughs, firstHop, limits, rows] = await Promise.all([
    listAttempts(ctx.db, request.startedAt, request.requestId),
    listPassThroughs(ctx.db, request),
    firstHopOf(ctx, request, full),
    limitsOf(ctx, request.keyId),
    showRequests(ctx, [request], full),
  ]);
  const [row] = rows;
  if (!row) throw notFound();
  return {
    request: row,
    endedAt: request.endedAt.toISOString(),
    failureMessage: request.failureMessage,
    attempts: await tellAttempts(ctx, attempts, full),
    limits,
    firstHop,
    // A second hop by somebody else's key is as good as none for a member.
    passThroughs: passThroughs
      .filter(({ userId }) => full || userId === request.userId)
      .map(({ requestId, startedAt, model }) => ({
        id: requestId,
        startedAt: startedAt.toISOString(),
        model,
      })),
  };
}

/** A return key's owner sees its second hops; the first ones are whoever's who began them. */
async function firstHopOf(
  { db }: Context,
  { passThroughOf, userId }: RequestRecord,
  full: boolean,
): Promise<string | null> {
  if (passThroughOf === null || full) return passThroughOf;
  const own = userId !== null && (await findRequest(db, passThroughOf, userId));
  return own ? passThroughOf : null;
}

async function tellAttempts(
  ctx: Context,
  rows: readonly AttemptRecordRow[],
  full: boolean,
): Promise<AttemptStory[]> {
  const names = full ? await findAccountNames(ctx.db, rows.flatMap(accountsIn)) : null;
  return Promise.all(
    rows.map(async (row) => {
      const { priceBookId, priceName } = row;
      const priced = priceBookId !== null && priceName !== null;
      const entry = priced ? await findPriceEntry(ctx.db, priceBookId, priceName) : null;
      return showAttempt(row, entry?.price, names);
    }),
  );
}

async function limitsOf(ctx: Context, keyId: string | null): Promise<RequestStory["limits"]> {
  const row = keyId === null ? null : await findKeyRow(ctx.db, keyId);
  return row ? (await showOneKey(ctx, row)).spend : [];
}
