import type { Db } from "../../db/client";
import { findLivingAccounts, type GroupRow } from "../../db/groups";
import { AppError } from "../../shared/errors";
import { refusal } from "../accounts/account-form";

interface Member {
  accountId: string;
  weight: number;
}

/** Members that there are, each once. Throws `invalid_request`. */
export async function checkMembers(db: Db, members: readonly Member[]): Promise<void> {
  const ids = members.map(({ accountId }) => accountId);
  if (new Set(ids).size < ids.length) throw refusal({ members: "An account is named twice." });
  const living = await findLivingAccounts(db, ids);
  if (living.size < ids.length) throw refusal({ members: "There is no such account." });
}

/** The failure of a name that another group has. */
export function nameTaken(): AppError {
  const sentence = "Another group has this name.";
  return new AppError("conflict", sentence, { fields: { name: sentence } });
}

/** What the audit log says about a group. */
export function auditedGroup({ name, note, members }: GroupRow): Record<string, unknown> {
  return { name, note, members };
}
