import { AppError, toAppError } from "../../shared/errors";
import { concat } from "../stream/bytes";
import { runAll } from "../stream/machine";
import { answerTranslated } from "./answer-translated";
import { elapsedMs } from "./call";
import { evidenceOf } from "./evidence";
import { inBandFailure } from "./in-band";
import type { Received, Receiver, ReceiverTools } from "./receiver";
import { wholeHeaders } from "./reply-headers";

/** Room for answers with several large images. */
const MAX_ANSWER_BYTES = 128 * 1024 * 1024;
const MAX_EVIDENCE_BYTES = 2_000;

/**
 * Takes an answer that is not streamed. It is passed on when it is whole, so that one that breaks off
 * can still be asked of another account.
 */
export function receiveWhole(
  tools: ReceiverTools,
  head: { status: number; headers: Readonly<Record<string, string>> },
): Receiver {
  const { call, passage } = tools;
  const facts = passage.facts.stream === null ? passage.facts : { ...passage.facts, stream: null };
  const meter = passage.spoken.meter(facts);
  const parts: Uint8Array[] = [];
  let size = 0;

  const fail = (error: AppError, evidence: string | null = null) =>
    tools.done({ outcome: "failed", error, meter, evidence });
  const pass = (body: Uint8Array) => {
    if (passage.translation) {
      answerTranslated(call, passage, body);
      tools.done(complete(meter));
      return;
    }
    if (call.reply.begun()) {
      fail(new AppError("upstream_broken", "The upstream answered a stream with a whole object."));
      return;
    }
    const restored = tools.mapped
      ? concat(runAll(call.protocol.restoreModel(facts), [body]))
      : body;
    const headers = wholeHeaders(head.headers["content-type"], call.requestId, restored.length);
    call.reply.whole(head.status, headers, restored);
    tools.done(complete(meter));
  };
  /** An answer that cannot be read is the upstream's failure. */
  const attempt = (act: () => void) => {
    try {
      act();
    } catch (thrown) {
      fail(toAppError(thrown));
    }
  };
  return {
    onData(chunk) {
      parts.push(chunk);
      size += chunk.length;
      if (size <= MAX_ANSWER_BYTES) return true;
      tools.upstream().abort();
      fail(
        new AppError("upstream_broken", "The upstream's answer is larger than can be passed on."),
      );
      return true;
    },
    onEnd() {
      const body = concat(parts);
      meter.push(body);
      meter.end();
      const stated = inBandFailure(meter, facts.model);
      if (!stated && meter.complete()) {
        attempt(() => pass(body));
        return;
      }
      const broken = new AppError(
        "upstream_broken",
        "The upstream's answer is not a whole JSON object.",
      );
      const text = new TextDecoder().decode(body.subarray(0, MAX_EVIDENCE_BYTES));
      fail(stated ?? broken, evidenceOf(text));
    },
    onError: (error) => fail(error),
    onLeave() {
      tools.upstream().abort();
      const error = new AppError("client_left", `The client left after ${elapsedMs(call)} ms.`);
      tools.done({ outcome: "left", error, meter, evidence: null });
    },
  };
}

function complete(meter: Received["meter"]): Received {
  return { outcome: "complete", error: null, meter, evidence: null };
}
