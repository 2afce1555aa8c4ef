/** Four code points are one token, whatever the script: easy to count by hand in a test. */
const CODE_POINTS_PER_TOKEN = 4;

/** What one image, PDF, sound or file costs, whatever its size. */
const MEDIA_TOKENS = 258;
const DATA_URL = /^data:[\w./+-]*;base64,/;

/** Tokens of a text: a quarter of its code points, rounded up. "" has none. */
export function countTokens(text: string): number {
  let codePoints = text.length;
  // Only text beyond ASCII is looked at unit by unit: prompts are long, and this is the hot path.
  if (Buffer.byteLength(text) !== text.length) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0xdc00 && unit <= 0xdfff) codePoints--;
    }
  }
  return Math.ceil(codePoints / CODE_POINTS_PER_TOKEN);
}

/** Cuts a text into pieces of `perPiece` tokens each (the last may be shorter). Never splits a code point. */
export function cutByTokens(text: string, perPiece: number): string[] {
  const size = perPiece * CODE_POINTS_PER_TOKEN;
  if (!Number.isFinite(size) || countTokens(text) <= perPiece) return text === "" ? [] : [text];
  const points = Array.from(text);
  const pieces: string[] = [];
  for (let i = 0; i < points.length; i += size) pieces.push(points.slice(i, i + size).join(""));
  return pieces;
}

/** The beginning of a text that has at most `tokens` tokens. */
export function firstTokens(text: string, tokens: number): string {
  if (countTokens(text) <= tokens) return text;
  return Array.from(text)
    .slice(0, tokens * CODE_POINTS_PER_TOKEN)
    .join("");
}

/** A text of exactly `tokens` tokens: "w000 w001 …" cut to length. */
export function fillerText(tokens: number): string {
  let text = "";
  for (let word = 0; text.length < tokens * CODE_POINTS_PER_TOKEN; word++) {
    text += `w${String(word).padStart(3, "0")} `;
  }
  return text.slice(0, tokens * CODE_POINTS_PER_TOKEN);
}

/**
 * Tokens of a piece of a request: of its JSON text, with every base64 payload taken out and counted
 * as `MEDIA_TOKENS`. Fields that do not reach a model (`cache_control`) are left out.
 */
export function countJsonTokens(value: unknown): number {
  if (typeof value === "string") return countTokens(value);
  const plain = JSON.stringify(value) ?? "";
  if (!MARKS.some((mark) => plain.includes(mark))) return countTokens(plain);
  let media = 0;
  const text = JSON.stringify(value, (key, inner) => {
    if (key === "cache_control") return undefined;
    if (typeof inner === "string" && isMedia(key, inner)) {
      media += MEDIA_TOKENS;
      return "";
    }
    return inner;
  });
  return countTokens(text) + media;
}

/** What a piece has to contain to be looked into. */
const MARKS = ['"cache_control":', '"data":', '"data:'];

function isMedia(key: string, text: string): boolean {
  return text.length > 64 && (key === "data" || DATA_URL.test(text.slice(0, 100)));
}

/** The canonical text of a piece of a request: what two equal prompts have in common. */
export function canonicalText(value: unknown): string {
  const plain = JSON.stringify(value) ?? "";
  if (!plain.includes('"cache_control":')) return plain;
  return JSON.stringify(value, (key, inner) => (key === "cache_control" ? undefined : inner));
}
