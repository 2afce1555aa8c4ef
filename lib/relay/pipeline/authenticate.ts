import { AppError } from "../../shared/errors";
import { isKeySized } from "../../shared/key-format";
import type { KeyRecord } from "../model";
import type { RelayPorts, RelayRequest } from "../ports";

/**
 * The key of a request. Unknown, paused, revoked and expired keys are answered alike, and what cannot
 * be a key is refused without any look-up. A known key is answered at once and not in a promise: the
 * hot path does not wait here. Throws, or rejects with, AppError("unauthenticated").
 */
export function authenticate(
  request: Pick<RelayRequest, "headers" | "query" | "ip">,
  ports: Pick<RelayPorts, "findKey" | "clock">,
): KeyRecord | Promise<KeyRecord> {
  const secret = presentedKey(request);
  if (secret === null) {
    throw new AppError("unauthenticated", "No API key was sent. Send yours as x-api-key.");
  }
  // The checksum is left to the look-up, which computes it only for keys that it does not know.
  if (!isKeySized(secret)) throw notValid();
  const found = ports.findKey(secret, request.ip);
  if (found instanceof Promise) return found.then((key) => openKey(key, ports));
  return openKey(found, ports);
}

/**
 * The key as it was sent, without `Bearer`, from the first place that is not empty; null when there
 * is none.
 */
export function presentedKey({
  headers,
  query,
}: Pick<RelayRequest, "headers" | "query">): string | null {
  return (
    bareKey(headers["x-api-key"]) ??
    bareKey(headers["x-goog-api-key"]) ??
    bareKey(headers.authorization) ??
    bareKey(headers["api-key"]) ??
    bareKey(query.get("key"))
  );
}

function bareKey(value: string | null | undefined): string | null {
  if (!value) return null;
  const text = value.trim();
  // What nearly all clients send; the regular expression is for the others.
  if (text.startsWith("cr_")) return text;
  if (text.startsWith("Bearer cr_")) return text.slice("Bearer ".length);
  return text.replace(/^bearer(\s+|$)/i, "") || null;
}

function openKey(key: KeyRecord | null, { clock }: Pick<RelayPorts, "clock">): KeyRecord {
  if (!key || key.refusal !== null) throw notValid();
  if (key.expiresAtMs !== null && key.expiresAtMs <= clock.nowMs()) throw notValid();
  return key;
}

function notValid(): AppError {
  return new AppError("unauthenticated", "This API key is not valid, or not any more.");
}
