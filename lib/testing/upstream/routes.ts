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
};

const GEMINI_CALL = /^\/(v1beta|v1)\/models\/([^/:]+):(\w+)$/;
const MODELS = /^\/(v1beta|v1)\/models(?:\/([^/:]+))?$/;

/**
 * Looks a request up; null for what neither provider has. Both have `GET /v1/models`: there a Google
 * key (header or `?key=`) decides for Gemini.
 */
export function findUpstreamRoute(
  method: string,
  url: URL,
  headers: IncomingHttpHeaders,
): UpstreamRoute | null {
  const path = url.pathname;
  if (method === "GET") {
    const google = headers["x-goog-api-key"] !== undefined || url.searchParams.has("key");
    return modelRoute(path, google);
  }
  if (method !== "POST") return null;
  if (path === "/v1/messages") return anthropic("generate", null);
  if (path === "/v1/messages/count_tokens") return anthropic("count", null);
  const [, version, model, verb] = GEMINI_CALL.exec(path) ?? [];
  const action = GEMINI_ACTIONS[verb ?? ""];
  if (version === undefined || model === undefined || action === undefined) return null;
  return gemini(action, decodeURIComponent(model), version);
}

function modelRoute(path: string, google: boolean): UpstreamRoute | null {
  const [, version, model] = MODELS.exec(path) ?? [];
  if (version === undefined) return null;
  const action = model === undefined ? "list-models" : "get-model";
  const name = decodeURIComponent(model ?? "");
  return version === "v1beta" || google ? gemini(action, name, version) : anthropic(action, name);
}

function anthropic(action: UpstreamCall["action"], model: string | null): UpstreamRoute {
  return { protocol: "anthropic", action, model, version: "v1" };
}

function gemini(action: UpstreamCall["action"], model: string, version: string): UpstreamRoute {
  return { protocol: "gemini", action, model, version };
}
