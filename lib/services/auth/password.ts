import { hash, verify } from "@node-rs/argon2";

/** OWASP's first recommendation for argon2id: about 30 ms and 19 MiB per check (the library's default variant is argon2id). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | null = null;

/** The password's argon2id hash with its own salt and parameters inside. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), COST);
}

/**
 * Does the password fit? For an account that does not exist, or has no password, the same work is
 * done on a decoy, so that the time of the answer tells nothing.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("the password of nobody");
  const against = stored ?? (await decoy);
  const fits = await verify(against, password.normalize("NFKC"));
  return stored !== null && fits;
}
