import type { StreamForm } from "../model";
import { encode } from "../stream/bytes";
import type { ReceiverTools } from "./receiver";
import { streamHeaders } from "./reply-headers";

const LF = 0x0a;

/** Writes a streamed answer to the caller, frame by frame. */
export interface FrameWriter {
  /** Has any of the upstream's bytes been passed on? */
  hasPassed(): boolean;
  /**
   * Passes on the chunk's first `whole` bytes and holds the rest, the beginning of a frame, back.
   * false means that the upstream has to wait; it is resumed when the caller has taken enough.
   * `nowMs` is the monotonic time.
   */
  pass(chunk: Uint8Array, whole: number, nowMs: number): boolean;
  /** Passes on what is still held, closed when the upstream left it open, and ends the answer. */
  finish(): void;
  stop(): void;
}

/** `stalled` is called when the caller takes nothing for too long. */
export function frameWriter(
  tools: ReceiverTools,
  form: StreamForm,
  stalled: () => void,
): FrameWriter {
  const { call } = tools;
  const { reply, settings, ports, requestId } = call;
  const restore = tools.mapped ? call.protocol.restoreModel(call.facts) : null;
  let held: Uint8Array[] = [];
  let passed = false;
  let cancelStall: (() => void) | null = null;

  const write = (piece: Uint8Array): boolean => {
    if (!passed) {
      passed = true;
      reply.begin(200, streamHeaders(form, requestId));
    }
    if (!restore) return reply.write(piece);
    return restore.push(piece).reduce((ready, bytes) => reply.write(bytes) && ready, true);
  };
  const drained = () => {
    if (!cancelStall) return;
    cancelStall();
    cancelStall = null;
    tools.upstream().resume();
  };
  const waitForDrain = () => {
    if (cancelStall) return;
    cancelStall = ports.clock.after(settings.writeStallMs, stalled);
    reply.onDrain(drained);
  };
  const release = (): boolean => {
    if (held.length === 0) return true;
    const pieces = held;
    held = [];
    return pieces.reduce((ready, piece) => write(piece) && ready, true);
  };
  return {
    hasPassed: () => passed,
    pass(chunk, whole, nowMs) {
      let ready = true;
      if (whole > 0) {
        const released = release();
        ready = write(whole === chunk.length ? chunk : chunk.subarray(0, whole)) && released;
        tools.touch(nowMs);
      }
      if (whole < chunk.length) held.push(chunk.subarray(whole));
      if (!ready) waitForDrain();
      return ready;
    },
    finish() {
      const last = held.at(-1);
      release();
      for (const bytes of restore?.end() ?? []) reply.write(bytes);
      if (last && form === "sse") reply.write(encode(missingLineEnds(last)));
      reply.end();
    },
    stop() {
      cancelStall?.();
      cancelStall = null;
    },
  };
}

/**
 * What turns an unfinished event into a whole one: readers drop an event without a blank line, and
 * it is the last of an answer that is complete.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
function missingLineEnds(unfinished: Uint8Array): string {
  return unfinished.at(-1) === LF ? "\n" : "\n\n";
}
