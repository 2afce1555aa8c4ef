import { updateAccountRow } from "../../db/accounts";
import { leaveGroups } from "../../db/groups";
import { recordChange } from "../audit/record-change";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { auditedAccount } from "./audited-account";
import { findAccount } from "./find-account";

/** Removes an account and its secret; its name stays for the request log (admins). */
export async function deleteAccount(ctx: Context, input: { id: string }): Promise<void> {
  authorize(ctx.actor, "account.manage");
  const row = await findAccount(ctx, input.id);
  await ctx.db.$transaction(async (tx) => {
    await updateAccountRow(tx, row.id, {
      deletedAt: new Date(ctx.clock.nowMs()),
      enabled: false,
      returnKeyId: null,
      sealedSecret: "",
      secretHint: "",
      sealedProxy: null,
    });
    await leaveGroups(tx, row.id);
    await recordChange(ctx, tx, {
      action: "account.delete",
      objectKind: "account",
      objectId: row.id,
      before: auditedAccount(row),
    });
  });
  await ctx.live.reset(row.id);
  await ctx.changed("accounts", row.id);
}
