import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const NONCE_BYTES = 16;
const MAC_BYTES = 32;

/**
 * A signature as a provider hands out: opaque base64, known again by its maker only. It is bound to
 * `content`, which may be "" for a signature that is bound to nothing.
 */
export function signContent(secret: string, content: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  return Buffer.concat([nonce, mac(secret, nonce, ""), mac(secret, nonce, content)]).toString(
    "base64",
  );
}

/**
 * Was it made by `signContent` with this secret, and for this content? Base64url is read as well.
 * "altered": ours, but for other content.
 */
export function checkSignature(
  secret: string,
  signature: string,
  content: string,
): "valid" | "altered" | "forged" {
  const bytes = Buffer.from(signature, "base64");
  if (bytes.length !== NONCE_BYTES + 2 * MAC_BYTES) return "forged";
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const made = bytes.subarray(NONCE_BYTES, NONCE_BYTES + MAC_BYTES);
  const bound = bytes.subarray(NONCE_BYTES + MAC_BYTES);
  if (!timingSafeEqual(made, mac(secret, nonce, ""))) return "forged";
  return timingSafeEqual(bound, mac(secret, nonce, content)) ? "valid" : "altered";
}

function mac(secret: string, nonce: Buffer, content: string): Buffer {
  const kind = content === "" ? "made" : "bound";
  return createHmac("sha256", secret).update(kind).update(nonce).update(content).digest();
}
