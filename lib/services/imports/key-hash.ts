import { hash as digest } from "node:crypto";
import type { ForeignKey } from "./foreign";

/** The hash under which a key's secret is stored: the portal's own, or the other portal's with its pepper. */
export function hashOf({ secret }: Pick<ForeignKey, "secret">): string {
  return secret.kind === "peppered" ? secret.hash : digest("sha256", secret.secret);
}
