import { bark, dingtalk, discord, feishu, slack, telegram, wecom } from "./chat";
import { email } from "./email";
import type { ChannelKind } from "./kind";
import { webhook } from "./webhook";

/** Every kind of channel: one line each. */
export const CHANNEL_KINDS: readonly ChannelKind[] = [
  email,
  webhook,
  slack,
  discord,
  telegram,
  feishu,
  dingtalk,
  wecom,
  bark,
];

/** The kind of that id; null when this version of the portal does not know it. */
export function channelKindOf(id: string): ChannelKind | null {
  return CHANNEL_KINDS.find((kind) => kind.id === id) ?? null;
}
