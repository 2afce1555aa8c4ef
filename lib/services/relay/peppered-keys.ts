import { hash as digest } from "node:crypto";
import type { DbClient } from "../../db/client";
import { adoptSecret, listAwaitedPeppers } from "../../db/peppers";
import type { SealedPlace, Vault } from "../context";
import { visibleStart } from "../keys/key-secret";

/** Each one costs an unknown key a hash and an update. */
const PEPPERS_MAX = 4;

/** Where a pepper is sealed for: the same wherever it is written and read. */
export function pepperPlace(pepperId: string): SealedPlace {
  return { table: "key_pepper", column: "sealed", row: pepperId };
}

/**
 * Takes an imported key over at its first use. claude-relay-service kept only SHA-256 of the key with its
 * own ENCRYPTION_KEY behind; once the whole key is seen, the portal stores its own hash in place, and
 * the next look-up needs no pepper. Answers whether a key was taken over.
 */
export function pepperedKeys({ db, vault }: { db: DbClient; vault: Vault }) {
  return async (secret: string, hash: string): Promise<boolean> => {
    for (const { id, sealed } of await listAwaitedPeppers(db, PEPPERS_MAX)) {
      const peppered = digest("sha256", secret + vault.open(pepperPlace(id), sealed));
      const own = { hash, start: visibleStart(secret) };
      if (await adoptSecret(db, { hash: peppered, pepperId: id }, own)) return true;
    }
    return false;
  };
}
