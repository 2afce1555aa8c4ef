import { z } from "zod";
import type { ProtocolId } from "../../model";
import { encode } from "../../stream/bytes";
import { diagnoseByStatus } from "../diagnose";
import { headerSecret } from "../fields";
import { defineProvider } from "../provider";
import { sharedUrl } from "../shared-url";
import { renewal } from "./renew";
import { Settings, signIn } from "./sign-in";

const Secret = z
  .object({
    apiKey: headerSecret("Factory API key", "Begins with fk-. Instead of a sign-in.").optional(),
    refreshToken: headerSecret("Refresh token", "Of a sign-in made elsewhere.").optional(),
    accessToken: z.string().optional().meta({ hidden: true }),
    expiresAtMs: z.number().nullable().optional().meta({ hidden: true }),
  })
  .refine(({ apiKey, accessToken, refreshToken }) => apiKey || accessToken || refreshToken, {
    message: "A key, or a refresh token.",
    path: ["apiKey"],
  });

const PATHS: Partial<Record<ProtocolId, string>> = {
  anthropic: "/a/v1/messages",
  "openai-responses": "/o/v1/responses",
  "openai-chat": "/o/v1/chat/completions",
};
const PROBE_MODEL = "claude-haiku-4-5-20251001";

/** An account at Factory, for its own program Droid: its requests are passed on as they are. */
export const droid = defineProvider({
  id: "droid",
  label: "Factory Droid",
  protocol: "anthropic",
  also: ["openai-responses", "openai-chat"],
  counts: false,
  settings: Settings,
  secret: Secret,
  urlSettings: ["baseUrl", "deviceUrl", "tokenUrl"],
  onlyClients: ["droid"],
  signIn,
  renewal,
  address({ baseUrl }) {
    const root = baseUrl.replace(/\/+$/, "");
    return ({ protocol }) => sharedUrl(`${root}${PATHS[protocol] ?? PATHS.anthropic}`);
  },
  headers({ apiKey, accessToken }) {
    const own = { authorization: `Bearer ${apiKey ?? accessToken ?? ""}` };
    // Droid states its version itself; the portal's own test call does not.
    const versioned = { ...own, "anthropic-version": "2023-06-01" };
    return ({ protocol, forwarded }) =>
      protocol === "anthropic" && !forwarded["anthropic-version"] ? versioned : own;
  },
  diagnose: (answer) => diagnoseByStatus(answer),
  probe: (_, map) => {
    const model = map.entries[0]?.to ?? PROBE_MODEL;
    const messages = [{ role: "user", content: "Say OK." }];
    const call = { model, max_tokens: 16, messages };
    return { model, body: encode(JSON.stringify(call)), path: "generate" };
  },
});
