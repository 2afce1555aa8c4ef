import type { z } from "zod";
import { type Channel, type ChannelList, NotifiedEvent } from "../../contracts/notifications";
import { type ChannelRow, findLastDeliveries, listChannelRows } from "../../db/notifications";
import { formFields } from "../../relay/providers/form";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { CHANNEL_KINDS, channelKindOf } from "./kinds/registry";
import { localeOf } from "./locale-of";

/** All channels with how their last message went, and the kinds that there are (admins). */
export async function listChannels(ctx: Context): Promise<ChannelList> {
  authorize(ctx.actor, "notification.manage");
  const [rows, last] = await Promise.all([listChannelRows(ctx.db), findLastDeliveries(ctx.db)]);
  return {
    channels: rows.map((row) => shown(row, last.get(row.id))),
    kinds: CHANNEL_KINDS.map(({ id, label, settings, secret }) => ({
      id,
      label,
      settings: fields(settings),
      secret: fields(secret),
    })),
  };
}

/** One channel as it is answered. */
export async function showChannel(ctx: Context, row: ChannelRow): Promise<Channel> {
  return shown(row, (await findLastDeliveries(ctx.db)).get(row.id));
}

type Last = Awaited<ReturnType<typeof findLastDeliveries>> extends Map<string, infer D> ? D : never;

function shown(row: ChannelRow, last: Last | undefined): Channel {
  return {
    id: row.id,
    kind: row.kind,
    kindLabel: channelKindOf(row.kind)?.label ?? row.kind,
    name: row.name,
    events: row.events.flatMap((event) => NotifiedEvent.safeParse(event).data ?? []),
    locale: localeOf(row),
    enabled: row.enabled,
    settings: { ...Object(row.settings) },
    createdAt: row.createdAt.toISOString(),
    last: last
      ? {
          at: (last.sentAt ?? last.createdAt).toISOString(),
          state: STATES.find((state) => state === last.state) ?? "due",
          attempts: last.attempts,
          error: last.lastError,
        }
      : null,
  };
}

const STATES = ["due", "sent", "failed"] as const;

function fields(schema: z.ZodType) {
  return formFields(schema).map((field) => ({ ...field, options: [...field.options] }));
}
