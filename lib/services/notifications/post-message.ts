import { AppError } from "../../shared/errors";
import { askThrough } from "../accounts/ask";
import type { Outbound, SealedPlace, Vault } from "../context";
import type { ChannelKind, Message } from "./kinds/kind";

const MAX_ANSWER_BYTES = 16 * 1024;
const SHOWN = 200;

/** Where a channel's secret is sealed for. */
export function channelSecretPlace(id: string): SealedPlace {
  return { table: "notification_channel", column: "sealed", row: id };
}

/** A channel's secret as an object. Throws when it cannot be read. */
export function openChannelSecret(vault: Vault, id: string, sealed: string | null): unknown {
  return JSON.parse(vault.open(channelSecretPlace(id), sealed ?? ""));
}

export interface Outcome {
  ok: boolean;
  status: number | null;
  /** The beginning of what was answered, or the failure; secrets are blanked. */
  detail: string;
}

/** Sends a message through a channel. Never throws for what the other side does. */
export async function postMessage(
  outbound: Outbound,
  kind: ChannelKind,
  { id, settings, secret }: { id: string; settings: unknown; secret: unknown },
  message: Message,
  nowMs: number,
): Promise<Outcome> {
  const ask = askThrough(outbound.dispatch, id, { maxBytes: MAX_ANSWER_BYTES });
  try {
    const order = kind.order(settings, secret, message, nowMs);
    if ("mail" in order) {
      await outbound.sendMail(order.server, order.mail);
      return { ok: true, status: null, detail: "" };
    }
    const { url, headers, body } = order;
    const answer = await ask({
      method: "POST",
      url,
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    const taken = answer.status >= 200 && answer.status < 300 && kind.accepted(json(answer.body));
    return { ok: taken, status: answer.status, detail: blanked(answer.body, secret) };
  } catch (thrown) {
    const words =
      thrown instanceof AppError ? thrown.message : "The channel's settings do not fit.";
    return { ok: false, status: null, detail: blanked(words, secret) };
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function blanked(text: string, secret: unknown): string {
  const values = Object.values(Object(secret)).filter((value) => typeof value === "string");
  return values.reduce((all, value) => all.replaceAll(value, "•••"), text).slice(0, SHOWN);
}
