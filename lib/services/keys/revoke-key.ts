import type { Key } from "../../contracts/keys";
import type { Context } from "../context";
import { changeKey } from "./change-key";
import { findChangeableKey } from "./find-key";

/** Ends a key for good. Its history stays. */
export async function revokeKey(ctx: Context, input: { id: string }): Promise<Key> {
  const row = await findChangeableKey(ctx, input.id, "key.revoke");
  return changeKey(ctx, row, "key.revoke", { revokedAt: new Date(ctx.clock.nowMs()) });
}
