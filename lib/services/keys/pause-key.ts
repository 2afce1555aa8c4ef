import type { Key } from "../../contracts/keys";
import type { Context } from "../context";
import { changeKey } from "./change-key";
import { findChangeableKey } from "./find-key";

/** Refuses the key's requests until it is resumed. */
export async function pauseKey(ctx: Context, input: { id: string }): Promise<Key> {
  const row = await findChangeableKey(ctx, input.id, "key.pause");
  return changeKey(ctx, row, "key.pause", { pausedAt: new Date(ctx.clock.nowMs()) });
}

/** Lets a paused key work again. */
export async function resumeKey(ctx: Context, input: { id: string }): Promise<Key> {
  const row = await findChangeableKey(ctx, input.id, "key.resume");
  return changeKey(ctx, row, "key.resume", { pausedAt: null });
}
