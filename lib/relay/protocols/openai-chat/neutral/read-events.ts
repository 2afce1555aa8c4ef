import type { StreamForm } from "../../../model";
import type { NeutralEvent } from "../../../neutral-answer";
import type { Machine } from "../../../stream/machine";
import { eventReader } from "../../event-reader";
import { fields, textOrNull } from "../../json-fields";
import { readOpenaiError } from "../../openai-error-status";
import { readChatUsage } from "../../openai-usage";
import type { Fields } from "../../own-extra";
import { deltaReader } from "./delta-reader";
import { readFinish } from "./finish-reasons";
import { firstChoice, isError } from "./read-answer";

/**
 * A streamed answer as events. The reason to end comes before the usage: it is told after it, at the
 * latest when the stream ends.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function readEvents(form: StreamForm): Machine<Uint8Array, NeutralEvent> {
  const deltas = deltaReader();
  let id: string | null = null;
  let started = false;
  let ended = false;
  let reason: string | null = null;

  const start = (chunk: Fields): NeutralEvent[] => {
    if (started) return [];
    started = true;
    id = textOrNull(chunk.id);
    return [{ kind: "start", id, model: textOrNull(chunk.model) }];
  };
  const finish = (): NeutralEvent[] => {
    if (ended || reason === null) return [];
    ended = true;
    const stated = readFinish(reason, deltas);
    return [...deltas.flush(), { kind: "finish", reason: stated, stopSequence: null }];
  };
  const fail = (error: unknown): NeutralEvent[] => {
    ended = true;
    return [{ kind: "fail", ...readOpenaiError(error) }];
  };
  const told = (choice: Fields): NeutralEvent[] => {
    // Some servers state an empty one until there is one.
    reason = textOrNull(choice.finish_reason) || reason;
    return deltas.read(fields(choice.delta ?? choice.message), id ?? "");
  };
  /** Moonshot states usage within the choice. */
  const spent = (stated: unknown): NeutralEvent[] => {
    const usage = readChatUsage(stated);
    return usage ? [{ kind: "usage", usage }] : [];
  };
  const read = (chunk: Fields): NeutralEvent[] => {
    const choice = firstChoice(chunk);
    const error = chunk.error ?? choice?.error;
    if (isError(error)) return fail(error);
    // Azure's first chunk is of its filter and names no model.
    if (!choice && !chunk.usage) return [];
    return [
      ...start(chunk),
      ...(choice ? told(choice) : []),
      ...spent(chunk.usage ?? choice?.usage),
      ...(choice ? [] : finish()),
    ];
  };
  return eventReader(form, (piece) => (ended ? [] : read(fields(piece))), finish);
}
