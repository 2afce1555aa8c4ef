import { AppError } from "../../../shared/errors";
import type { ModelMap } from "../../model";
import { encode } from "../../stream/bytes";
import { diagnoseAnthropic } from "../anthropic-diagnosis";
import { withBodyFields } from "../body-fields";
import { messageOf } from "../diagnose";
import { diagnoseGoogle } from "../google-diagnosis";
import { defineProvider, type FailedAnswer, type SendFacts } from "../provider";
import {
  VertexSecret,
  VertexSettings,
  vertexAddress,
  vertexHeaders,
  vertexRenewal,
} from "../vertex-account";

/** The only version that there is. */
const VERSION = { anthropic_version: "vertex-2023-10-16" };
const PROBE_MODEL = "claude-haiku-4-5@20251001";

/** Dates stand behind an @ here. */
const MODELS: ModelMap = {
  entries: [
    { from: "claude-opus-5-5*", to: "claude-opus-5-5" },
    { from: "claude-opus-4-6*", to: "claude-opus-4-6" },
    { from: "claude-opus-4-5*", to: "claude-opus-4-5@20251101" },
    { from: "claude-opus-4-1*", to: "claude-opus-4-1@20250805" },
    { from: "claude-sonnet-4-6*", to: "claude-sonnet-4-6" },
    { from: "claude-sonnet-4-5*", to: "claude-sonnet-4-5@20250929" },
    { from: "claude-haiku-4-5*", to: PROBE_MODEL },
    { from: "opus", to: "claude-opus-5-5" },
    { from: "sonnet", to: "claude-sonnet-4-6" },
    { from: "haiku", to: PROBE_MODEL },
  ],
};

/**
 * Claude's models on Vertex AI, by a service account.
 * @see https://docs.claude.com/en/api/claude-on-vertex-ai
 */
export const vertexClaude = defineProvider({
  id: "vertex-claude",
  label: "Vertex AI (Claude)",
  protocol: "anthropic",
  counts: false,
  settings: VertexSettings,
  secret: VertexSecret,
  urlSettings: ["baseUrl", "tokenUrl"],
  defaultModelMap: MODELS,
  renewal: vertexRenewal,
  address(settings, secret) {
    const urlOf = vertexAddress(settings, secret(), "anthropic");
    return (send) => urlOf(verbOf(send), send);
  },
  headers: vertexHeaders,
  wire: () => ({ body: (body) => withBodyFields(body, VERSION, ["model"]) }),
  diagnose,
  probe: (_, map) => {
    const model = map.entries.find(({ from }) => from.includes("haiku"))?.to ?? PROBE_MODEL;
    const messages = [{ role: "user", content: "Say OK." }];
    return { model, body: encode(JSON.stringify({ max_tokens: 16, messages })), path: "generate" };
  },
});

function verbOf({ facts }: SendFacts): string {
  return facts.stream ? "streamRawPredict" : "rawPredict";
}

/** Answers are Anthropic's where its models were reached, and Google's before that. */
function diagnose(answer: FailedAnswer): AppError {
  if (/"type"\s*:\s*"error"/.test(answer.body)) return diagnoseAnthropic(answer);
  if (answer.status === 404) {
    const message = messageOf(answer.body) ?? `Vertex AI does not offer ${answer.model} here.`;
    return new AppError("upstream_lacks_model", message);
  }
  return diagnoseGoogle(answer);
}
