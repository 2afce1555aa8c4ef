import { findAccountNames } from "../../db/accounts";
import { findKeyNames } from "../../db/keys";
import type { UsageColumn } from "../../db/usage-pages";
import { findUserNames } from "../../db/users";
import type { Context } from "../context";

/** Readable names of groups; what has none is called by its id. */
export async function groupLabels(
  ctx: Context,
  by: UsageColumn,
  ids: readonly string[],
): Promise<(id: string) => string> {
  const names = await namesOf(ctx, by, ids);
  return (id) => names.get(id)?.name ?? id;
}

async function namesOf(
  { db }: Context,
  by: UsageColumn,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { name: string }>> {
  if (by === "key") return findKeyNames(db, ids);
  if (by === "user") return findUserNames(db, ids);
  if (by === "account") return findAccountNames(db, ids);
  return new Map();
}
