import { findAccountsByName } from "../../db/accounts";
import { AppError } from "../../shared/errors";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";

/** The id of the one account with that id or name (admins, command line). */
export async function resolveAccount(ctx: Context, text: string): Promise<string> {
  authorize(ctx.actor, "account.manage");
  const [account, another] = await findAccountsByName(ctx.db, text);
  if (!account) throw new AppError("not_found", `No account has the id or name ${text}.`);
  if (another) throw new AppError("conflict", `Several accounts are called ${text}: give the id.`);
  return account.id;
}
