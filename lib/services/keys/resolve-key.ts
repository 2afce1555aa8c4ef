import { findKeysByIdOrStart } from "../../db/keys";
import { AppError } from "../../shared/errors";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { visibleStart } from "./key-secret";

/**
 * The id of the one key with that id, visible start or whole secret (admins, command line). Throws
 * `not_found`, or `conflict` when a start fits several.
 */
export async function resolveKey(ctx: Context, text: string): Promise<string> {
  authorize(ctx.actor, "key.manage");
  const asked = text.startsWith("key_") ? text : visibleStart(text);
  const [key, another] = await findKeysByIdOrStart(ctx.db, asked, 2);
  if (!key) throw new AppError("not_found", `No key has the id or start ${asked}.`);
  if (another) throw new AppError("conflict", `Several keys start with ${asked}: give the id.`);
  return key.id;
}
