import type { IncomingHttpHeaders } from "node:http";
import type { UpstreamProtocol } from "./book";
import type { UpstreamCall } from "./call";

/** What a method and path stand for. */
export interface UpstreamRoute {
  protocol: UpstreamProtocol;
  action: UpstreamCall["action"];
  /** From the path; null when the body names it. */
  model: string | null;
  version: string;
}

const GEMINI_ACTIONS: Readonly<Record<string, UpstreamCall["action"]>> = {
  generateContent: "generate",
  streamGenerateContent: "stream",
  countTokens: "count",
  embedContent: "embed",
  batchEmbedContents: "batch-embed",
};

const CODE_ASSIST_ACTIONS: Readonly<Record<string, UpstreamCall["action"]>> = {
  generateContent: "generate",
  streamGenerateContent: "stream",
  countTokens: "count",
  loadCodeAssist: "load-code-assist",
  onboardUser: "onboard-user",
};

/** Posts whose path says it all. */
const POSTS: Readonly<Record<string, [UpstreamProtocol, UpstreamCall["action"]]>> = {
  "/v1/messages": ["anthropic", "generate"],
  "/v1/messages/count_tokens": ["anthropic", "count"],
  "/v1/chat/completions": ["openai-chat", "generate"],
  "/v1/responses": ["openai-responses", "generate"],
  "/v1/responses/compact": ["openai-responses", "compact"],
  "/v1/responses/input_tokens": ["openai-responses", "count"],
  "/v1/completions": ["openai-completions", "generate"],
  "/v1/embeddings": ["openai-embeddings", "embed"],
  "/v1/images/generations": ["openai-images", "image"],
};

const GEMINI_CALL = /^\/(v1beta|v1)\/models\/([^/:]+):(\w+)$/;
const CODE_ASSIST_CALL = /^\/v1internal:(\w+)$/;
const MODELS = /^\/(v1beta|v1)\/models(?:\/([^/:]+))?$/;
const OPENAI_PATH = /^\/v1\/(?:chat|responses|completions|embeddings|images)\b/;

/**
 * Looks a request up; null for what no provider has. All have `GET /v1/models`: there a Google key
 * (header or `?key=`) decides for Gemini, and a bearer without Anthropic's version header for OpenAI.
 */
export function findUpstreamRoute(
  method: string,
  url: URL,
  headers: IncomingHttpHeaders,
): UpstreamRoute | null {
  const path = url.pathname;
  if (method === "GET") return modelRoute(path, providerOf(url, headers));
  if (method !== "POST") return null;
  const [protocol, action] = POSTS[path] ?? [];
  if (protocol !== undefined && action !== undefined) {
    return { protocol, action, model: null, version: "v1" };
  }
  return codeAssistRoute(path) ?? geminiRoute(path);
}

/** Whose refusal a path gets that nobody has. */
export function protocolOfPath(path: string): UpstreamProtocol {
  if (path.startsWith("/v1internal")) return "code-assist";
  if (path.startsWith("/v1beta") || path.includes(":")) return "gemini";
  return OPENAI_PATH.test(path) ? "openai" : "anthropic";
}

function codeAssistRoute(path: string): UpstreamRoute | null {
  const action = CODE_ASSIST_ACTIONS[CODE_ASSIST_CALL.exec(path)?.[1] ?? ""];
  if (action === undefined) return null;
  return { protocol: "code-assist", action, model: null, version: "v1internal" };
}

function geminiRoute(path: string): UpstreamRoute | null {
  const [, version, model, verb] = GEMINI_CALL.exec(path) ?? [];
  const action = GEMINI_ACTIONS[verb ?? ""];
  if (version === undefined || model === undefined || action === undefined) return null;
  return { protocol: "gemini", action, model: decodeURIComponent(model), version };
}

function providerOf(url: URL, headers: IncomingHttpHeaders): UpstreamProtocol {
  if (headers["x-goog-api-key"] !== undefined || url.searchParams.has("key")) return "gemini";
  const anthropic =
    headers["anthropic-version"] !== undefined || headers["x-api-key"] !== undefined;
  return !anthropic && headers.authorization !== undefined ? "openai" : "anthropic";
}

function modelRoute(path: string, provider: UpstreamProtocol): UpstreamRoute | null {
  const [, version, model] = MODELS.exec(path) ?? [];
  if (version === undefined) return null;
  return {
    protocol: version === "v1beta" ? "gemini" : provider,
    action: model === undefined ? "list-models" : "get-model",
    model: decodeURIComponent(model ?? ""),
    version,
  };
}
