import type { Prisma } from "../generated/prisma/client";
import type { Db } from "./client";
import { containing } from "./like";

export interface RequestFilter {
  from: Date;
  to?: Date | undefined;
  userId?: string | undefined;
  keyId?: string | undefined;
  accountId?: string | undefined;
  model?: string | undefined;
  face?: string | undefined;
  outcome?: string | undefined;
  /** Any of these; instead of `outcome`. */
  outcomes?: readonly string[] | undefined;
  session?: string | undefined;
  /** A request id, or a piece of the model's or client's name. */
  search?: string | undefined;
}

/** Requests after a place, newest first, at most `take`. */
export async function listRequestRows(
  db: Db,
  { from, to, search, outcomes, ...equal }: RequestFilter,
  after: { at: Date; id: string } | null,
  take: number,
) {
  const bySearch: Prisma.RequestWhereInput = search ? searched(search) : {};
  const byPlace: Prisma.RequestWhereInput = after
    ? {
        startedAt: { lte: after.at },
        OR: [{ startedAt: { lt: after.at } }, { requestId: { lt: after.id } }],
      }
    : {};
  return db.request.findMany({
    where: {
      ...equal,
      ...(outcomes && { outcome: { in: [...outcomes] } }),
      startedAt: { gte: from, lt: to },
      AND: [bySearch, byPlace],
    },
    orderBy: [{ startedAt: "desc" }, { requestId: "desc" }],
    take,
  });
}

export type RequestRecord = Awaited<ReturnType<typeof listRequestRows>>[number];

/** A request by its id; null when it is unknown or not of that user. */
export async function findRequest(
  db: Db,
  requestId: string,
  userId?: string,
): Promise<RequestRecord | null> {
  return db.request.findFirst({ where: { requestId, userId } });
}

export async function listAttempts(db: Db, startedAt: Date, requestId: string) {
  return db.attempt.findMany({ where: { startedAt, requestId }, orderBy: { attempt: "asc" } });
}

export type AttemptRecordRow = Awaited<ReturnType<typeof listAttempts>>[number];

/** The second hops of a request. They begin after it and before its end. */
export async function listPassThroughs(db: Db, request: RequestRecord) {
  return db.request.findMany({
    where: {
      startedAt: { gte: request.startedAt, lte: request.endedAt },
      passThroughOf: request.requestId,
    },
    orderBy: { startedAt: "asc" },
    take: 20,
    select: { requestId: true, userId: true, startedAt: true, model: true },
  });
}

/** The newest requests of a key since a moment that were answered, or else refused. */
export async function findFirstRequests(db: Db, keyId: string, since: Date) {
  return db.request.findMany({
    where: { keyId, startedAt: { gte: since } },
    orderBy: { startedAt: "desc" },
    take: 20,
  });
}

/** The stored price of a model in a book. */
export async function findPriceEntry(db: Db, bookId: string, model: string) {
  return db.priceEntry.findUnique({
    where: { bookId_model: { bookId, model } },
    select: { price: true },
  });
}

function searched(search: string): Prisma.RequestWhereInput {
  if (/^req_[0-9A-Za-z]+$/.test(search)) return { requestId: search };
  const text = containing(search);
  return { OR: [{ model: text }, { client: text }] };
}
