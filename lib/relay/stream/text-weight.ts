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

/**
 * Finds a text in one part after another of a longer one, which is searched only once however many
 * parts it has. Answers where the text after it begins; -1 when the part does not hold it.
 */
export function finder(sought: string): (text: string, start: number, end: number) => number {
  let searched = "";
  let next = -1;
  return (text, start, end) => {
    if (text !== searched || next < start) {
      const found = text.indexOf(sought, start);
      searched = text;
      next = found < 0 ? text.length : found;
    }
    return next < end ? next + sought.length : -1;
  };
}
