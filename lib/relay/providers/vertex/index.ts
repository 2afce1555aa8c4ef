import { takeOut } from "../../capabilities/take-out";
import { encode } from "../../stream/bytes";
import { jsonPaths, scanJson } from "../../stream/json-scan";
import { diagnoseGoogle } from "../google-diagnosis";
import { googleLimitedWindows } from "../google-windows";
import { defineProvider, type SendFacts } from "../provider";
import {
  VertexSecret,
  VertexSettings,
  vertexAddress,
  vertexHeaders,
  vertexRenewal,
} from "../vertex-account";

const PROBE_MODEL = "gemini-2.5-flash";
const WRAPPED = ["generateContentRequest", "generate_content_request"] as const;
const WRAPPED_PATHS = jsonPaths(...WRAPPED);

/**
 * Google's models on Vertex AI, by a service account.
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
 */
export const vertex = defineProvider({
  id: "vertex",
  label: "Vertex AI (Gemini)",
  protocol: "gemini",
  settings: VertexSettings,
  secret: VertexSecret,
  urlSettings: ["baseUrl", "tokenUrl"],
  renewal: vertexRenewal,
  address(settings, secret) {
    const urlOf = vertexAddress(settings, secret(), "google");
    return (send) => urlOf(verbOf(send), send);
  },
  headers: vertexHeaders,
  wire: () => ({ body: (body, { action }) => (action === "count" ? plainCount(body) : body) }),
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

function verbOf({ action, facts }: SendFacts): string {
  if (action === "count") return "countTokens";
  if (facts.stream === "sse") return "streamGenerateContent?alt=sse";
  return facts.stream ? "streamGenerateContent" : "generateContent";
}

/** What the Gemini API counts within a call, Vertex counts beside it. */
function plainCount(body: Uint8Array): Uint8Array {
  const found = scanJson(body, WRAPPED_PATHS);
  const span = WRAPPED.map((name) => found.get(name)).find((one) => one !== undefined);
  if (!span) return body;
  return takeOut(body.subarray(span.start, span.end), { kind: "field", path: "model" });
}
