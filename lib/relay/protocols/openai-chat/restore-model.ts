import type { CallFacts } from "../../model";
import { latin1 } from "../../stream/bytes";
import { BODY_LIMITS, jsonPaths, scanJson } from "../../stream/json-scan";
import type { Machine } from "../../stream/machine";
import { spliceString } from "../../stream/splice";
import { readSseFrame } from "../../stream/sse";
import { frameMapper, type MappedFrame } from "../frame-mapper";
import { restoreTopModel } from "../openai-restore-model";

const PATHS = jsonPaths("model");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };
const NOTHING = new Uint8Array(0);
/** The last chunk but `[DONE]`, which states usage and nothing else. */
const NO_CHOICES = /"choices": ?\[\]/;

/**
 * Puts the asked model's name into every chunk, or into the whole answer, and takes out the chunk with
 * usage that the client did not ask for.
 */
export function chatRestoreModel(
  facts: Pick<CallFacts, "stream" | "model" | "usageUnasked">,
): Machine<Uint8Array, Uint8Array> {
  if (!facts.stream) return restoreTopModel(facts.model);
  return frameMapper("sse", (frame) => restored(frame, facts));
}

function restored(
  frame: Uint8Array,
  { model, usageUnasked }: Pick<CallFacts, "model" | "usageUnasked">,
): MappedFrame {
  const text = latin1(frame);
  const read = readSseFrame(text);
  if (!read || read.dataStart < 0) return { frame, done: false };
  if (usageUnasked && NO_CHOICES.test(read.data) && read.data.includes('"usage"')) {
    return { frame: NOTHING, done: false };
  }
  const data = frame.subarray(read.dataStart, read.dataStart + read.data.length);
  const span = read.data.startsWith("{") ? scanJson(data, PATHS, LIMITS).get("model") : undefined;
  if (!span) return { frame, done: false };
  const place = { start: span.start + read.dataStart, end: span.end + read.dataStart };
  return { frame: spliceString(frame, place, model), done: false };
}
