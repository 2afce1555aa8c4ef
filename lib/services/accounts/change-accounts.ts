import type { z } from "zod";
import type { BulkAccountsAnswer, BulkAccountsBody } from "../../contracts/bulk-accounts";
import { addGroupMembers, findGroupRow } from "../../db/groups";
import { toAppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { refusal } from "./account-form";
import { deleteAccount } from "./delete-account";
import { drainAccount } from "./drain-account";
import { findAccount } from "./find-account";
import { pauseAccount, resumeAccount } from "./pause-account";
import { resetAccountState } from "./reset-account-state";
import { updateAccount } from "./update-account";

type Body = z.output<typeof BulkAccountsBody>;
type Deed = (ctx: Context, id: string, body: Body) => Promise<unknown>;

const DEEDS: Readonly<Record<Body["deed"], Deed>> = {
  pause: (ctx, id) => pauseAccount(ctx, { id }),
  resume: (ctx, id) => resumeAccount(ctx, { id }),
  drain: (ctx, id) => drainAccount(ctx, { id }),
  "reset-state": (ctx, id) => resetAccountState(ctx, { id }),
  delete: (ctx, id) => deleteAccount(ctx, { id }),
  priority: (ctx, id, { priority }) => updateAccount(ctx, { id, priority }),
  group: (ctx, id, { groupId }) => joinGroup(ctx, id, groupId ?? ""),
};

/**
 * Does the same to many accounts, one after the other, each with its own audit entry (admins). One that
 * fails is named with its reason and stops nothing.
 */
export async function changeAccounts(ctx: Context, body: Body): Promise<BulkAccountsAnswer> {
  authorize(ctx.actor, "account.manage");
  if (body.deed === "priority" && body.priority === undefined) {
    throw refusal({ priority: "Which priority?" });
  }
  if (body.deed === "group" && !(await findGroupRow(ctx.db, body.groupId ?? ""))) {
    throw refusal({ groupId: "There is no such group." });
  }
  const answer: BulkAccountsAnswer = { done: [], failed: [] };
  for (const id of new Set(body.ids)) {
    try {
      await DEEDS[body.deed](ctx, id, body);
      answer.done.push(id);
    } catch (thrown) {
      answer.failed.push({ id, reason: toAppError(thrown).message });
    }
  }
  return answer;
}

async function joinGroup(ctx: Context, accountId: string, groupId: string): Promise<void> {
  await findAccount(ctx, accountId);
  await ctx.db.$transaction(async (tx) => {
    await addGroupMembers(tx, groupId, [accountId]);
    await recordChange(ctx, tx, {
      action: "group.join",
      objectKind: "group",
      objectId: groupId,
      after: { accountId },
    });
  });
  await ctx.changed("accounts", accountId);
}
