import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The value that travels to an account that leads back to this portal, and comes in again with the
 * second hop: the first hop's request id, signed. It proves nothing by itself: the first hop must be
 * in flight as well.
 */
export function signHop(secret: string, requestId: string): string {
  return `${requestId}.${signature(secret, requestId)}`;
}

/** The request id of a hop header that this portal signed; null for anything else. */
export function readHop(secret: string, header: string): string | null {
  const dot = header.lastIndexOf(".");
  if (dot < 1 || header.length > 200) return null;
  const requestId = header.slice(0, dot);
  const given = Buffer.from(header.slice(dot + 1));
  const right = Buffer.from(signature(secret, requestId));
  return given.length === right.length && timingSafeEqual(given, right) ? requestId : null;
}

function signature(secret: string, requestId: string): string {
  return createHmac("sha256", secret).update(`hop:${requestId}`).digest("base64url");
}
