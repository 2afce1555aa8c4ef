import { z } from "zod";
import { encode } from "../../stream/bytes";
import { baseUrl, headerSecret } from "../fields";
import { openaiPath, openaiRoot } from "../openai-address";
import { diagnoseOpenai } from "../openai-diagnosis";
import { defineProvider } from "../provider";
import { sharedUrl } from "../shared-url";

/** A cheap model that the makers of this kind have, by the end of their host's name. */
const PROBE_MODELS: readonly (readonly [host: string, model: string])[] = [
  ["deepseek.com", "deepseek-v4-flash"],
  ["moonshot.ai", "kimi-k2.5"],
  ["moonshot.cn", "kimi-k2.5"],
  ["z.ai", "glm-5.3-flash"],
  ["bigmodel.cn", "glm-5.3-flash"],
  [".x.ai", "grok-4-fast"],
  ["minimax.io", "MiniMax-M2"],
  ["mistral.ai", "mistral-small-latest"],
  ["groq.com", "llama-3.1-8b-instant"],
  ["perplexity.ai", "sonar"],
  ["openrouter.ai", "openai/gpt-5.4-mini"],
];
const ELSEWHERE = "gpt-5.4-mini";

/** Anything that speaks Chat Completions: DeepSeek, Moonshot, Qwen, OpenRouter, a server of one's own. */
export const openaiCompatible = defineProvider({
  id: "openai-compatible",
  label: "OpenAI-compatible",
  protocol: "openai-chat",
  also: ["openai-embeddings", "openai-images"],
  // Chat has no endpoint for it.
  counts: false,
  settings: z.object({
    baseUrl: baseUrl(
      "Base address",
      "A host, an address that ends in a version such as /v1, or the whole one to /chat/completions.",
    ),
  }),
  secret: z.object({ apiKey: headerSecret("API key", "Sent as a bearer token.") }),
  urlSettings: ["baseUrl"],
  address({ baseUrl: base }) {
    const root = openaiRoot(base);
    return ({ protocol }) => sharedUrl(`${root}${openaiPath(protocol) ?? "/chat/completions"}`);
  },
  headers({ apiKey }) {
    const own = { authorization: `Bearer ${apiKey}` };
    return () => own;
  },
  diagnose: diagnoseOpenai,
  probe: ({ baseUrl: base }, map) => {
    const model = map.entries[0]?.to ?? probeModel(base);
    // No bound on the output: servers disagree about the name of that field.
    const messages = [{ role: "user", content: "Say OK." }];
    return { model, body: encode(JSON.stringify({ model, messages })), path: "generate" };
  },
});

function probeModel(base: string): string {
  const host = URL.parse(base)?.hostname ?? "";
  return PROBE_MODELS.find(([end]) => host.endsWith(end))?.[1] ?? ELSEWHERE;
}
