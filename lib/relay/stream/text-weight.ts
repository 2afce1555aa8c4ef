const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Weight of the JSON string from `start` (after its opening quote) to its closing quote, in a text of
 * one character per byte: one for an ASCII character (an escape counts as one), four for any other.
 */
export function stringWeight(text: string, start: number, end = text.length): number {
  let weight = 0;
  for (let i = start; i < end; i++) {
    const byte = text.charCodeAt(i);
    if (byte === QUOTE) break;
    if (byte === BACKSLASH) i++;
    // Continuation bytes of UTF-8 belong to a character that was counted.
    if (byte < 0x80) weight += 1;
    else if (byte >= 0xc0) weight += 4;
  }
  return weight;
}
