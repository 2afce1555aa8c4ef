import type { CallFacts } from "../../model";
import { latin1 } from "../../stream/bytes";
import { BODY_LIMITS, jsonPaths, scanJson } from "../../stream/json-scan";
import type { Machine } from "../../stream/machine";
import { spliceString } from "../../stream/splice";
import { readSseFrame } from "../../stream/sse";
import { frameMapper, type MappedFrame } from "../frame-mapper";
import { restoreTopModel } from "../openai-restore-model";
import { eventType, LAST_EVENTS, RESPONSE_EVENTS } from "./event-type";

const EVENT_PATHS = jsonPaths("response.model");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

/** Puts the asked model's name into every event that carries the response, or into the whole answer. */
export function responsesRestoreModel(
  facts: Pick<CallFacts, "stream" | "model">,
): Machine<Uint8Array, Uint8Array> {
  const { stream, model } = facts;
  return stream ? frameMapper("sse", (frame) => restored(frame, model)) : restoreTopModel(model);
}

function restored(frame: Uint8Array, model: string): MappedFrame {
  const read = readSseFrame(latin1(frame));
  if (!read || read.dataStart < 0) return { frame, done: false };
  const type = eventType(read);
  if (!RESPONSE_EVENTS.has(type)) return { frame, done: false };
  const data = frame.subarray(read.dataStart, read.dataStart + read.data.length);
  const span = scanJson(data, EVENT_PATHS, LIMITS).get("response.model");
  const done = LAST_EVENTS.has(type);
  if (!span) return { frame, done };
  const { dataStart } = read;
  const place = { start: span.start + dataStart, end: span.end + dataStart };
  return { frame: spliceString(frame, place, model), done };
}
