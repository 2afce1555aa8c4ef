/** Longest text that a fingerprint is made of; what lies beyond tells no two turns apart. */
const FINGERPRINT_CHARS = 64 * 1024;

/**
 * The letters and digits of the last turn's texts, whatever was done to white space, punctuation and
 * order on the way: translators between the hops regroup blocks. null when there are none.
 */
export function normalTurnText(texts: readonly string[]): string | null {
  const plain = texts
    .map((text) => text.slice(0, FINGERPRINT_CHARS).replace(/[^\p{L}\p{N}]+/gu, ""))
    .filter((text) => text !== "")
    .sort();
  return plain.length > 0 ? plain.join("\n") : null;
}

/**
 * The same for the first turn of a conversation, whose messages are given last first: only the last
 * one counts, since claude-code-router puts the system prompt before it as one more user message.
 */
export function openingTurnText(messages: readonly (readonly string[])[]): string | null {
  return normalTurnText(messages[0] ?? []);
}
