import { type FrameCutter, heldFrame, MAX_FRAME_BYTES } from "./frames";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** A cutter of a JSON array that arrives element by element. */
export interface ArrayCutter extends FrameCutter {
  /** Has the array's own closing bracket been seen? */
  closed(): boolean;
}

/**
 * Cuts `[{…},{…}]` into its objects, as Gemini streams without `alt=sse`. A frame handed out is the
 * object alone; separators count to the frame that follows them.
 */
export function jsonArrayCutter(
  onElement: (element: Uint8Array) => void,
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

  return {
    push(chunk) {
      let start = 0;
      for (let i = 0; i < chunk.length; i++) {
        const byte = chunk[i] ?? 0;
        if (inString) inText(byte);
        else if (endsFrame(byte)) {
          const frame = held.complete(chunk, start, i + 1);
          start = i + 1;
          if (!closed) onElement(withoutSeparator(frame));
        }
      }
      // White space after the closing bracket begins nothing.
      if (closed) return chunk.length;
      held.hold(chunk, start);
      return start;
    },
    end() {},
    closed: () => closed,
  };
}

function withoutSeparator(frame: Uint8Array): Uint8Array {
  return frame.subarray(Math.max(frame.indexOf(OPEN_OBJECT), 0));
}
