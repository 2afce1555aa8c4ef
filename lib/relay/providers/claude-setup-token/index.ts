import { z } from "zod";
import { anthropicAddress } from "../anthropic-address";
import { bearerHeaders } from "../anthropic-bearer";
import { diagnoseAnthropic } from "../anthropic-diagnosis";
import { CLAUDE_SIGN_IN, claudeAuthorizeUrl, claudeTokensFor } from "../anthropic-sign-in";
import { anthropicWindows } from "../anthropic-windows";
import { headerSecret } from "../fields";
import { defineProvider } from "../provider";
import type { SignIn } from "../sign-in";

const Settings = z.object(CLAUDE_SIGN_IN);
const Secret = z.object({
  accessToken: headerSecret("Setup token", "What `claude setup-token` prints: sk-ant-oat01-…"),
  expiresAtMs: z.number().nullable().optional().meta({ hidden: true }),
});
const YEAR_SECONDS = 31_536_000;

const signIn: SignIn<z.output<typeof Settings>, z.output<typeof Secret>> = {
  async begin(settings, seeds) {
    return { kind: "paste", url: claudeAuthorizeUrl(settings, seeds, ["user:inference"]) };
  },
  async finish(settings, seeds, pasted, ask, nowMs) {
    const extra = { expires_in: String(YEAR_SECONDS) };
    const { accessToken, expiresAtMs } = await claudeTokensFor(settings, seeds, pasted, ask, {
      nowMs,
      extra,
    });
    return { secret: { accessToken, expiresAtMs }, expiresAtMs: null };
  },
};

/**
 * A claude.ai subscription by the token of a year that `claude setup-token` makes. Nothing renews it; it
 * takes requests of Claude Code only, as they are.
 */
export const claudeSetupToken = defineProvider({
  id: "claude-setup-token",
  label: "Claude setup token",
  protocol: "anthropic",
  settings: Settings,
  secret: Secret,
  urlSettings: ["baseUrl", "tokenUrl"],
  onlyClients: ["claude-code"],
  signIn,
  address({ baseUrl }) {
    const send = anthropicAddress(baseUrl);
    return (facts) => send(facts.action === "probe" ? { ...facts, action: "count" } : facts);
  },
  headers: ({ accessToken }) => bearerHeaders(accessToken),
  diagnose: diagnoseAnthropic,
  windows: anthropicWindows,
  // The token may not read the account's usage; counting tokens costs nothing and asks no model.
  probe: (_, map) => {
    const model = map.entries[0]?.to ?? "claude-haiku-4-5";
    const call = { model, messages: [{ role: "user", content: "OK" }] };
    return { model, body: new TextEncoder().encode(JSON.stringify(call)), path: "generate" };
  },
});
