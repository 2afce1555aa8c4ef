import type { IncomingMessage } from "node:http";

const SLOW_TICK_MS = 50;

/**
 * Reads a request's body to its end; null when the client left before. `bytesPerSecond` makes the
 * reader slow, so that the sender's window fills up.
 */
export function readBody(
  request: IncomingMessage,
  bytesPerSecond: number | null,
): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (bytesPerSecond !== null) rest(request, (chunk.length / bytesPerSecond) * 1000);
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", () => resolve(null));
    request.on("close", () => resolve(null));
  });
}

function rest(request: IncomingMessage, ms: number): void {
  request.pause();
  setTimeout(() => request.resume(), Math.max(ms, SLOW_TICK_MS));
}
