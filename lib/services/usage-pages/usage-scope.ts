import type { UsageFilter } from "../../db/usage-pages";
import { AppError } from "../../shared/errors";
import { authorize, signedIn } from "../auth/authorize";
import type { Context } from "../context";

const DAY_MS = 86_400_000;
const LONGEST_MS = 400 * DAY_MS;

/** Whose usage is read, and whether upstream costs are shown. */
export interface UsageScope {
  userId: string | undefined;
  withCost: boolean;
}

interface Range {
  from: string;
  to: string;
  userId?: string | undefined;
  keyId?: string | undefined;
  accountId?: string | undefined;
  model?: string | undefined;
  face?: string | undefined;
}

/** The actor's own usage. */
export function ownScope(ctx: Context): UsageScope {
  authorize(ctx.actor, "usage.read");
  return { userId: signedIn(ctx.actor).id, withCost: false };
}

/** Everybody's usage (admins). */
export function wholeScope(ctx: Context): UsageScope {
  authorize(ctx.actor, "usage.read-all");
  return { userId: undefined, withCost: true };
}

/** The filter for a range within a scope. Throws `invalid_request` for a range that cannot be read. */
export function filterOf(scope: UsageScope, { from, to, ...equal }: Range): UsageFilter {
  const range = { from: new Date(from), to: new Date(to) };
  const lengthMs = range.to.getTime() - range.from.getTime();
  if (lengthMs <= 0 || lengthMs > LONGEST_MS) {
    throw new AppError("invalid_request", "Choose a range of at most 400 days.", {
      fields: { to: "Choose a range of at most 400 days." },
    });
  }
  // The scope comes last: nothing in a query can widen it.
  return { ...equal, ...range, ...(scope.userId !== undefined && { userId: scope.userId }) };
}

/** Days begin at midnight of the reader's own time zone. */
export function readerZone({ actor }: Context): string {
  return actor.kind === "user" ? actor.user.timeZone : "UTC";
}
