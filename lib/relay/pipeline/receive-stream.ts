import { AppError, toAppError } from "../../shared/errors";
import type { StreamForm } from "../model";
import type { Meter } from "../protocols/protocol";
import { elapsedMs } from "./call";
import { frameWriter } from "./frame-writer";
import { inBandFailure } from "./in-band";
import type { Received, Receiver, ReceiverTools } from "./receiver";

/** How often usage is kept while a stream runs; with the process's own batches two seconds at most. */
const CHECKPOINT_MS = 1_000;

/**
 * Passes a stream on, frame by frame: whole frames leave at once, an unfinished one is held back, so
 * that a keep-alive or a failure can always be put between two frames. The head is sent with the
 * first frame: until then another account may still be asked.
 */
export function receiveStream(tools: ReceiverTools, form: StreamForm): Receiver {
  const { call, passage } = tools;
  const meter = passage.spoken.meter(passage.facts);
  const translated = passage.translation?.stream() ?? null;
  let open = true;

  const close = (outcome: Received["outcome"], error: AppError | null) => {
    if (!open) return;
    open = false;
    writer.stop();
    tools.done({ outcome, error, meter, evidence: null });
  };
  const leave = (message: string) => {
    tools.upstream().abort();
    // Some clients close as soon as they have the last event: the answer is theirs, and complete.
    if (meter.complete()) close("complete", null);
    else close("left", new AppError("client_left", message));
  };
  const writer = frameWriter(tools, form, translated, () => {
    call.reply.fail();
    leave(`The client took nothing for ${call.settings.writeStallMs} ms.`);
  });
  const fail = (error: AppError) => {
    if (!open) return;
    tools.upstream().abort();
    close(call.reply.begun() ? "cut" : "failed", error);
  };
  const end = (stated: AppError | null) => {
    const failure = writer.finish();
    // An error event of the upstream's own went through: nothing is added to it.
    if (failure) fail(failure);
    else close(stated ? "cut" : "complete", stated);
  };
  const finish = (otherwise: () => AppError) => {
    if (!open) return;
    meter.end();
    const stated = inBandFailure(meter, call.facts.model);
    const passedOn = writer.hasPassed() && !translated;
    if (stated && !passedOn) fail(stated);
    else if (stated || meter.complete()) end(stated);
    else fail(otherwise());
  };
  const checkpoint = checkpoints(tools, meter);
  return {
    onData(chunk) {
      if (!open) return true;
      const whole = measured(meter, chunk, fail);
      if (whole < 0) return true;
      const refused = writer.hasPassed() ? null : inBandFailure(meter, call.facts.model);
      if (refused) {
        fail(refused);
        return true;
      }
      const nowMs = call.ports.clock.monotonicMs();
      const ready = writer.pass(chunk, whole, nowMs);
      const told = translated?.failure() ?? null;
      if (told) fail(told);
      checkpoint(nowMs);
      return ready;
    },
    onEnd: () => finish(endedEarly),
    onError: (error) => finish(() => error),
    onLeave: () => leave(`The client left after ${elapsedMs(call)} ms.`),
  };
}

function endedEarly(): AppError {
  return new AppError("upstream_broken", "The upstream ended its answer before it was complete.");
}

/** A frame beyond its bound ends the stream by name (-1) instead of breaking the process. */
function measured(meter: Meter, chunk: Uint8Array, fail: (error: AppError) => void): number {
  try {
    return meter.push(chunk);
  } catch (thrown) {
    fail(toAppError(thrown));
    return -1;
  }
}

/** Keeps usage when it first appears and at most every second after. */
function checkpoints(tools: ReceiverTools, meter: Meter) {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (nowMs: number) => {
    if (nowMs - lastMs < CHECKPOINT_MS || meter.usage() === null) return;
    lastMs = nowMs;
    tools.checkpoint(meter);
  };
}
