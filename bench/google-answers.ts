/** What Google's API answers in place of `streamEvents` and `jsonAnswer`: the same text in the same number of pieces. */

const MODEL = "gemini-2.5-flash";
const INPUT_TOKENS = 2_000;

/** Events of a streamed answer, `count` in all, with CRLF as Google sends them. */
export function googleEvents(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => {
    const piece = pieceOf(` piece ${i} of it`, i + 1, i === count - 1);
    return Buffer.from(`data: ${JSON.stringify(piece)}\r\n\r\n`);
  });
}

/** A whole small answer. */
export function googleJson(): Buffer {
  return Buffer.from(JSON.stringify(pieceOf("It is done.", 5, true)));
}

function pieceOf(text: string, output: number, isLast: boolean) {
  const content = { parts: [{ text }], role: "model" };
  const usageMetadata = {
    promptTokenCount: INPUT_TOKENS,
    candidatesTokenCount: output,
    totalTokenCount: INPUT_TOKENS + output,
  };
  const finish = isLast ? { finishReason: "STOP" } : {};
  const candidates = [{ content, ...finish, index: 0 }];
  return { candidates, usageMetadata, modelVersion: MODEL, responseId: "bench" };
}
