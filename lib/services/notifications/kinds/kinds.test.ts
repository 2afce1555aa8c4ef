import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import type { Message } from "./kind";
import { CHANNEL_KINDS, channelKindOf } from "./registry";

const NOW = 1_700_000_000_123;
const MESSAGE: Message = {
  id: "evt_1",
  type: "account.stopped",
  atMs: NOW - 1_000,
  title: "Claude has stopped",
  text: "Invalid key.",
  url: "https://portal.example/admin/accounts/acc_1",
  account: { id: "acc_1", name: "Claude", kind: "Claude Console" },
};
const SIGNING = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
const HOOK = "https://hooks.example.com/T0/B0/secret-part";

const FILLED: Readonly<Record<string, { settings?: object; secret: object }>> = {
  email: {
    settings: { host: "smtp.example.org", from: "portal@example.org", to: "a@x.org, b@x.org" },
    secret: {},
  },
  webhook: { secret: { url: HOOK, signingSecret: SIGNING } },
  slack: { secret: { url: HOOK } },
  discord: { secret: { url: HOOK } },
  telegram: { settings: { chatId: "-100123" }, secret: { botToken: "123:abc" } },
  feishu: { secret: { url: HOOK, sign: "feishu-secret" } },
  dingtalk: { secret: { url: `${HOOK}?access_token=t`, sign: "SECding" } },
  wecom: { secret: { url: HOOK } },
  bark: { secret: { deviceKey: "device-key" } },
};
const postingOf = (id: string) => {
  const { settings = {}, secret } = FILLED[id] ?? { secret: {} };
  const order = channelKindOf(id)?.order(settings, secret, MESSAGE, NOW);
  if (!order || "mail" in order) throw new Error(`${id} posts nothing`);
  return { ...order, json: JSON.parse(order.body) };
};

it("carries headline, reason and the way to the account in every kind", () => {
  expect(CHANNEL_KINDS.map(({ id }) => id)).toEqual(Object.keys(FILLED));
  for (const { id, order } of CHANNEL_KINDS) {
    const { settings = {}, secret } = FILLED[id] ?? { secret: {} };
    const made = order(settings, secret, MESSAGE, NOW);
    const body = "mail" in made ? `${made.mail.subject} ${made.mail.text}` : made.body;
    for (const words of ["Claude has stopped", "Invalid key.", "/admin/accounts/acc_1"]) {
      expect(body, id).toContain(words);
    }
  }
});

it("sends a mail to each address, the same one when it is sent again", () => {
  const { settings, secret } = FILLED.email ?? { secret: {} };
  const made = channelKindOf("email")?.order(settings, secret, MESSAGE, NOW);
  expect(made).toMatchObject({
    server: { host: "smtp.example.org", port: 465 },
    mail: { to: ["a@x.org", "b@x.org"], messageId: "<evt_1@smtp.example.org>" },
  });
});

it("signs a webhook as its standard says", () => {
  const { headers = {}, body, json } = postingOf("webhook");
  const key = Buffer.from(SIGNING.slice("whsec_".length), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const signature = createHmac("sha256", key).update(signed).digest("base64");
  expect(headers).toEqual({
    "webhook-id": "evt_1",
    "webhook-timestamp": "1700000000",
    "webhook-signature": `v1,${signature}`,
  });
  expect(json).toMatchObject({ type: "account.stopped", data: { account: { id: "acc_1" } } });
});

it("signs for Feishu and DingTalk by their own rules", () => {
  const feishu = postingOf("feishu").json;
  expect(feishu.timestamp).toBe("1700000000");
  expect(feishu.sign).toBe(
    createHmac("sha256", "1700000000\nfeishu-secret").update("").digest("base64"),
  );
  const { searchParams } = new URL(postingOf("dingtalk").url);
  expect(searchParams.get("access_token")).toBe("t");
  expect(searchParams.get("timestamp")).toBe(String(NOW));
  expect(searchParams.get("sign")).toBe(
    createHmac("sha256", "SECding").update(`${NOW}\nSECding`).digest("base64"),
  );
});

it("keeps tokens out of what is posted, and lets no name call a whole channel", () => {
  expect(postingOf("telegram").url).toBe("https://api.telegram.org/bot123:abc/sendMessage");
  expect(postingOf("telegram").body).not.toContain("123:abc");
  expect(postingOf("discord").json.allowed_mentions).toEqual({ parse: [] });
});

it("knows an answer 200 that is a failure", () => {
  const accepted = (id: string, body: unknown) => channelKindOf(id)?.accepted(body);
  expect(accepted("feishu", { code: 0 })).toBe(true);
  expect(accepted("feishu", { StatusCode: 0, StatusMessage: "success" })).toBe(true);
  expect(accepted("feishu", { code: 19021, msg: "sign match fail" })).toBe(false);
  expect(accepted("dingtalk", { errcode: 310000 })).toBe(false);
  expect(accepted("wecom", { errcode: 0, errmsg: "ok" })).toBe(true);
  expect(accepted("telegram", { ok: false })).toBe(false);
  expect(accepted("bark", { code: 200, message: "success" })).toBe(true);
  expect(accepted("bark", null)).toBe(false);
  expect(accepted("slack", null)).toBe(true);
});
