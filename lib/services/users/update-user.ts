import type { z } from "zod";
import type { UpdateUserBody, User } from "../../contracts/users";
import type { Db } from "../../db/client";
import { revokeSessionsOf } from "../../db/sessions";
import {
  countOtherAdmins,
  findUserRow,
  lockAdmins,
  type UserChanges,
  type UserRow,
  updateUserRow,
} from "../../db/users";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import { readUser } from "./read-user";

type Body = z.output<typeof UpdateUserBody>;

const money = (text: string | null | undefined) => (typeof text === "string" ? BigInt(text) : text);

/**
 * Changes name, role, status or limits of a user (admins). Disabling, and any change of role, ends
 * all sessions of the user. The last active admin cannot be taken away: `conflict`.
 */
export async function updateUser(ctx: Context, input: Body & { id: string }): Promise<User> {
  authorize(ctx.actor, "user.manage");
  const { id, ...body } = input;
  await ctx.db.$transaction((tx) => change(ctx, tx, id, body));
  await ctx.changed("keys", id);
  return readUser(ctx, { id });
}

async function change(ctx: Context, tx: Db, id: string, body: Body): Promise<void> {
  await lockAdmins(tx);
  const before = await findUserRow(tx, id);
  if (!before) throw notFound();
  const losesAdmin = body.role === "member" || body.status === "disabled";
  if (before.role === "admin" && losesAdmin && (await countOtherAdmins(tx, id)) === 0) {
    throw new AppError("conflict", "This is the last admin; make another one first.");
  }
  await updateUserRow(tx, id, columns(body));
  if (body.status === "disabled" || (body.role && body.role !== before.role)) {
    await revokeSessionsOf(tx, id, new Date(ctx.clock.nowMs()));
  }
  await recordChange(ctx, tx, {
    action: "user.update",
    objectKind: "user",
    objectId: id,
    before: audited(before),
    after: { ...audited(before), ...body },
  });
}

function columns(body: Body): UserChanges {
  return {
    ...body,
    dailyLimitMicroUsd: money(body.dailyLimitMicroUsd),
    weeklyLimitMicroUsd: money(body.weeklyLimitMicroUsd),
    monthlyLimitMicroUsd: money(body.monthlyLimitMicroUsd),
    totalLimitMicroUsd: money(body.totalLimitMicroUsd),
  };
}

function audited({ _count, ...row }: UserRow): Record<string, unknown> {
  return row;
}
