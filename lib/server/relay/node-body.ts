import type { IncomingMessage } from "node:http";
import { AppError } from "../../shared/errors";

/**
 * Reads the whole body into one buffer, once. With a length that was announced the buffer is made
 * at once, so that the body is held a single time; memory is only taken as bytes arrive.
 * @throws {AppError} `too_large` as soon as more than `maxBytes` are announced or have come;
 *   `client_left` when the caller is gone before the end
 */
export function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const announced = Number(req.headers["content-length"] ?? Number.NaN);
  if (announced > maxBytes) return Promise.reject(tooLarge(maxBytes));
  if (announced === 0 || hasNoBody(req)) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    const bytes = Number.isNaN(announced) ? growing(maxBytes) : filling(announced);
    const stop = () => {
      req.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
    };
    const onData = (chunk: Buffer) => {
      if (bytes.take(chunk)) return;
      stop();
      req.pause();
      reject(tooLarge(maxBytes));
    };
    const onEnd = () => {
      stop();
      resolve(bytes.whole());
    };
    const onClose = () => {
      stop();
      reject(new AppError("client_left", "The caller left before the request was complete."));
    };
    req.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

interface Collected {
  /** false when there is more than may come. */
  take(chunk: Buffer): boolean;
  whole(): Buffer;
}

// Node's parser never passes on more than what was announced.
function filling(length: number): Collected {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  return {
    take(chunk) {
      filled += chunk.copy(buffer, filled);
      return true;
    },
    whole: () => buffer.subarray(0, filled),
  };
}

function growing(maxBytes: number): Collected {
  const chunks: Buffer[] = [];
  let length = 0;
  return {
    take(chunk) {
      chunks.push(chunk);
      length += chunk.length;
      return length <= maxBytes;
    },
    whole: () => Buffer.concat(chunks, length),
  };
}

const hasNoBody = (req: IncomingMessage) =>
  req.headers["content-length"] === undefined && req.headers["transfer-encoding"] === undefined;

const tooLarge = (maxBytes: number) =>
  new AppError("too_large", `The request is larger than ${maxBytes} bytes.`);
