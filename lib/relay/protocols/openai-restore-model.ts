import { BODY_LIMITS, jsonPaths, scanJson } from "../stream/json-scan";
import type { Machine } from "../stream/machine";
import { spliceString } from "../stream/splice";
import { wholeMapper } from "./frame-mapper";

const PATHS = jsonPaths("model");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

/** Puts the asked model's name where a whole answer of an OpenAI API states its own; if it does. */
export function restoreTopModel(model: string): Machine<Uint8Array, Uint8Array> {
  return wholeMapper((bytes) => {
    const span = scanJson(bytes, PATHS, LIMITS).get("model");
    return span ? spliceString(bytes, span, model) : bytes;
  });
}
