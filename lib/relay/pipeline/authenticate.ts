import { AppError } from "../../shared/errors";
import { isKeySecret } from "../../shared/key-format";
import type { KeyRecord } from "../model";
import type { RelayPorts, RelayRequest } from "../ports";

/** Where clients put their key: the first that is not empty counts. */
const KEY_HEADERS = ["x-api-key", "x-goog-api-key", "authorization", "api-key"];

/**
 * The key of a request. Unknown, paused, revoked and expired keys are answered alike, and a typing
 * error is found without any look-up. Throws AppError("unauthenticated").
 */
export async function authenticate(
  request: Pick<RelayRequest, "headers" | "query" | "ip">,
  ports: Pick<RelayPorts, "findKey" | "clock">,
): Promise<KeyRecord> {
  const secret = presentedKey(request);
  if (secret === null) {
    throw new AppError("unauthenticated", "No API key was sent. Send yours as x-api-key.");
  }
  if (!isKeySecret(secret)) throw notValid();
  const found = ports.findKey(secret, request.ip);
  // A known key is answered from memory: the hot path does not wait here.
  const key = found instanceof Promise ? await found : found;
  if (!key || key.refusal !== null) throw notValid();
  if (key.expiresAtMs !== null && key.expiresAtMs <= ports.clock.nowMs()) throw notValid();
  return key;
}

/** The key as it was sent, without `Bearer`; null when there is none. */
export function presentedKey({
  headers,
  query,
}: Pick<RelayRequest, "headers" | "query">): string | null {
  for (const name of KEY_HEADERS) {
    const sent = bareKey(headers[name]);
    if (sent !== "") return sent;
  }
  return bareKey(query.get("key")) || null;
}

function bareKey(value: string | null | undefined): string {
  return (value?.trim() ?? "").replace(/^bearer(\s+|$)/i, "");
}

function notValid(): AppError {
  return new AppError("unauthenticated", "This API key is not valid, or not any more.");
}
