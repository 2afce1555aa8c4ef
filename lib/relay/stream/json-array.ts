import { type FrameCutter, heldFrame, MAX_FRAME_BYTES } from "./frames";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const NOTHING = new Uint8Array(0);

/** A cutter of a JSON array that arrives element by element. */
export interface ArrayCutter extends FrameCutter {
  /** Has the array's own closing bracket been seen? */
  closed(): boolean;
}

/**
 * Cuts `[{…},{…}]` after each of its objects, as Gemini streams without `alt=sse`. The brackets and
 * commas around an object belong to the frame that they precede.
 */
export function jsonArrayCutter(
  onFrame: (frame: Uint8Array) => void,
  maxFrameBytes = MAX_FRAME_BYTES,
): ArrayCutter {
  const held = heldFrame(maxFrameBytes);
  let depth = 0;
  let inString = false;
  let escaped = false;
  let closed = false;

  const inText = (byte: number): void => {
    if (escaped) escaped = false;
    else if (byte === BACKSLASH) escaped = true;
    else if (byte === QUOTE) inString = false;
  };
  /** Does a frame end with this byte, which lies outside of strings? */
  const endsFrame = (byte: number): boolean => {
    if (byte === QUOTE) inString = true;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    if (byte !== CLOSE_OBJECT && byte !== CLOSE_ARRAY) return false;
    depth--;
    if (depth === 0) closed = true;
    return depth <= 1;
  };
  const handOut = (chunk: Uint8Array, start: number, end: number): number => {
    onFrame(held.complete(chunk, start, end));
    return end;
  };

  return {
    push(chunk) {
      let start = 0;
      for (let i = 0; i < chunk.length; i++) {
        const byte = chunk[i] ?? 0;
        if (inString) inText(byte);
        else if (endsFrame(byte)) start = handOut(chunk, start, i + 1);
      }
      // White space after the closing bracket begins nothing.
      if (closed && start < chunk.length) start = handOut(chunk, start, chunk.length);
      held.hold(chunk, start);
      return start;
    },
    end() {
      if (held.size() > 0) handOut(NOTHING, 0, 0);
    },
    closed: () => closed,
  };
}

/** Where the object of a frame begins; -1 when the frame holds brackets and commas only. */
export function objectStart(frame: Uint8Array): number {
  return frame.indexOf(OPEN_OBJECT);
}
