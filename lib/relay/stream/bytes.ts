const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** UTF-8 bytes of a text. */
export function encode(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of UTF-8 bytes; a broken sequence becomes U+FFFD. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** All parts as one array; the part itself when there is only one. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A byte sequence prepared for searching (Horspool): most bytes of the hay are never looked at. */
export interface Needle {
  bytes: Uint8Array;
  shift: Uint8Array;
}

/** Prepares a short text (at most 255 bytes) for `indexOfNeedle`. */
export function needle(text: string): Needle {
  const bytes = encode(text);
  const shift = new Uint8Array(256).fill(bytes.length);
  for (let i = 0; i < bytes.length - 1; i++) shift[bytes[i] ?? 0] = bytes.length - 1 - i;
  return { bytes, shift };
}

/** Where the needle begins at or after `from`; -1 when it is not there. */
export function indexOfNeedle(hay: Uint8Array, { bytes, shift }: Needle, from = 0): number {
  const last = bytes.length - 1;
  let at = from;
  while (at + last < hay.length) {
    let i = last;
    while (i >= 0 && hay[at + i] === bytes[i]) i--;
    if (i < 0) return at;
    at += shift[hay[at + last] ?? 0] ?? 1;
  }
  return -1;
}

/** Do the bytes begin with the needle? */
export function startsWith(hay: Uint8Array, { bytes }: Needle): boolean {
  if (hay.length < bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (hay[i] !== bytes[i]) return false;
  return true;
}
