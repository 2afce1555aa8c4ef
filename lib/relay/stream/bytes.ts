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

/** The bytes as a text with one character each: what is ASCII reads as it is, and any byte survives. */
export function latin1(bytes: Uint8Array): string {
  return buffer(bytes).toString("latin1");
}

/** The bytes that such a text stands for. */
export function fromLatin1(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

/** A text of one character per byte, read as the UTF-8 that its bytes are. */
export function utf8(text: string): string {
  return BEYOND_ASCII.test(text) ? decode(fromLatin1(text)) : text;
}

const BEYOND_ASCII = /[\x80-\xff]/;

/** The same bytes with Node's own searches, which are several times faster than those of arrays. */
export function buffer(bytes: Uint8Array): Buffer {
  if (bytes instanceof Buffer) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
