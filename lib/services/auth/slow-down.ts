import { AppError } from "../../shared/errors";
import type { Actor, Context } from "../context";

/** Counts a try from the caller's address. Throws `limit_reached` with the time to wait. */
export async function slowDownAddress(ctx: Context): Promise<void> {
  const ip = addressOf(ctx.actor);
  if (ip !== null) refuseWhile(await ctx.attempts.takeFromAddress(ip));
}

/** Counts a try at a name (an account, an address of one). Throws `limit_reached` with the time to wait. */
export async function slowDownName(ctx: Context, name: string): Promise<void> {
  refuseWhile(await ctx.attempts.take(name));
}

/** The caller's network address; null for actors inside the house. */
export function addressOf(actor: Actor): string | null {
  return actor.kind === "anonymous" || actor.kind === "user" ? actor.ip : null;
}

function refuseWhile(waitMs: number): void {
  if (waitMs <= 0) return;
  throw new AppError("limit_reached", "Too many tries. Wait a moment before the next one.", {
    retryAfterSeconds: Math.ceil(waitMs / 1_000),
  });
}
