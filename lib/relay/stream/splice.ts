import { buffer } from "./bytes";
import type { Span } from "./json-scan";

/** The bytes with one JSON string value replaced by another; everything around it stays equal. */
export function spliceString(bytes: Uint8Array, span: Span, text: string): Uint8Array {
  const whole = buffer(bytes);
  const value = Buffer.from(JSON.stringify(text));
  // Unlike a new array, Node's memory is not zeroed before it is written: a third of the time at 1 MB.
  return Buffer.concat([whole.subarray(0, span.start), value, whole.subarray(span.end)]);
}
