import type { StreamForm } from "../model";
import { concat, fromLatin1 } from "../stream/bytes";
import { jsonArrayCutter } from "../stream/json-array";
import type { Machine } from "../stream/machine";
import { sseCutter } from "../stream/sse";

export interface MappedFrame {
  frame: Uint8Array;
  /** Nothing further needs to be changed: the rest passes untouched. */
  done: boolean;
}

/**
 * Lets a stream through with single frames changed; a frame that cannot be read passes as it is. An
 * unfinished frame is held back until it is whole.
 */
export function frameMapper(
  form: StreamForm,
  map: (frame: Uint8Array) => MappedFrame,
): Machine<Uint8Array, Uint8Array> {
  let done = false;
  let out: Uint8Array[] = [];
  let held: Uint8Array[] = [];
  const take = (frame: Uint8Array) => {
    const mapped = done ? { frame, done } : mapSafely(map, frame);
    done = mapped.done;
    out.push(mapped.frame);
  };
  const cutter =
    form === "sse"
      ? sseCutter((text, start, end) => take(fromLatin1(text.slice(start, end))))
      : jsonArrayCutter(take);
  return {
    push(chunk) {
      if (done) return [chunk];
      out = [];
      const cut = cutter.push(chunk);
      if (out.length > 0) held = [];
      if (cut < chunk.length) held.push(chunk.subarray(cut));
      // Nothing is left to change: what was held back goes out, and every later byte as it comes.
      return done ? [...out, ...held.splice(0)] : out;
    },
    end() {
      out = [];
      if (!done) cutter.end();
      return out;
    },
  };
}

/** A whole answer, changed at its end. */
export function wholeMapper(
  map: (bytes: Uint8Array) => Uint8Array,
): Machine<Uint8Array, Uint8Array> {
  const parts: Uint8Array[] = [];
  return {
    push(chunk) {
      parts.push(chunk);
      return [];
    },
    end() {
      const whole = concat(parts);
      return [mapSafely((frame) => ({ frame: map(frame), done: true }), whole).frame];
    },
  };
}

function mapSafely(map: (frame: Uint8Array) => MappedFrame, frame: Uint8Array): MappedFrame {
  try {
    return map(frame);
  } catch {
    return { frame, done: false };
  }
}
