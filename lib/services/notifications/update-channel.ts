import type { z } from "zod";
import type { Channel, UpdateChannelBody } from "../../contracts/notifications";
import { deleteChannelRow, findChannelRow, updateChannelRow } from "../../db/notifications";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import {
  auditedChannel,
  checkChannelAddress,
  demandChannelKind,
  parseChannelPart,
} from "./channel-form";
import { channelSecretPlace, openChannelSecret } from "./post-message";
import { showChannel } from "./show-channels";

const OBJECT = "notification-channel";

/** Changes a channel (admins); an absent secret keeps the stored one. */
export async function updateChannel(
  ctx: Context,
  {
    id,
    settings: given,
    secret: typed,
    ...fields
  }: z.output<typeof UpdateChannelBody> & { id: string },
): Promise<Channel> {
  authorize(ctx.actor, "notification.manage");
  const before = await findChannelRow(ctx.db, id);
  if (!before) throw notFound();
  const kind = demandChannelKind(before.kind);
  const settings = given && parseChannelPart(kind, "settings", given);
  const secret = typed && parseChannelPart(kind, "secret", typed);
  if (settings || secret) {
    const held = secret ?? openChannelSecret(ctx.vault, id, before.sealed);
    await checkChannelAddress(ctx, kind, settings ?? { ...Object(before.settings) }, held);
  }
  const sealed = secret && ctx.vault.seal(channelSecretPlace(id), JSON.stringify(secret));
  const row = await ctx.db.$transaction(async (tx) => {
    await updateChannelRow(tx, id, { ...fields, settings, sealed });
    const after = await findChannelRow(tx, id);
    if (!after) throw notFound();
    await recordChange(ctx, tx, {
      action: "notification-channel.update",
      objectKind: OBJECT,
      objectId: id,
      before: auditedChannel(before),
      after: auditedChannel(after),
    });
    return after;
  });
  return showChannel(ctx, row);
}

/** Removes a channel with everything that it was told or still had to be told (admins). */
export async function deleteChannel(ctx: Context, { id }: { id: string }): Promise<void> {
  authorize(ctx.actor, "notification.manage");
  await ctx.db.$transaction(async (tx) => {
    const row = await findChannelRow(tx, id);
    if (!row) throw notFound();
    await deleteChannelRow(tx, id);
    await recordChange(ctx, tx, {
      action: "notification-channel.delete",
      objectKind: OBJECT,
      objectId: id,
      before: auditedChannel(row),
    });
  });
}
