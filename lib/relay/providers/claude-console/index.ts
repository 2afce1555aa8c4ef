import { z } from "zod";
import { AppError, type FailureDetail } from "../../../shared/errors";
import { familyOf } from "../../families";
import { encode } from "../../stream/bytes";
import { diagnoseByStatus } from "../diagnose";
import { baseUrl, headerSecret } from "../fields";
import { defineProvider, type FailedAnswer } from "../provider";
import { sharedUrl } from "../shared-url";

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
  address({ baseUrl: base }) {
    const messages = inBothForms(messagesUrl(base));
    const count = inBothForms(`${messagesUrl(base)}/count_tokens`);
    return ({ action, query }) => {
      const { plain, beta } = action === "count" ? count : messages;
      return query.get("beta") === "true" ? beta : plain;
    };
  },
  headers({ apiKey }) {
    const own: Record<string, string> = apiKey.startsWith("sk-ant-")
      ? { "x-api-key": apiKey }
      : { authorization: `Bearer ${apiKey}` };
    const versioned = { ...own, "anthropic-version": DEFAULT_VERSION };
    return ({ forwarded }) => (forwarded["anthropic-version"] ? own : versioned);
  },
  diagnose(answer) {
    // Anthropic answers 400, not 402, when a prepaid account is empty.
    if (answer.status === 400 && answer.body.includes("credit balance is too low")) {
      const message = "The upstream account has no credit left.";
      return new AppError("upstream_limited", message, { family: null });
    }
    return diagnoseByStatus(answer, answer.status === 429 ? quota(answer) : {});
  },
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

/** Claude Code asks for the beta form of the API by this query; nothing else of one travels. */
function inBothForms(url: string) {
  return { plain: sharedUrl(url), beta: sharedUrl(`${url}?beta=true`) };
}

function messagesUrl(base: string): string {
  const trimmed = base.replace(/\/+$/, "");
  if (trimmed.endsWith("/v1/messages")) return trimmed;
  return trimmed.endsWith("/v1") ? `${trimmed}/messages` : `${trimmed}/v1/messages`;
}

/** Claims of the unified windows that close the whole account and not one class of models. */
const WHOLE_ACCOUNT = new Set(["five_hour", "seven_day"]);

/**
 * Anthropic counts by class of model; only the unified five-hour and seven-day windows hold for all.
 * @see https://docs.anthropic.com/en/api/rate-limits
 */
function quota({ headers, model }: FailedAnswer): FailureDetail {
  const claim = headers["anthropic-ratelimit-unified-representative-claim"] ?? "";
  const family = WHOLE_ACCOUNT.has(claim)
    ? null
    : familyOf(claim.replace("seven_day_", "") || model);
  const resetAtMs = resetOf(headers);
  return resetAtMs === null ? { family } : { family, resetAtMs };
}

const RESET_HEADERS = ["requests", "tokens", "input-tokens", "output-tokens"].map((kind) => ({
  remaining: `anthropic-ratelimit-${kind}-remaining`,
  reset: `anthropic-ratelimit-${kind}-reset`,
}));

function resetOf(headers: FailedAnswer["headers"]): number | null {
  const unified = Number(headers["anthropic-ratelimit-unified-reset"]);
  if (unified > 0) return unified * 1000;
  const resets = RESET_HEADERS.filter(({ remaining }) => headers[remaining] === "0")
    .map(({ reset }) => Date.parse(headers[reset] ?? ""))
    .filter((resetMs) => !Number.isNaN(resetMs));
  return resets.length > 0 ? Math.max(...resets) : null;
}
