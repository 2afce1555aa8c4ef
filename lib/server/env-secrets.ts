const MIN_SECRET_BYTES = 32;
/** Words of examples and manuals: a secret that holds one of them is nobody's secret. */
const SAMPLE_WORDS =
  /change.?me|example|secret|password|default|your.?(key|secret)|placeholder|test.?key|insecure|123456789/i;
const MIN_DISTINCT_BYTES = 8;

/**
 * What is wrong with a secret of the environment, as the rest of a sentence that begins with its
 * name; null when nothing is. Never repeats the value.
 */
export function secretFault(
  name: "ENCRYPTION_KEY" | "SESSION_SECRET",
  value: string,
): string | null {
  if (name === "SESSION_SECRET") return sessionSecretFault(value);
  const keys = parseKeyring(value);
  if (keys === null) {
    return "must be 32 bytes in base64, or a list such as new:<base64>,old:<base64>; make one with: openssl rand -base64 32";
  }
  const weak = keys.some(({ key }) => isSample(key.toString("latin1")) || isFlat(key));
  return weak ? `is a sample value; ${MAKE_ONE}` : null;
}

const MAKE_ONE = "make your own with: openssl rand -base64 32";

function sessionSecretFault(value: string): string | null {
  if (Buffer.byteLength(value) < MIN_SECRET_BYTES) {
    return `is shorter than ${MIN_SECRET_BYTES} bytes; ${MAKE_ONE}`;
  }
  const weak = isSample(value) || isFlat(Buffer.from(value));
  return weak ? `is a sample value; ${MAKE_ONE}` : null;
}

const isSample = (text: string) => SAMPLE_WORDS.test(text);
/** Thirty-two random bytes hold about thirty different ones. */
const isFlat = (bytes: Uint8Array) => new Set(bytes).size < MIN_DISTINCT_BYTES;

export interface NamedKey {
  id: string;
  key: Buffer;
}

/**
 * Reads `<base64>` (one key, called "1") or `id:<base64>,id:<base64>` (the first seals, all open).
 * null when any part of it is not a 32-byte key or an id is used twice.
 */
export function parseKeyring(value: string): readonly NamedKey[] | null {
  const parts = value.split(",").map((part) => part.trim());
  const keys = parts.map((part) => parseKey(part, parts.length === 1));
  if (keys.some((key) => key === null)) return null;
  const named = keys.filter((key) => key !== null);
  return new Set(named.map(({ id }) => id)).size === named.length ? named : null;
}

function parseKey(part: string, alone: boolean): NamedKey | null {
  const match = /^(?:([A-Za-z0-9_-]{1,16}):)?([A-Za-z0-9+/]{43}=)$/.exec(part);
  const [, id, base64] = match ?? [];
  if (base64 === undefined || (id === undefined && !alone)) return null;
  return { id: id ?? "1", key: Buffer.from(base64, "base64") };
}
