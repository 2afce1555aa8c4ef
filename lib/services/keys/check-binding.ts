import type { Key } from "../../contracts/keys";
import { findGroupRow, findLivingAccounts } from "../../db/groups";
import { AppError } from "../../shared/errors";
import type { Context } from "../context";

/** A key is bound to what there is: else nobody would serve it. Throws `invalid_request`. */
export async function checkBinding(
  { db }: Context,
  binding: Key["binding"] | undefined,
): Promise<void> {
  if (!binding) return;
  const { kind, id } = binding;
  const found =
    kind === "group" ? await findGroupRow(db, id) : (await findLivingAccounts(db, [id])).has(id);
  if (found) return;
  const sentence = `There is no such ${kind}.`;
  throw new AppError("invalid_request", sentence, { fields: { binding: sentence } });
}
