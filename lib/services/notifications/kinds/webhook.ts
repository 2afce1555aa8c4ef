import { createHmac } from "node:crypto";
import { z } from "zod";
import { webhookUrl } from "./fields";
import { defineChannelKind } from "./kind";

const PREFIX = "whsec_";

/**
 * A signed POST to an address of the admin's own.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const webhook = defineChannelKind({
  id: "webhook",
  label: "Webhook",
  settings: z.object({}),
  secret: z.object({
    url: webhookUrl("Gets a signed POST with the event as JSON."),
    signingSecret: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "whsec_ and 24 to 64 bytes in base64.")
      .meta({
        label: "Signing secret",
        help: "Of the form whsec_…: the receiver checks webhook-signature with it.",
        kind: "secret",
      }),
  }),
  request(_, { url, signingSecret }, { id, type, atMs, title, text, url: page, account }, nowMs) {
    const timestamp = String(Math.floor(nowMs / 1000));
    const data = { title, text, url: page, account };
    const body = JSON.stringify({ type, timestamp: new Date(atMs).toISOString(), data });
    const key = Buffer.from(signingSecret.slice(PREFIX.length), "base64");
    const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`);
    return {
      url,
      body,
      headers: {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature.digest("base64")}`,
      },
    };
  },
});
