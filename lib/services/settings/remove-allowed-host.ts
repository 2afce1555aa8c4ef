import { deleteAllowedHost } from "../../db/allowed-hosts";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";

/** Closes an allowed `host:port` again. */
export async function removeAllowedHost(ctx: Context, input: { hostPort: string }): Promise<void> {
  authorize(ctx.actor, "settings.manage");
  await ctx.db.$transaction(async (tx) => {
    if (!(await deleteAllowedHost(tx, input.hostPort))) throw notFound();
    await recordChange(ctx, tx, {
      action: "allowed-host.remove",
      objectKind: "allowed-host",
      objectId: input.hostPort,
    });
  });
  await ctx.changed("allowed-hosts");
}
