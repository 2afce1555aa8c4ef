import { encode } from "./bytes";
import type { Span } from "./json-scan";

/** The bytes with one JSON string value replaced by another; everything around it stays equal. */
export function spliceString(bytes: Uint8Array, span: Span, text: string): Uint8Array {
  const value = encode(JSON.stringify(text));
  const out = new Uint8Array(bytes.length - (span.end - span.start) + value.length);
  out.set(bytes.subarray(0, span.start));
  out.set(value, span.start);
  out.set(bytes.subarray(span.end), span.start + value.length);
  return out;
}
