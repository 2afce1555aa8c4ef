import { AppError } from "../../shared/errors";
import { concat } from "./bytes";

/** No provider sends frames of this size; an endless one must not fill the memory. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/**
 * Cuts a byte stream into whole frames, wherever the network cut it. The frames that it hands out,
 * joined, are the bytes that it was given.
 */
export interface FrameCutter {
  /**
   * Reads a chunk and hands out each frame that it completes. Answers how many of the chunk's
   * leading bytes belong to complete frames: what lies beyond begins a frame that is not whole yet.
   * Throws AppError("upstream_broken") when one frame outgrows the bound.
   */
  push(chunk: Uint8Array): number;
  /** Hands out a last frame that nothing closed. */
  end(): void;
}

/** What a cutter keeps of a frame that spans chunks. */
export interface HeldFrame {
  /** Whole frame: what was held and the chunk's part up to `end`. Nothing is held afterwards. */
  complete(chunk: Uint8Array, start: number, end: number): Uint8Array;
  hold(chunk: Uint8Array, start: number): void;
  size(): number;
}

/** A place for the beginning of an unfinished frame, bounded. */
export function heldFrame(maxBytes: number): HeldFrame {
  let parts: Uint8Array[] = [];
  let held = 0;
  return {
    complete(chunk, start, end) {
      const tail = chunk.subarray(start, end);
      if (held === 0) return tail;
      const whole = concat([...parts, tail]);
      parts = [];
      held = 0;
      return whole;
    },
    hold(chunk, start) {
      if (start >= chunk.length) return;
      parts.push(chunk.subarray(start));
      held += chunk.length - start;
      if (held > maxBytes) {
        throw new AppError("upstream_broken", "The upstream sent a frame that does not end.");
      }
    },
    size: () => held,
  };
}
