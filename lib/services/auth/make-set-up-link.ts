import { insertToken, revokeTokens } from "../../db/tokens";
import { hasAdmin } from "../../db/users";
import { recordChange } from "../audit/record-change";
import type { Context } from "../context";
import { authorize } from "./authorize";
import { makeLinkToken } from "./link-token";

const LIFE_MS = 7 * 24 * 3_600_000;

/**
 * The link with which the first admin is made; null once there is one. Links made before are
 * worthless from then on.
 */
export async function makeSetUpLink(
  ctx: Context,
): Promise<{ url: string | null; expiresAt: string | null }> {
  authorize(ctx.actor, "user.manage");
  if (await hasAdmin(ctx.db)) return { url: null, expiresAt: null };
  const { token, hash } = makeLinkToken();
  const now = ctx.clock.nowMs();
  const expiresAt = new Date(now + LIFE_MS);
  await ctx.db.$transaction(async (tx) => {
    await revokeTokens(tx, "setup", new Date(now));
    const id = await insertToken(tx, { kind: "setup", hash, role: "admin", expiresAt });
    await recordChange(ctx, tx, {
      action: "set-up-link.create",
      objectKind: "token",
      objectId: id,
      after: { expiresAt },
    });
  });
  return { url: `${ctx.publicUrl}/set-up?token=${token}`, expiresAt: expiresAt.toISOString() };
}
