import { randomBase62 } from "./ids";

const PREFIX = "cr_";
const RANDOM_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const OWN_LENGTH = PREFIX.length + RANDOM_LENGTH + CHECKSUM_LENGTH;
const OWN_FORM = new RegExp(`^cr_[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);
/** Keys imported from claude-relay-service carry no checksum. */
const IMPORTED_FORM = /^cr_[0-9a-f]{64}$/;
const IMPORTED_LENGTH = PREFIX.length + 64;

/** A new key: `cr_`, 43 base62 characters (256 random bits) and 6 of checksum. */
export function makeKeySecret(): string {
  const random = randomBase62(RANDOM_LENGTH);
  return PREFIX + random + checksum(random);
}

/** Has this text a key's length and beginning? Every key has; costs next to nothing. */
export function isKeySized(text: string): boolean {
  const { length } = text;
  return (length === OWN_LENGTH || length === IMPORTED_LENGTH) && text.startsWith(PREFIX);
}

/**
 * Could this text be a key? Refuses typing errors and guesses without any look-up; says nothing
 * about whether the key exists.
 */
export function isKeySecret(text: string): boolean {
  if (IMPORTED_FORM.test(text)) return true;
  if (!OWN_FORM.test(text)) return false;
  const end = PREFIX.length + RANDOM_LENGTH;
  return checksum(text.slice(PREFIX.length, end)) === text.slice(end);
}

/** Has this text the form of keys of claude-relay-service: `cr_` and 64 hexadecimal digits? */
export function isImportedForm(text: string): boolean {
  return IMPORTED_FORM.test(text);
}

/** CRC-32 in six base62 digits: short, and computed alike in browsers, scripts and the server. */
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    digits = ALPHABET.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
