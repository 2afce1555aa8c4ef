import { decode } from "../stream/bytes";
import { elementSpans, type Span } from "../stream/json-scan";

/** Enough of a prefix to tell conversations apart without hashing megabytes. */
const HASHED_BYTES = 32 * 1024;

/**
 * Session of a call that names none: a hash of how its conversation begins (instructions and first
 * turn), which stays the same from turn to turn. null when it has no turns.
 */
export function sessionOfBeginning(
  body: Uint8Array,
  instructions: Span | undefined,
  turns: Span | undefined,
  sha256: (text: string) => string,
): string | null {
  const [first] = turns ? elementSpans(body, turns, 1) : [];
  return first ? sessionOfSpans(body, [instructions, first], sha256) : null;
}

/** The same for a conversation that begins with those parts of the body. */
export function sessionOfSpans(
  body: Uint8Array,
  spans: readonly (Span | undefined)[],
  sha256: (text: string) => string,
): string {
  const parts = spans.map((span) =>
    span ? decode(body.subarray(span.start, Math.min(span.end, span.start + HASHED_BYTES))) : "",
  );
  return sha256(parts.join("\n"));
}
