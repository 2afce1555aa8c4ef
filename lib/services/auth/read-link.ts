import type { LinkState } from "../../contracts/auth";
import { findOpenToken, type TokenKind } from "../../db/tokens";
import { hasAdmin } from "../../db/users";
import type { Context } from "../context";
import { authorize } from "./authorize";
import { hashLinkToken } from "./link-token";
import { slowDownAddress } from "./slow-down";

const DEAD: LinkState = { valid: false, email: null, expiresAt: null };

/** Can the set-up link still be used? */
export async function readSetUpLink(ctx: Context, input: { token: string }): Promise<LinkState> {
  if (await hasAdmin(ctx.db)) return DEAD;
  return readLink(ctx, "setup", input.token);
}

/** Can the invitation still be used, and for which address? */
export async function readInvitationLink(
  ctx: Context,
  input: { token: string },
): Promise<LinkState> {
  return readLink(ctx, "invitation", input.token);
}

/** Can the reset link still be used? */
export async function readResetLink(ctx: Context, input: { token: string }): Promise<LinkState> {
  return readLink(ctx, "reset-password", input.token);
}

async function readLink(ctx: Context, kind: TokenKind, token: string): Promise<LinkState> {
  authorize(ctx.actor, "account-links.use");
  await slowDownAddress(ctx);
  const now = new Date(ctx.clock.nowMs());
  const found = await findOpenToken(ctx.db, kind, hashLinkToken(token), now);
  if (!found) return DEAD;
  return { valid: true, email: found.email, expiresAt: found.expiresAt.toISOString() };
}
