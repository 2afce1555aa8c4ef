import type { z } from "zod";
import type { Channel, CreateChannelBody } from "../../contracts/notifications";
import { findChannelRow, insertChannel, newChannelId } from "../../db/notifications";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import {
  auditedChannel,
  checkChannelAddress,
  demandChannelKind,
  parseChannelPart,
} from "./channel-form";
import { channelSecretPlace } from "./post-message";
import { showChannel } from "./show-channels";

/** Adds a channel (admins). Its secret is sealed at once and never read back. */
export async function createChannel(
  ctx: Context,
  { kind: kindId, settings: given, secret: typed, ...fields }: z.output<typeof CreateChannelBody>,
): Promise<Channel> {
  authorize(ctx.actor, "notification.manage");
  const kind = demandChannelKind(kindId);
  const settings = parseChannelPart(kind, "settings", given);
  const secret = parseChannelPart(kind, "secret", typed);
  await checkChannelAddress(ctx, kind, settings, secret);
  const id = newChannelId();
  const sealed = ctx.vault.seal(channelSecretPlace(id), JSON.stringify(secret));
  const row = await ctx.db.$transaction(async (tx) => {
    await insertChannel(tx, id, kind.id, { ...fields, settings, sealed });
    const made = await findChannelRow(tx, id);
    if (!made) throw notFound();
    await recordChange(ctx, tx, {
      action: "notification-channel.create",
      objectKind: "notification-channel",
      objectId: id,
      after: auditedChannel(made),
    });
    return made;
  });
  return showChannel(ctx, row);
}
