import { expect, it } from "vitest";
import type { ChannelKind } from "@/lib/contracts/notifications";
import { fromChannel, typedParts } from "./channel-values";

const field = (name: string, fallback: string | null = null) => ({
  name,
  label: name,
  help: null,
  kind: "text" as const,
  required: true,
  default: fallback,
  options: [],
  advanced: false,
});
const KIND: ChannelKind = {
  id: "webhook",
  label: "Webhook",
  settings: [field("apiUrl", "https://api.example.org")],
  secret: [field("url"), field("signingSecret")],
};

it("gives a new channel a signing secret of its own, and never shows a stored one", () => {
  const one = fromChannel(KIND, null, "zh");
  expect(one.secret.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(one.secret.signingSecret).not.toBe(fromChannel(KIND, null, "zh").secret.signingSecret);
  expect(one).toMatchObject({ locale: "zh", settings: { apiUrl: "https://api.example.org" } });
  const stored = fromChannel(
    KIND,
    {
      id: "chn_1",
      kind: "webhook",
      kindLabel: "Webhook",
      name: "On call",
      events: ["stopped"],
      locale: "en",
      enabled: true,
      settings: {},
      createdAt: "2026-11-24T00:00:00Z",
      last: null,
    },
    "zh",
  );
  expect(stored.secret).toEqual({ url: "", signingSecret: "" });
  expect(typedParts(stored).secret).toBeNull();
});

it("sends what was typed, without blanks", () => {
  const values = fromChannel(KIND, null, "en");
  const secret = { url: " https://x.example ", signingSecret: "" };
  expect(typedParts({ ...values, secret })).toEqual({
    settings: { apiUrl: "https://api.example.org" },
    secret: { url: "https://x.example" },
  });
});
