import { listAccountRows } from "../../db/accounts";
import type { Context } from "../context";

/** Names accounts by id; one that is gone is called by its id. */
export async function accountNames({ db }: Context) {
  const names = new Map((await listAccountRows(db)).map(({ id, name }) => [id, name]));
  return (id: string) => ({ id, name: names.get(id) ?? id });
}
