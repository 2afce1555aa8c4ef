import type { ProtocolId } from "../model";

/** Where an API of OpenAI's kind takes each format, below its root. */
const PATHS: Readonly<Partial<Record<ProtocolId, string>>> = {
  "openai-chat": "/chat/completions",
  "openai-responses": "/responses",
  "openai-compact": "/responses/compact",
  "openai-embeddings": "/embeddings",
  "openai-images": "/images/generations",
};

/** Endpoints that a given address may end in; a longer one stands before its own ending. */
const ENDPOINTS = Object.values(PATHS).sort((a, b) => b.length - a.length);

/** Makers number the root of their API: OpenAI's is /v1, Z.ai's /v4, Google's /v1beta/openai. */
const VERSION = /\/v\d+(?:alpha|beta)?(?=\/|$)/;

/**
 * The root that paths are added to: what was given without an endpoint at its end, and with `/v1` where
 * it names no version. An address that ends in an endpoint is taken as it is, whatever its root.
 */
export function openaiRoot(base: string): string {
  const trimmed = base.replace(/\/+$/, "");
  const endpoint = ENDPOINTS.find((path) => trimmed.endsWith(path));
  if (endpoint) return trimmed.slice(0, -endpoint.length);
  return VERSION.test(URL.parse(trimmed)?.pathname ?? "") ? trimmed : `${trimmed}/v1`;
}

/** Where a format is asked below a root; undefined for one that no such API takes. */
export function openaiPath(protocol: ProtocolId): string | undefined {
  return PATHS[protocol];
}
