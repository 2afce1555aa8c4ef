import { z } from "zod";
import type { ChannelRow } from "../../db/notifications";
import { AppError } from "../../shared/errors";
import { refusal } from "../accounts/account-form";
import type { Context } from "../context";
import type { ChannelKind, Message } from "./kinds/kind";
import { channelKindOf } from "./kinds/registry";

type Values = Readonly<Record<string, unknown>>;

/** The kind of that id. Throws `invalid_request`. */
export function demandChannelKind(id: string): ChannelKind {
  const kind = channelKindOf(id);
  if (kind) return kind;
  throw refusal({ kind: "There is no such kind of channel." });
}

/** Values that fit a part of a kind's form. Throws `invalid_request` with a sentence per wrong field. */
export function parseChannelPart(
  kind: ChannelKind,
  part: "settings" | "secret",
  values: Values,
): Record<string, unknown> {
  const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  const schema: z.ZodType = kind[part];
  const parsed = schema.safeParse(filled);
  if (parsed.success) return { ...Object(parsed.data) };
  const issues = parsed.error.issues.map(({ path, message }) => [
    [part, ...path].join("."),
    message,
  ]);
  throw refusal(Object.fromEntries(issues));
}

const SAMPLE: Message = {
  id: "evt_sample",
  type: "account.stopped",
  atMs: 0,
  title: "",
  text: "",
  url: "",
  account: { id: "", name: "", kind: "" },
};

/** The address that messages would go to passes the outbound guard, or `invalid_request` says why not. */
export async function checkChannelAddress(
  ctx: Context,
  kind: ChannelKind,
  settings: Values,
  secret: unknown,
): Promise<void> {
  try {
    const order = kind.order(settings, secret, SAMPLE, ctx.clock.nowMs());
    // A mail server is judged by its host and port alone, as every place is.
    const { host, port } = "mail" in order ? order.server : { host: "", port: 0 };
    const origin = "mail" in order ? `https://${host}:${port}` : new URL(order.url).origin;
    await ctx.outbound.check(origin);
  } catch (thrown) {
    if (thrown instanceof z.ZodError) {
      throw refusal({ "settings.to": "Addresses, separated by commas." }, thrown);
    }
    if (!(thrown instanceof AppError)) throw thrown;
    throw refusal({ address: thrown.message }, thrown);
  }
}

/** What the audit log says about a channel: nothing sealed. */
export function auditedChannel({ sealed: _, ...row }: ChannelRow): Record<string, unknown> {
  return row;
}
