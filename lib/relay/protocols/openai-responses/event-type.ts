import type { SseFrame } from "../../stream/sse";
import { fields, parseJson, textOrNull } from "../json-fields";

const TYPE = /\{\s*"type"\s*:\s*"([a-z_.]+)"/y;

/**
 * Type of a streamed event. Every known server states it first in the data; only where it does not are
 * the event's name, or all of the data, looked at.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function eventType({ data, event }: Pick<SseFrame, "data" | "event">): string {
  TYPE.lastIndex = 0;
  const stated = TYPE.exec(data)?.[1] ?? event;
  return stated ?? textOrNull(fields(parseJson(data)).type) ?? "";
}

/** Events that carry the whole response, with its model. */
export const RESPONSE_EVENTS: ReadonlySet<string> = new Set([
  "response.created",
  "response.queued",
  "response.in_progress",
  "response.completed",
  "response.incomplete",
  "response.failed",
]);

/** The last event of an answer that is whole. */
export const LAST_EVENTS: ReadonlySet<string> = new Set([
  "response.completed",
  "response.incomplete",
]);
