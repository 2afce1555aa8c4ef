import { findAccountNames } from "../../db/accounts";
import type { Context } from "../context";

/** Names accounts, deleted ones included; one that is gone altogether is called by its id. */
export async function accountNames({ db }: Context, ids: readonly string[]) {
  const names = await findAccountNames(db, ids);
  return (id: string) => ({ id, name: names.get(id)?.name ?? id });
}
