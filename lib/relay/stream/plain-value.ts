import { buffer, encode } from "./bytes";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const TRUE = encode("true");
const FALSE = encode("false");

/** A longer text is read faster by the decoder. */
const MAX_TEXT_BYTES = 256;
/** So many digits are exact in a double. */
const MAX_DIGITS = 15;

/**
 * The JSON value between two places, read without decoder and parser, which cost several times more:
 * a short ASCII text without escapes, a boolean or a whole number, as nearly every wanted value of a
 * call is. undefined for all else, broken values included.
 */
export function plainValue(
  bytes: Uint8Array,
  start: number,
  end: number,
): string | boolean | number | undefined {
  if (bytes[start] === QUOTE) return plainText(bytes, start + 1, end - 1);
  if (isWordAt(bytes, start, end, FALSE)) return false;
  return isWordAt(bytes, start, end, TRUE) || plainNumber(bytes, start, end);
}

/** Are the bytes between two places exactly those of the word? */
export function isWordAt(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word[i]) return false;
  return true;
}

function plainText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end < start || end - start > MAX_TEXT_BYTES || bytes[end] !== QUOTE) return undefined;
  for (let at = start; at < end; at++) {
    const mark = bytes[at] ?? 0;
    if (mark < 0x20 || mark > 0x7e || mark === QUOTE || mark === BACKSLASH) return undefined;
  }
  return buffer(bytes).toString("latin1", start, end);
}

function plainNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  const digits = end - start;
  if (digits < 1 || digits > MAX_DIGITS || (digits > 1 && bytes[start] === ZERO)) return undefined;
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}
