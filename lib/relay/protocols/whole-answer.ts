import { concat } from "../stream/bytes";

/** Bytes of a whole JSON answer, gathered to be read once. */
export interface WholeAnswer {
  push(chunk: Uint8Array): number;
  bytes(): Uint8Array;
}

/** Gathers an answer that is not streamed; any cut of it is one frame. */
export function wholeAnswer(): WholeAnswer {
  const parts: Uint8Array[] = [];
  return {
    push(chunk) {
      parts.push(chunk);
      return chunk.length;
    },
    bytes: () => concat(parts),
  };
}
