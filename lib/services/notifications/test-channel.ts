import type { ChannelTest } from "../../contracts/notifications";
import { findChannelRow } from "../../db/notifications";
import { newId } from "../../shared/ids";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import { demandChannelKind } from "./channel-form";
import { localeOf } from "./locale-of";
import { openChannelSecret, postMessage } from "./post-message";
import { testWords } from "./words";

/** Sends a test message through a channel and tells what was answered (admins). */
export async function testChannel(ctx: Context, { id }: { id: string }): Promise<ChannelTest> {
  authorize(ctx.actor, "notification.manage");
  const channel = await findChannelRow(ctx.db, id);
  if (!channel) throw notFound();
  const kind = demandChannelKind(channel.kind);
  const secret = openChannelSecret(ctx.vault, id, channel.sealed);
  const nowMs = ctx.clock.nowMs();
  const message = {
    id: `evt_${newId("request").slice(4)}`,
    type: "test",
    atMs: nowMs,
    ...testWords(localeOf(channel)),
    url: `${ctx.publicUrl}/admin/notifications`,
    account: { id: "", name: "", kind: "" },
  };
  const { settings } = channel;
  return postMessage(ctx.outbound, kind, { id, settings, secret }, message, nowMs);
}
