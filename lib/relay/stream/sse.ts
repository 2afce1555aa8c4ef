import { concat, decode } from "./bytes";
import { type FrameCutter, heldFrame, MAX_FRAME_BYTES } from "./frames";

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * Cuts server-sent events at their blank lines; lines may end with LF, CRLF or CR, mixed.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function sseCutter(
  onFrame: (frame: Uint8Array) => void,
  maxFrameBytes = MAX_FRAME_BYTES,
): FrameCutter {
  const held = heldFrame(maxFrameBytes);
  let lineEmpty = true;
  let afterCr = false;
  /** Takes the line end at `at`; answers where the current frame begins now. */
  const lineEnd = (chunk: Uint8Array, start: number, at: number): number => {
    const byte = chunk[at];
    const secondOfCrLf = byte === LF && afterCr;
    afterCr = byte === CR;
    // The LF of a blank line's CRLF: its frame was handed out at the CR, so it goes alone.
    const strayLf = secondOfCrLf && at === start && held.size() === 0;
    if (secondOfCrLf && !strayLf) return start;
    if (!lineEmpty && !strayLf) {
      lineEmpty = true;
      return start;
    }
    onFrame(held.complete(chunk, start, at + 1));
    return at + 1;
  };
  return {
    push(chunk) {
      let start = 0;
      for (let from = 0; ; ) {
        const at = nextLineEnd(chunk, from);
        if (at > from) {
          lineEmpty = false;
          afterCr = false;
        }
        if (at === chunk.length) break;
        start = lineEnd(chunk, start, at);
        from = at + 1;
      }
      held.hold(chunk, start);
      return start;
    },
    end() {
      if (held.size() > 0) onFrame(held.complete(new Uint8Array(0), 0, 0));
    },
  };
}

function nextLineEnd(chunk: Uint8Array, from: number): number {
  let at = from;
  for (; at < chunk.length; at++) {
    const byte = chunk[at] ?? 0;
    if (byte <= CR && (byte === LF || byte === CR)) break;
  }
  return at;
}

export interface SseFrame {
  /** Value of the `event` field; null when the frame has none. */
  event: string | null;
  /** Bytes of the data lines, joined by LF. */
  data: Uint8Array;
  /** Where the data lies in the frame when it is a single line; -1 when it was joined. */
  dataStart: number;
}

/** Reads the fields of one whole frame; null when it carries no data (comments, retry, blank). */
export function readSseFrame(frame: Uint8Array): SseFrame | null {
  let event: string | null = null;
  const lines: { start: number; end: number }[] = [];
  for (let at = afterBom(frame); at < frame.length; ) {
    let end = at;
    while (end < frame.length && frame[end] !== LF && frame[end] !== CR) end++;
    const name = fieldName(frame, at, end);
    if (name === "data") lines.push({ start: valueStart(frame, at + 4, end), end });
    if (name === "event") event = decode(frame.subarray(valueStart(frame, at + 5, end), end));
    at = end + 1;
  }
  const [first] = lines;
  if (!first) return null;
  if (lines.length === 1) {
    return { event, data: frame.subarray(first.start, first.end), dataStart: first.start };
  }
  const newline = new Uint8Array([LF]);
  const parts = lines.flatMap(({ start, end }) => [newline, frame.subarray(start, end)]);
  return { event, data: concat(parts.slice(1)), dataStart: -1 };
}

function afterBom(frame: Uint8Array): number {
  return frame[0] === 0xef && frame[1] === 0xbb && frame[2] === 0xbf ? 3 : 0;
}

function fieldName(frame: Uint8Array, start: number, end: number): "data" | "event" | null {
  const first = frame[start];
  if (first === 0x64 && isField(frame, start, end, 4)) {
    return decode(frame.subarray(start, start + 4)) === "data" ? "data" : null;
  }
  if (first === 0x65 && isField(frame, start, end, 5)) {
    return decode(frame.subarray(start, start + 5)) === "event" ? "event" : null;
  }
  return null;
}

function isField(frame: Uint8Array, start: number, end: number, length: number): boolean {
  return start + length === end || (start + length < end && frame[start + length] === COLON);
}

/** After the colon and one optional space. */
function valueStart(frame: Uint8Array, colon: number, end: number): number {
  if (colon >= end) return end;
  return frame[colon + 1] === SPACE && colon + 1 < end ? colon + 2 : colon + 1;
}
