import type { CallFacts } from "../../model";
import { latin1 } from "../../stream/bytes";
import { objectStart } from "../../stream/json-array";
import { BODY_LIMITS, type JsonPaths, jsonPaths, scanJson } from "../../stream/json-scan";
import type { Machine } from "../../stream/machine";
import { spliceString } from "../../stream/splice";
import { readSseFrame } from "../../stream/sse";
import { frameMapper, wholeMapper } from "../frame-mapper";

const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

/** Puts the asked model's name into the `modelVersion` of every piece of the answer. */
export function geminiRestoreModel(
  facts: Pick<CallFacts, "stream" | "model">,
  path = "modelVersion",
): Machine<Uint8Array, Uint8Array> {
  const { stream, model } = facts;
  const place = { path, paths: jsonPaths(path) };
  if (!stream) return wholeMapper((bytes) => restored(bytes, bytes, 0, model, place));
  return frameMapper(stream, (frame) => {
    if (stream === "array") {
      const start = objectStart(frame);
      const mapped =
        start < 0 ? frame : restored(frame, frame.subarray(start), start, model, place);
      return { frame: mapped, done: false };
    }
    const read = readSseFrame(latin1(frame));
    if (!read || read.dataStart < 0) return { frame, done: false };
    const data = frame.subarray(read.dataStart, read.dataStart + read.data.length);
    return { frame: restored(frame, data, read.dataStart, model, place), done: false };
  });
}

function restored(
  frame: Uint8Array,
  json: Uint8Array,
  offset: number,
  model: string,
  { path, paths }: { path: string; paths: JsonPaths },
): Uint8Array {
  const span = scanJson(json, paths, LIMITS).get(path);
  if (!span) return frame;
  return spliceString(frame, { start: span.start + offset, end: span.end + offset }, model);
}
