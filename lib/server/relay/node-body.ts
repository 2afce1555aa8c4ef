import type { IncomingMessage } from "node:http";
import { AppError } from "../../shared/errors";

const NO_BYTES = Buffer.alloc(0);

/**
 * Reads the whole body into one buffer, once. What came in one piece is not copied; else a length
 * that was announced is reserved in one, so that the body is held a single time, and memory is only
 * taken as bytes arrive.
 * @throws {AppError} `too_large` as soon as more than `maxBytes` are announced or have come;
 *   `client_left` when the caller is gone before the end
 */
export async function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { "content-length": length, "transfer-encoding": coding } = req.headers;
  if (length === undefined && coding === undefined) return NO_BYTES;
  const announced = length === undefined ? null : Number(length);
  if (announced === 0) return NO_BYTES;
  if (announced !== null && announced > maxBytes) throw tooLarge(maxBytes);
  // What came in one packet with the head is only passed on after the head was.
  if (req.readableLength !== announced) await null;
  // Without a listener: the events of a stream cost more than all the rest of reading a small body.
  if (req.readableLength === announced) return req.read();
  if (req.destroyed) throw callerLeft();
  return arriving(req, announced === null ? growing(maxBytes) : filling(announced), maxBytes);
}

function arriving(req: IncomingMessage, bytes: Collected, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
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
      reject(callerLeft());
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
  let buffer: Buffer = NO_BYTES;
  let filled = 0;
  return {
    take(chunk) {
      if (chunk.length === length) {
        // The parser copies each chunk out of what was read: it is ours, and holds nothing else.
        buffer = chunk;
        filled = length;
        return true;
      }
      if (filled === 0) buffer = Buffer.allocUnsafe(length);
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
    whole: () => (chunks.length === 1 && chunks[0]) || Buffer.concat(chunks, length),
  };
}

const callerLeft = () =>
  new AppError("client_left", "The caller left before the request was complete.");

const tooLarge = (maxBytes: number) =>
  new AppError("too_large", `The request is larger than ${maxBytes} bytes.`);
