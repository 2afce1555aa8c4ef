import { createDecipheriv, scrypt } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, string, number, Buffer>(scrypt);
const KEY_BYTES = 32;
/** Each kind of account there has its own salt; which one sealed a text is found out by opening it. */
const SALTS = [
  "salt",
  "claude-console-salt",
  "ccr-account-salt",
  "gemini-account-salt",
  "gemini-api-salt",
  "openai-account-salt",
  "openai-responses-salt",
  "droid-account-salt",
  "azure-openai-account-default-salt",
];
const SEALED = /^[0-9a-f]{32}:(?:[0-9a-f]{32})+$/i;
/** Secrets are printable: what a wrong key yields by chance is not. */
const READABLE = /^[\x20-\x7e\r\n\t]+$/;

/** Opens what claude-relay-service sealed. Answers null for what none of its keys opens. */
export type Opener = (sealed: string) => string | null;

/** Has this text the form in which claude-relay-service seals secrets? */
export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

/**
 * An opener for an installation's ENCRYPTION_KEY: AES-256-CBC under scrypt(ENCRYPTION_KEY, salt), written as
 * `iv:ciphertext` in hexadecimal. There is no authentication tag, hence the check that the result can be read.
 */
export async function openerFor(encryptionKey: string): Promise<Opener> {
  const keys = await Promise.all(SALTS.map((salt) => derive(encryptionKey, salt, KEY_BYTES)));
  return (sealed) => {
    for (const key of keys) {
      const plain = opened(sealed, key);
      if (plain !== null && READABLE.test(plain)) return plain;
    }
    return null;
  };
}

function opened(sealed: string, key: Buffer): string | null {
  const [iv = "", ciphertext = ""] = sealed.split(":");
  try {
    const decipher = createDecipheriv("aes-256-cbc", key, Buffer.from(iv, "hex"));
    return decipher.update(ciphertext, "hex", "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}
