import { AppError } from "../../shared/errors";
import type { StreamForm } from "../model";
import { concat, encode } from "../stream/bytes";
import type { AnswerStream } from "./passage";
import type { ReceiverTools } from "./receiver";
import { lossHeaders, streamHeaders } from "./reply-headers";

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
  /**
   * Passes on what is still held, closed when the upstream left it open, and ends the answer. A
   * translation that did not come to its end is answered as the failure that it is, and left open.
   */
  finish(): AppError | null;
  stop(): void;
}

/** `stalled` is called when the caller takes nothing for too long; `translated` is null where bytes pass. */
export function frameWriter(
  tools: ReceiverTools,
  form: StreamForm,
  translated: AnswerStream | null,
  stalled: () => void,
): FrameWriter {
  const { call, passage } = tools;
  const { reply, settings, ports, requestId } = call;
  const change = translated ?? (tools.mapped ? call.protocol.restoreModel(call.facts) : null);
  let held: Uint8Array[] = [];
  let passed = false;
  let cancelStall: (() => void) | null = null;

  const send = (bytes: Uint8Array): boolean => {
    if (!passed) {
      passed = true;
      reply.begin(200, { ...streamHeaders(form, requestId), ...lossHeaders(passage.losses) });
    }
    return reply.write(bytes);
  };
  const write = (piece: Uint8Array): boolean => {
    if (!change) return send(piece);
    // One write for all that came of a chunk: a write costs more than making what it holds.
    const changed = concat(change.push(piece));
    return changed.length === 0 || send(changed);
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
    pass(chunk, completed, nowMs) {
      let ready = true;
      // A translation holds unfinished frames back itself.
      const whole = translated ? chunk.length : completed;
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
      const rest = concat(change?.end() ?? []);
      if (rest.length > 0) send(rest);
      const failure = translated && untold(translated);
      if (failure) return failure;
      if (last && form === "sse") reply.write(encode(missingLineEnds(last)));
      reply.end();
      return null;
    },
    stop() {
      cancelStall?.();
      cancelStall = null;
    },
  };
}

function untold(translated: AnswerStream): AppError | null {
  const told = translated.failure();
  if (told || translated.finished()) return told;
  return new AppError("upstream_broken", "The upstream ended its answer before it was complete.");
}

/**
 * What turns an unfinished event into a whole one: readers drop an event without a blank line, and
 * it is the last of an answer that is complete.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
function missingLineEnds(unfinished: Uint8Array): string {
  return unfinished.at(-1) === LF ? "\n" : "\n\n";
}
