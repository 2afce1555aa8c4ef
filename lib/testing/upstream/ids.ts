import { randomUUID } from "node:crypto";

/** An id such as `msg_01` + 22 hexadecimal digits: as long as a real one. */
export function newUpstreamId(prefix: string): string {
  return prefix + randomUUID().replaceAll("-", "").slice(0, 22);
}
