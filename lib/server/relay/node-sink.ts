import type { IncomingMessage, ServerResponse } from "node:http";
import type { RelaySink } from "../../relay/ports";
import { latin1 } from "../../relay/stream/bytes";

/** What a caller may still send after its answer, before its connection is cut. */
const LINGER_MS = 2_000;
/** How long a caller may take to read the rest of an answer that has ended. */
const LAST_BYTES_MS = 90_000;
/** Answers up to this are cheaper copied than written in two pieces. */
const JOINED_BYTES = 16 * 1024;
/** How long a cut waits for bytes that are already on their way. */
const CUT_MS = 1_000;

/**
 * Writes an answer to a Node response. Heads leave at once, also when the first byte takes its
 * time; a body that was never read is discarded for a moment, so that the caller gets to read why.
 */
export function nodeSink(req: IncomingMessage, res: ServerResponse): RelaySink {
  let drained: (() => void) | null = null;
  let begun = false;
  // A lost connection is told by "close"; without a listener its error would end the process.
  res.on("error", ignore);
  return {
    head(status, headers) {
      res.writeHead(status, isRead(req) ? headers : { ...headers, connection: "close" });
      // The bytes of an answer whose length is known follow at once.
      if (headers["content-length"] !== undefined) return;
      process.nextTick(() => {
        if (!begun && !res.writableEnded && !res.destroyed) res.flushHeaders();
      });
    },
    write(bytes) {
      begun = true;
      return res.write(bytes);
    },
    onDrain(fn) {
      // Most answers never wait, and need no listener.
      if (!drained) res.on("drain", () => drained?.());
      drained = fn;
    },
    end(last) {
      if (!isRead(req)) return endUnread(req, res, last);
      // Node joins a text with its head into one write, and bytes not.
      if (!begun && last && last.length <= JOINED_BYTES) res.end(latin1(last), "latin1");
      else res.end(last);
      if (res.writableLength > 0) destroyAfter(res, LAST_BYTES_MS);
    },
    fail: () => cut(req, res),
  };
}

const ignore = () => {};

/** Bodies up to this are thrown away by Node itself, and the connection stays usable. */
const SMALL_BODY_BYTES = 64 * 1024;

/** Is nothing left to read, or so little that it does not matter? */
function isRead(req: IncomingMessage): boolean {
  if (req.readableEnded || (req.complete && req.readableLength === 0)) return true;
  const { "content-length": length, "transfer-encoding": chunked, expect } = req.headers;
  if (chunked !== undefined) return false;
  return length === undefined || (expect === undefined && Number(length) <= SMALL_BODY_BYTES);
}

/**
 * Ends an answer to a caller that is still sending. Closing at once would reset the connection, and
 * the reset overtakes the answer; so the rest is thrown away for a moment first.
 */
function endUnread(req: IncomingMessage, res: ServerResponse, last?: Uint8Array): void {
  const waitsForContinue = req.headers.expect !== undefined && req.readableFlowing === null;
  if (waitsForContinue) {
    res.end(last);
    return;
  }
  if (last) res.write(last);
  const timer = setTimeout(() => res.destroy(), LINGER_MS);
  res.once("close", () => clearTimeout(timer));
  req.once("end", () => res.end()).once("error", () => {});
  req.resume();
}

/** Breaks the connection so that the caller sees a cut; what was written before still leaves. */
function cut(req: IncomingMessage, res: ServerResponse): void {
  const { socket } = req;
  // HTTP/1.0 ends an answer by closing, so that only a reset looks like a cut.
  if (req.httpVersionMajor === 1 && req.httpVersionMinor === 0) {
    socket.resetAndDestroy();
    return;
  }
  destroyAfter(res, CUT_MS);
  socket.destroySoon();
}

function destroyAfter(res: ServerResponse, delayMs: number): void {
  const timer = setTimeout(() => res.destroy(), delayMs);
  timer.unref();
  res.once("close", () => clearTimeout(timer));
}
