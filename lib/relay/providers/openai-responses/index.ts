import { z } from "zod";
import { encode } from "../../stream/bytes";
import { baseUrl, headerSecret } from "../fields";
import { openaiPath, openaiRoot } from "../openai-address";
import { diagnoseOpenai } from "../openai-diagnosis";
import { defineProvider, type SendFacts } from "../provider";
import { sharedUrl } from "../shared-url";

const PROBE_MODEL = "gpt-5.4-mini";

/** OpenAI's Responses API with an API key, or any address that speaks it. */
export const openaiResponses = defineProvider({
  id: "openai-responses",
  label: "OpenAI",
  protocol: "openai-responses",
  also: ["openai-compact", "openai-embeddings", "openai-images"],
  settings: z.object({
    baseUrl: baseUrl(
      "Base address",
      "A host, an address that ends in a version such as /v1, or the whole one to /responses.",
    ).default("https://api.openai.com/v1"),
  }),
  secret: z.object({ apiKey: headerSecret("API key", "Sent as a bearer token.") }),
  urlSettings: ["baseUrl"],
  address({ baseUrl: base }) {
    const root = openaiRoot(base);
    return (send) => sharedUrl(`${root}${pathOf(send)}`);
  },
  headers({ apiKey }) {
    const own = { authorization: `Bearer ${apiKey}` };
    return () => own;
  },
  diagnose: diagnoseOpenai,
  probe: (_, map) => {
    const model = map.entries[0]?.to ?? PROBE_MODEL;
    const call = { model, input: "Say OK.", max_output_tokens: 64, store: false };
    return { model, body: encode(JSON.stringify(call)), path: "generate" };
  },
});

function pathOf({ action, protocol }: SendFacts): string {
  if (action === "count") return "/responses/input_tokens";
  return openaiPath(protocol) ?? "/responses";
}
