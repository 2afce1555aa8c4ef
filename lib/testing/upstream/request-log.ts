import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** One request as it arrived. */
export interface LoggedRequest {
  at: string;
  method: string;
  /** The request target, byte for byte. */
  target: string;
  /** Names and values in turn, as sent: case and repetition kept. */
  rawHeaders: readonly string[];
  headers: Readonly<Record<string, string>>;
  bodySha256: string;
  bodyBytes: number;
  /** null when it is too large, or no longer among the latest. */
  body: Buffer | null;
}

export interface RequestLog {
  /** The latest requests, oldest first. */
  all(): readonly LoggedRequest[];
  add(request: IncomingMessage, body: Buffer): LoggedRequest;
  clear(): void;
}

const KEPT_REQUESTS = 5_000;
const KEPT_BODIES = 200;
const LARGEST_KEPT_BODY_BYTES = 1_048_576;

/**
 * An empty log. It keeps the latest 5,000 requests (at least), and the bodies up to 1 MiB of the
 * latest 200.
 */
export function createRequestLog(): RequestLog {
  let requests: LoggedRequest[] = [];
  return {
    all: () => requests,
    add(request, body) {
      const logged: LoggedRequest = {
        at: new Date().toISOString(),
        method: request.method ?? "",
        target: request.url ?? "",
        rawHeaders: request.rawHeaders,
        headers: plainHeaders(request),
        bodySha256: createHash("sha256").update(body).digest("hex"),
        bodyBytes: body.length,
        body: body.length <= LARGEST_KEPT_BODY_BYTES ? body : null,
      };
      requests.push(logged);
      const faded = requests.at(-KEPT_BODIES - 1);
      if (faded !== undefined) faded.body = null;
      if (requests.length > 2 * KEPT_REQUESTS) requests = requests.slice(-KEPT_REQUESTS);
      return logged;
    },
    clear() {
      requests = [];
    },
  };
}

function plainHeaders(request: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(pairs);
}
