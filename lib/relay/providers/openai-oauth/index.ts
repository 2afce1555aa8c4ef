import { z } from "zod";
import { AppError } from "../../../shared/errors";
import { tokenSecret } from "../granted-secret";
import { jsonOf } from "../oauth";
import { diagnoseOpenai } from "../openai-diagnosis";
import { defineProvider, type FailedAnswer } from "../provider";
import { sharedUrl } from "../shared-url";
import { renewal } from "./renew";
import { Settings, signIn } from "./sign-in";
import { codexWindows } from "./windows";

/**
 * A ChatGPT subscription. OpenAI keeps its backend for Codex: it takes requests of Codex only, as they are.
 */
export const openaiOauth = defineProvider({
  id: "openai-oauth",
  label: "ChatGPT subscription (Codex)",
  protocol: "openai-responses",
  also: ["openai-compact"],
  counts: false,
  settings: Settings,
  secret: tokenSecret({
    refreshToken: "tokens.refresh_token of Codex' auth.json.",
    accessToken: "Renewed by the portal where there is a refresh token.",
  }),
  urlSettings: ["baseUrl", "tokenUrl"],
  onlyClients: ["codex"],
  signIn,
  renewal,
  address({ baseUrl }) {
    const root = baseUrl.replace(/\/+$/, "");
    const responses = sharedUrl(`${root}/codex/responses`);
    const compact = sharedUrl(`${root}/codex/responses/compact`);
    const usage = sharedUrl(`${root}/wham/usage`);
    return ({ action, protocol }) => {
      if (action === "probe") return usage;
      return protocol === "openai-compact" ? compact : responses;
    };
  },
  headers({ accessToken }, { chatgptAccountId }) {
    const own = {
      authorization: `Bearer ${accessToken ?? ""}`,
      ...(chatgptAccountId && { "chatgpt-account-id": chatgptAccountId }),
    };
    return () => own;
  },
  diagnose,
  windows: codexWindows,
  // Asking how much is used shows whether the token serves, and is no request of another program's.
  probe: () => ({ model: "", body: null, path: "generate" }),
});

const Limited = z.object({
  error: z.object({
    type: z.string().optional(),
    resets_in_seconds: z.number().optional(),
    resets_at: z.number().optional(),
  }),
});
const UNSTATED_RESET_SECONDS = 3_600;

/** The subscription's windows hold for all models; their reset lies in the body. */
function diagnose(answer: FailedAnswer): AppError {
  if (answer.status !== 429) return diagnoseOpenai(answer);
  const stated = Limited.safeParse(jsonOf(answer.body)).data?.error;
  const message = "The subscription's usage limit is reached.";
  if (stated?.resets_at) {
    return new AppError("upstream_limited", message, {
      family: null,
      resetAtMs: stated.resets_at * 1_000,
    });
  }
  const retryAfterSeconds = stated?.resets_in_seconds ?? UNSTATED_RESET_SECONDS;
  return new AppError("upstream_limited", message, { family: null, retryAfterSeconds });
}
