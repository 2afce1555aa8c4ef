import { anthropicAddress } from "../anthropic-address";
import { bearerHeaders } from "../anthropic-bearer";
import { diagnoseAnthropic } from "../anthropic-diagnosis";
import { anthropicWindows } from "../anthropic-windows";
import { tokenSecret } from "../granted-secret";
import { defineProvider } from "../provider";
import { sharedUrl } from "../shared-url";
import { renewal } from "./renew";
import { Settings, signIn } from "./sign-in";

/**
 * A subscription of claude.ai. Anthropic keeps it for its own programs: it takes requests of Claude Code
 * only, as they are.
 */
export const claudeOauth = defineProvider({
  id: "claude-oauth",
  label: "Claude subscription",
  protocol: "anthropic",
  settings: Settings,
  secret: tokenSecret({
    refreshToken: "Begins with sk-ant-ort01-.",
    accessToken: "Begins with sk-ant-oat01-. Renewed by the portal where there is a refresh token.",
  }),
  urlSettings: ["baseUrl", "tokenUrl"],
  onlyClients: ["claude-code"],
  signIn,
  renewal,
  address({ baseUrl }) {
    const send = anthropicAddress(baseUrl);
    const usage = sharedUrl(new URL("/api/oauth/usage", baseUrl).toString());
    return (facts) => (facts.action === "probe" ? usage : send(facts));
  },
  headers: ({ accessToken }) => bearerHeaders(accessToken ?? ""),
  diagnose: diagnoseAnthropic,
  windows: anthropicWindows,
  // Asking how much is used shows whether the token serves, and is no request of another program's.
  probe: () => ({ model: "", body: null, path: "generate" }),
});
