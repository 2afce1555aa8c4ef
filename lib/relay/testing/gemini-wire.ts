import { encode } from "../stream/bytes";

export interface GeminiPiece {
  text?: string;
  usage?: Readonly<Record<string, unknown>>;
  finish?: string;
  model?: string;
}

/** One piece of an answer as Gemini sends it. */
export function piece({ text, usage, finish, model = "gemini-3-pro-preview" }: GeminiPiece) {
  const content = { parts: text === undefined ? [] : [{ text }], role: "model" };
  return {
    candidates: [{ content, ...(finish ? { finishReason: finish } : {}), index: 0 }],
    ...(usage ? { usageMetadata: usage } : {}),
    modelVersion: model,
    responseId: "r-1",
  };
}

/** Pieces as server-sent events; Google ends lines with CRLF. */
export function geminiEvents(pieces: readonly GeminiPiece[]): Uint8Array {
  return encode(pieces.map((one) => `data: ${JSON.stringify(piece(one))}\r\n\r\n`).join(""));
}

/** Pieces as the JSON array that a stream without `alt=sse` is. */
export function geminiArray(pieces: readonly GeminiPiece[]): Uint8Array {
  return encode(
    `[${pieces.map((one) => JSON.stringify(piece(one), null, 2)).join("\n,\r\n")}\n]\n`,
  );
}
