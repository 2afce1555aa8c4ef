import { z } from "zod";
import { encode } from "../../stream/bytes";
import { baseUrl, headerSecret } from "../fields";
import { diagnoseGoogle } from "../google-diagnosis";
import { googleLimitedWindows } from "../google-windows";
import { defineProvider, type SendFacts } from "../provider";
import { sharedUrls } from "../shared-url";

const PROBE_MODEL = "gemini-2.5-flash";

/** Google's Gemini API with an API key, or any address that speaks it. */
export const geminiApiKey = defineProvider({
  id: "gemini-api-key",
  label: "Gemini API key",
  protocol: "gemini",
  also: ["gemini-embeddings"],
  settings: z.object({
    baseUrl: baseUrl(
      "Base address",
      "A host, an address that ends in /models, or a template with {model} and {action}.",
    ).default("https://generativelanguage.googleapis.com"),
  }),
  secret: z.object({
    apiKey: headerSecret("API key", "Sent as x-goog-api-key, never in the address."),
  }),
  urlSettings: ["baseUrl"],
  address({ baseUrl: base }) {
    const trimmed = base.replace(/\/+$/, "");
    const inBothForms = (action: Action) => {
      const urlOf = (model: string) => callUrl(trimmed, encodeURIComponent(model), action);
      return { plain: sharedUrls(urlOf), sse: sharedUrls((model) => `${urlOf(model)}?alt=sse`) };
    };
    const calls = {
      countTokens: inBothForms("countTokens"),
      generateContent: inBothForms("generateContent"),
      streamGenerateContent: inBothForms("streamGenerateContent"),
      embedContent: inBothForms("embedContent"),
      batchEmbedContents: inBothForms("batchEmbedContents"),
    };
    return (send) => {
      const { plain, sse } = calls[actionOf(send)];
      return send.facts.stream === "sse" ? sse(send.model) : plain(send.model);
    };
  },
  headers({ apiKey }) {
    const own = { "x-goog-api-key": apiKey };
    return () => own;
  },
  diagnose: diagnoseGoogle,
  limitedWindows: googleLimitedWindows,
  probe: (_, map) => {
    const model = map.entries[0]?.to ?? PROBE_MODEL;
    const contents = [{ role: "user", parts: [{ text: "Say OK." }] }];
    const generationConfig = { maxOutputTokens: 64 };
    const body = encode(JSON.stringify({ contents, generationConfig }));
    return { model, body, path: "generate" };
  },
});

type Action =
  | "countTokens"
  | "generateContent"
  | "streamGenerateContent"
  | "embedContent"
  | "batchEmbedContents";

function actionOf({ action, facts, protocol, method }: SendFacts): Action {
  if (action === "count") return "countTokens";
  if (protocol === "gemini-embeddings") {
    return method === "batchEmbedContents" ? method : "embedContent";
  }
  return facts.stream ? "streamGenerateContent" : "generateContent";
}

/** Tells the three forms of a base address apart; a template may fix the action and leave it out. */
function callUrl(base: string, model: string, action: string): string {
  if (base.includes("{model}")) {
    return base.replaceAll("{model}", model).replaceAll("{action}", action);
  }
  if (base.endsWith("/models")) return `${base}/${model}:${action}`;
  if (/\/v1(beta|alpha)?$/.test(base)) return `${base}/models/${model}:${action}`;
  return `${base}/v1beta/models/${model}:${action}`;
}
