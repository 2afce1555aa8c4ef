import { createHmac } from "node:crypto";
import { z } from "zod";
import { codeIn, NO_SETTINGS, serviceUrl, token, webhookUrl } from "./fields";
import { defineChannelKind, plainText } from "./kind";

/** @see https://api.slack.com/messaging/webhooks */
export const slack = defineChannelKind({
  id: "slack",
  label: "Slack",
  settings: NO_SETTINGS,
  secret: z.object({
    url: webhookUrl("Of an incoming webhook: https://hooks.slack.com/services/…"),
  }),
  request: (_, { url }, message) => ({ url, body: JSON.stringify({ text: plainText(message) }) }),
});

const DISCORD_LENGTH = 2_000;

/** @see https://discord.com/developers/docs/resources/webhook#execute-webhook */
export const discord = defineChannelKind({
  id: "discord",
  label: "Discord",
  settings: NO_SETTINGS,
  secret: z.object({ url: webhookUrl("Of a channel: https://discord.com/api/webhooks/…") }),
  request: (_, { url }, message) => ({
    url,
    // Names of accounts must not call everybody.
    body: JSON.stringify({
      content: plainText(message).slice(0, DISCORD_LENGTH),
      allowed_mentions: { parse: [] },
    }),
  }),
});

/** @see https://core.telegram.org/bots/api#sendmessage */
export const telegram = defineChannelKind({
  id: "telegram",
  label: "Telegram",
  settings: z.object({
    chatId: z
      .string()
      .regex(/^(-?\d{1,20}|@\w{1,64})$/, "A number, or @name of a channel.")
      .meta({ label: "Chat id", help: "A number, or @name of a channel." }),
    apiUrl: serviceUrl("https://api.telegram.org"),
  }),
  secret: z.object({ botToken: token("Bot token", "As @BotFather gives it.") }),
  request: ({ chatId, apiUrl }, { botToken }, message) => ({
    url: `${apiUrl.replace(/\/+$/, "")}/bot${botToken}/sendMessage`,
    body: JSON.stringify({ chat_id: chatId, text: plainText(message) }),
  }),
  accepted: (body) => z.object({ ok: z.literal(true) }).safeParse(body).success,
});

/** @see https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot */
export const feishu = defineChannelKind({
  id: "feishu",
  label: "Feishu",
  settings: NO_SETTINGS,
  secret: z.object({
    url: webhookUrl("Of a custom bot: https://open.feishu.cn/open-apis/bot/v2/hook/…"),
    sign: token("Signing secret", "Where the bot checks signatures.").optional(),
  }),
  request(_, { url, sign }, message, nowMs) {
    const timestamp = String(Math.floor(nowMs / 1000));
    const signed = sign && {
      timestamp,
      sign: createHmac("sha256", `${timestamp}\n${sign}`).digest("base64"),
    };
    const content = { text: plainText(message) };
    return { url, body: JSON.stringify({ ...signed, msg_type: "text", content }) };
  },
  accepted: (body) => (codeIn(body, "code") ?? codeIn(body, "StatusCode")) === 0,
});

/** @see https://open.dingtalk.com/document/robots/customize-robot-security-settings */
export const dingtalk = defineChannelKind({
  id: "dingtalk",
  label: "DingTalk",
  settings: NO_SETTINGS,
  secret: z.object({
    url: webhookUrl("Of a custom bot: https://oapi.dingtalk.com/robot/send?access_token=…"),
    sign: token("Signing secret", "SEC…, where the bot checks signatures.").optional(),
  }),
  request(_, { url, sign }, message, nowMs) {
    const signed = new URL(url);
    if (sign) {
      const signature = createHmac("sha256", sign).update(`${nowMs}\n${sign}`).digest("base64");
      signed.searchParams.set("timestamp", String(nowMs));
      signed.searchParams.set("sign", signature);
    }
    const text = { content: plainText(message) };
    return { url: signed.toString(), body: JSON.stringify({ msgtype: "text", text }) };
  },
  accepted: (body) => codeIn(body, "errcode") === 0,
});

/** @see https://developer.work.weixin.qq.com/document/path/91770 */
export const wecom = defineChannelKind({
  id: "wecom",
  label: "WeCom",
  settings: NO_SETTINGS,
  secret: z.object({
    url: webhookUrl("Of a group bot: https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…"),
  }),
  request: (_, { url }, message) => ({
    url,
    body: JSON.stringify({ msgtype: "text", text: { content: plainText(message) } }),
  }),
  accepted: (body) => codeIn(body, "errcode") === 0,
});

/** @see https://bark.day.app/#/en-us/tutorial */
export const bark = defineChannelKind({
  id: "bark",
  label: "Bark",
  settings: z.object({ serverUrl: serviceUrl("https://api.day.app") }),
  secret: z.object({ deviceKey: token("Device key", "As the app shows it.") }),
  request: ({ serverUrl }, { deviceKey }, { title, text, url }) => ({
    url: `${serverUrl.replace(/\/+$/, "")}/push`,
    body: JSON.stringify({ device_key: deviceKey, title, body: text, url }),
  }),
  accepted: (body) => codeIn(body, "code") === 200,
});
