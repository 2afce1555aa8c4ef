import { createHash } from "node:crypto";
import type { NewSecret } from "../../db/keys";
import { makeKeySecret } from "../../shared/key-format";

const VISIBLE_LENGTH = 10;

/** A new secret, what is stored of it, and nothing else that could lead back to it. */
export function newKeySecret(): { secret: string; stored: NewSecret } {
  const secret = makeKeySecret();
  const hash = createHash("sha256").update(secret).digest("hex");
  return { secret, stored: { hash, start: visibleStart(secret) } };
}

/** The part of a secret that stays visible. */
export function visibleStart(secret: string): string {
  return secret.slice(0, VISIBLE_LENGTH);
}
