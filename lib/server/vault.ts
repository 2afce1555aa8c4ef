import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { SealedPlace, Vault } from "../services/context";
import { AppError } from "../shared/errors";
import { parseKeyring } from "./env-secrets";

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM under the keys of `ENCRYPTION_KEY`: the first seals, all of them open. An envelope is
 * `v1.<key id>.<nonce, ciphertext and tag in base64url>`; it opens only for the table, column and
 * row that it was sealed for, and only byte for byte as it was made.
 * @throws {AppError} `internal` from `open` when the envelope is damaged, moved or of an unknown key
 */
export function openVault(encryptionKey: string): Vault {
  const keys = parseKeyring(encryptionKey);
  const newest = keys?.[0];
  if (!keys || !newest) throw new AppError("internal", "ENCRYPTION_KEY is not usable.");
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  return {
    seal(place, plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", newest.key, nonce);
      cipher.setAAD(binding(newest.id, place));
      const sealed = Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final()]);
      const whole = Buffer.concat([sealed, cipher.getAuthTag()]);
      return `${VERSION}.${newest.id}.${whole.toString("base64url")}`;
    },
    open(place, envelope) {
      const { keyId, bytes } = readEnvelope(envelope);
      const key = byId.get(keyId);
      if (!key) throw damaged(new Error("the envelope names a key that is not configured"));
      return decrypt(key, binding(keyId, place), bytes);
    },
    needsRotation: (envelope) => readEnvelope(envelope).keyId !== newest.id,
  };
}

function decrypt(key: Buffer, bound: Buffer, bytes: Buffer): string {
  const end = bytes.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(bound);
    decipher.setAuthTag(bytes.subarray(end));
    const plain = [decipher.update(bytes.subarray(NONCE_BYTES, end)), decipher.final()];
    return Buffer.concat(plain).toString("utf8");
  } catch (cause) {
    throw damaged(cause);
  }
}

// As JSON, so that no two places can have the same text.
function binding(keyId: string, { table, column, row }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, table, column, row]));
}

function readEnvelope(envelope: string): { keyId: string; bytes: Buffer } {
  const [version, keyId = "", text = "", ...rest] = envelope.split(".");
  const bytes = Buffer.from(text, "base64url");
  const whole = version === VERSION && rest.length === 0 && bytes.length >= NONCE_BYTES + TAG_BYTES;
  // Decoding forgives stray bits and characters; an envelope that was touched must not open.
  if (!whole || bytes.toString("base64url") !== text) {
    throw damaged(new Error("the envelope cannot be read"));
  }
  return { keyId, bytes };
}

const damaged = (cause: unknown) =>
  new AppError("internal", "A stored secret cannot be opened.", {}, cause);
