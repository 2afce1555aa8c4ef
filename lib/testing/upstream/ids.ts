import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** An id such as `msg_01XFDUDYJgAACzvnptvVoYEL`: the prefix and 22 random letters and digits. */
export function newUpstreamId(prefix: string): string {
  let id = prefix;
  for (const byte of randomBytes(22)) id += ALPHABET[byte % ALPHABET.length];
  return id;
}
