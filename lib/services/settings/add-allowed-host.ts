import type { z } from "zod";
import type { AddAllowedHostBody, AllowedHost } from "../../contracts/settings";
import { insertAllowedHost } from "../../db/allowed-hosts";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import { listAllowedHosts } from "./list-allowed-hosts";

/** Lets outbound calls reach one exact `host:port` in a private network. */
export async function addAllowedHost(
  ctx: Context,
  input: z.output<typeof AddAllowedHostBody>,
): Promise<AllowedHost> {
  authorize(ctx.actor, "settings.manage");
  const addedById = ctx.actor.kind === "user" ? ctx.actor.user.id : null;
  await ctx.db.$transaction(async (tx) => {
    if (!(await insertAllowedHost(tx, { ...input, addedById }))) {
      throw new AppError("conflict", "This host and port are allowed already.");
    }
    await recordChange(ctx, tx, {
      action: "allowed-host.add",
      objectKind: "allowed-host",
      objectId: input.hostPort,
      after: { note: input.note },
    });
  });
  await ctx.changed("allowed-hosts");
  const added = (await listAllowedHosts(ctx)).find((host) => host.hostPort === input.hostPort);
  if (!added) throw notFound();
  return added;
}
