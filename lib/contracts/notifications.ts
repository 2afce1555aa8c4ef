import { z } from "zod";
import { FormField } from "./accounts";
import { Moment, Name } from "./common";

/** What a channel can be told about. */
export const NotifiedEvent = z.enum([
  "stopped",
  "limited",
  "cooling",
  "renewal-failed",
  "recovered",
]);
export type NotifiedEvent = z.output<typeof NotifiedEvent>;

const Values = z.record(z.string().max(100), z.string().max(4_000));
const ChannelFields = {
  name: Name,
  events: z.array(NotifiedEvent).max(NotifiedEvent.options.length),
  /** Of the messages. */
  locale: z.enum(["en", "zh"]),
  enabled: z.boolean(),
  settings: Values,
};

/** `settings` and `secret` are checked against the kind's own schemas. */
export const CreateChannelBody = z.strictObject({
  kind: z.string().max(100),
  ...ChannelFields,
  enabled: z.boolean().default(true),
  secret: Values,
});
export type CreateChannelBody = z.input<typeof CreateChannelBody>;

/** An absent `secret` keeps the stored one. */
export const UpdateChannelBody = z.strictObject({ ...ChannelFields, secret: Values }).partial();
export type UpdateChannelBody = z.input<typeof UpdateChannelBody>;

/** A kind of channel with its form. */
export const ChannelKind = z.object({
  id: z.string(),
  label: z.string(),
  settings: z.array(FormField),
  secret: z.array(FormField),
});
export type ChannelKind = z.output<typeof ChannelKind>;

export const Channel = z.object({
  id: z.string(),
  kind: z.string(),
  kindLabel: z.string(),
  name: z.string(),
  events: z.array(NotifiedEvent),
  locale: z.enum(["en", "zh"]),
  enabled: z.boolean(),
  settings: z.record(z.string(), z.unknown()),
  createdAt: Moment,
  /** The newest message that was to be sent; null when there was none. */
  last: z
    .object({
      at: Moment,
      state: z.enum(["due", "sent", "failed"]),
      attempts: z.number(),
      error: z.string(),
    })
    .nullable(),
});
export type Channel = z.output<typeof Channel>;

export const ChannelList = z.object({ channels: z.array(Channel), kinds: z.array(ChannelKind) });
export type ChannelList = z.output<typeof ChannelList>;

/** How a test message went. */
export const ChannelTest = z.object({
  ok: z.boolean(),
  status: z.number().nullable(),
  detail: z.string(),
});
export type ChannelTest = z.output<typeof ChannelTest>;
