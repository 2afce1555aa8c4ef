import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "./faults";
import type { Json } from "./json";

/** What a call asks for. */
export type UpstreamAction =
  | "generate"
  | "stream"
  | "count"
  | "list-models"
  | "get-model"
  | "compact"
  | "embed"
  | "batch-embed"
  | "image"
  | "load-code-assist"
  | "onboard-user";

/** One request, read to its end. */
export interface UpstreamCall {
  /** Sent back as `request-id` (Anthropic), `responseId` (Google), `x-request-id` (OpenAI). */
  id: string;
  action: UpstreamAction;
  method: string;
  path: string;
  /** From the path (Gemini, model detail) or the body (the others); "" when absent. */
  model: string;
  /** `v1` or `v1beta`; Gemini repeats it in its errors. */
  version: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  key: string;
  /** The body as JSON; an empty object when it is none. */
  body: Json;
  /** The body was not a JSON object. */
  badJson: boolean;
  bodySha256: string;
  faults: readonly Fault[];
}

/** A request that the provider refuses: becomes the protocol's error envelope. */
export class Refusal extends Error {
  readonly status: number;
  /** Anthropic's `error.type` or Google's `status`; null for the usual one of that status. */
  readonly kind: string | null;
  /** Google's `details`. */
  readonly details: readonly unknown[];

  constructor(
    status: number,
    message: string,
    kind: string | null = null,
    details: readonly unknown[] = [],
  ) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.details = details;
  }
}
