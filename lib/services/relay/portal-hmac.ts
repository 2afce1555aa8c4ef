import { createHmac } from "node:crypto";
import type { RelayPorts } from "../../relay/ports";

/** The keyed hash of what clients carry for the portal, under a key of its own made from `secret`. */
export function portalHmac(secret: string): RelayPorts["hmac"] {
  const key = createHmac("sha256", secret).update("carried by clients").digest();
  return (text) => createHmac("sha256", key).update(text).digest("base64url");
}
