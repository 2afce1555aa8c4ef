import type { CallFacts } from "../../model";
import { latin1 } from "../../stream/bytes";
import { BODY_LIMITS, jsonPaths, type Span, scanJson } from "../../stream/json-scan";
import type { Machine } from "../../stream/machine";
import { spliceString } from "../../stream/splice";
import { readSseFrame } from "../../stream/sse";
import { frameMapper, wholeMapper } from "../frame-mapper";

const EVENT_PATHS = jsonPaths("type", "message.model");
const ANSWER_PATHS = jsonPaths("model");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

/** Puts the asked model's name into `message_start`, or into the whole answer's `model`. */
export function anthropicRestoreModel(
  facts: Pick<CallFacts, "stream" | "model">,
): Machine<Uint8Array, Uint8Array> {
  const { model } = facts;
  if (!facts.stream) {
    return wholeMapper((bytes) => {
      const span = scanJson(bytes, ANSWER_PATHS, LIMITS).get("model");
      return span ? spliceString(bytes, span, model) : bytes;
    });
  }
  // Only the first event names the model: after it every byte passes as it is.
  return frameMapper("sse", (frame) => {
    const span = startModelSpan(frame);
    return span ? { frame: spliceString(frame, span, model), done: true } : { frame, done: false };
  });
}

function startModelSpan(frame: Uint8Array): Span | null {
  const read = readSseFrame(latin1(frame));
  if (!read || read.dataStart < 0) return null;
  const data = frame.subarray(read.dataStart, read.dataStart + read.data.length);
  const span = scanJson(data, EVENT_PATHS, LIMITS).get("message.model");
  return span ? { start: span.start + read.dataStart, end: span.end + read.dataStart } : null;
}
