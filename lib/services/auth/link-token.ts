import { createHash } from "node:crypto";
import { randomBase62 } from "../../shared/ids";

const TOKEN_LENGTH = 43;

/** A token for a one-time link, of 256 random bits; only its hash is stored. */
export function makeLinkToken(): { token: string; hash: string } {
  const token = randomBase62(TOKEN_LENGTH);
  return { token, hash: hashLinkToken(token) };
}

/** The hash under which a link's token is stored. */
export function hashLinkToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
