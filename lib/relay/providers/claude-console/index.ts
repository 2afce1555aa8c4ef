import { z } from "zod";
import { encode } from "../../stream/bytes";
import { anthropicAddress } from "../anthropic-address";
import { diagnoseAnthropic } from "../anthropic-diagnosis";
import { anthropicWindows } from "../anthropic-windows";
import { baseUrl, headerSecret } from "../fields";
import { defineProvider } from "../provider";

const DEFAULT_VERSION = "2023-06-01";
const PROBE_MODEL = "claude-haiku-4-5";

/** Anything that speaks the Messages API: Anthropic itself, claude-code-router, another relay. */
export const claudeConsole = defineProvider({
  id: "claude-console",
  label: "Claude Console",
  protocol: "anthropic",
  settings: z.object({
    baseUrl: baseUrl(
      "API address",
      "Where /v1/messages is added, unless the address ends in it already.",
    ).default("https://api.anthropic.com"),
  }),
  secret: z.object({
    apiKey: headerSecret(
      "API key",
      "Keys that begin with sk-ant- are sent as x-api-key, any other as a bearer token.",
    ),
  }),
  urlSettings: ["baseUrl"],
  address: ({ baseUrl: base }) => anthropicAddress(base),
  headers({ apiKey }) {
    const own: Record<string, string> = apiKey.startsWith("sk-ant-")
      ? { "x-api-key": apiKey }
      : { authorization: `Bearer ${apiKey}` };
    const versioned = { ...own, "anthropic-version": DEFAULT_VERSION };
    return ({ forwarded }) => (forwarded["anthropic-version"] ? own : versioned);
  },
  diagnose: diagnoseAnthropic,
  windows: anthropicWindows,
  probe: (_, map) => {
    const model = map.entries[0]?.to ?? PROBE_MODEL;
    const messages = [{ role: "user", content: "Say OK." }];
    return {
      model,
      body: encode(JSON.stringify({ model, max_tokens: 16, messages })),
      path: "generate",
    };
  },
});
