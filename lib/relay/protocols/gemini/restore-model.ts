import type { CallFacts } from "../../model";
import { latin1 } from "../../stream/bytes";
import { objectStart } from "../../stream/json-array";
import { BODY_LIMITS, jsonPaths, scanJson } from "../../stream/json-scan";
import type { Machine } from "../../stream/machine";
import { spliceString } from "../../stream/splice";
import { readSseFrame } from "../../stream/sse";
import { frameMapper, wholeMapper } from "../frame-mapper";

const PATHS = jsonPaths("modelVersion");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

/** Puts the asked model's name into the `modelVersion` of every piece of the answer. */
export function geminiRestoreModel(
  facts: Pick<CallFacts, "stream" | "model">,
): Machine<Uint8Array, Uint8Array> {
  const { stream, model } = facts;
  if (!stream) return wholeMapper((bytes) => restored(bytes, bytes, 0, model));
  return frameMapper(stream, (frame) => {
    if (stream === "array") {
      const start = objectStart(frame);
      const mapped = start < 0 ? frame : restored(frame, frame.subarray(start), start, model);
      return { frame: mapped, done: false };
    }
    const read = readSseFrame(latin1(frame));
    if (!read || read.dataStart < 0) return { frame, done: false };
    const data = frame.subarray(read.dataStart, read.dataStart + read.data.length);
    return { frame: restored(frame, data, read.dataStart, model), done: false };
  });
}

function restored(frame: Uint8Array, json: Uint8Array, offset: number, model: string): Uint8Array {
  const span = scanJson(json, PATHS, LIMITS).get("modelVersion");
  if (!span) return frame;
  return spliceString(frame, { start: span.start + offset, end: span.end + offset }, model);
}
