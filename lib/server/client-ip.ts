import type { IncomingMessage } from "node:http";
import { plainHost } from "./outbound/guard";
import { processSlot } from "./process-slot";

/** Marks a process whose front door (server.ts) has replaced every forwarding header by the truth. */
const frontDoor = processSlot<true>("front-door");

const UNKNOWN = "0.0.0.0";

/** Called once by server.ts: from now on `x-forwarded-for` is ours. */
export function markFrontDoor(): void {
  frontDoor.set(true);
}

/**
 * The caller's address, counted from trusted hops only: with `hops` proxies in front, the
 * `hops`-th address from the right; with none, the socket's own. What a caller wrote itself stands
 * further left and is never believed.
 */
export function clientIp(
  req: Pick<IncomingMessage, "headers" | "socket">,
  trustedHops: number,
): string {
  const own = plainAddress(req.socket.remoteAddress ?? UNKNOWN);
  if (trustedHops === 0) return own;
  const header = req.headers["x-forwarded-for"];
  const text = Array.isArray(header) ? header.join(",") : (header ?? "");
  const hops = text.split(",").map((hop) => hop.trim());
  return plainAddress(hops.at(-trustedHops) || own);
}

/**
 * The caller's address inside a Next handler. Known only behind server.ts, which writes it; any
 * other host would pass on what the caller claims.
 */
export function clientIpOf(headers: Headers): string {
  if (!frontDoor.get()) return UNKNOWN;
  return headers.get("x-forwarded-for") ?? UNKNOWN;
}

/** ::ffff:10.0.0.1 is how a dual-stack socket writes 10.0.0.1. */
function plainAddress(address: string): string {
  const plain = plainHost(address);
  return plain.startsWith("::ffff:") ? plain.replace(/^::ffff:(?=\d+\.)/, "") : plain;
}
