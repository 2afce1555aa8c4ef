import { AppError } from "../../../../shared/errors";
import type { StreamForm } from "../../../model";
import type { NeutralAnswer, NeutralEvent } from "../../../neutral-answer";
import { decode } from "../../../stream/bytes";
import type { Machine } from "../../../stream/machine";
import { eventReader } from "../../event-reader";
import { fields, parseJson, textOrNull } from "../../json-fields";
import { readOpenaiError } from "../../openai-error-status";
import { readChatUsage } from "../../openai-usage";
import { type Fields, without } from "../../own-extra";
import { readFinish } from "../neutral/finish-reasons";
import { firstChoice, isError } from "../neutral/read-answer";
import { plainText } from "../neutral/read-parts";
import { ownExtra } from "./own-extra";

const PLAIN = { called: false, refused: false };

/**
 * A whole answer. Throws AppError("upstream_broken") for what is none.
 * @see https://platform.openai.com/docs/api-reference/completions/object
 */
export function readCompletion(body: Uint8Array): NeutralAnswer {
  const completion = fields(parseJson(decode(body)));
  const choice = firstChoice(completion);
  const text = textOrNull(choice?.text);
  if (!choice || text === null) {
    throw new AppError("upstream_broken", "The upstream's answer is no text completion.");
  }
  return {
    id: textOrNull(completion.id),
    model: textOrNull(completion.model),
    blocks: [plainText(text)],
    finish: readFinish(choice.finish_reason, PLAIN),
    stopSequence: null,
    usage: readChatUsage(completion.usage),
    extra: ownExtra({
      ...without(completion, "id", "model", "choices"),
      choice: without(choice, "index", "text"),
    }),
  };
}

/** A streamed answer as events. The reason to end is told after the usage. */
export function readCompletionEvents(form: StreamForm): Machine<Uint8Array, NeutralEvent> {
  let started = false;
  let reason: string | null = null;
  let ended = false;

  const start = (chunk: Fields): NeutralEvent[] => {
    if (started) return [];
    started = true;
    return [
      { kind: "start", id: textOrNull(chunk.id), model: textOrNull(chunk.model) },
      { kind: "open", block: { kind: "text" } },
    ];
  };
  const finish = (): NeutralEvent[] => {
    if (ended || reason === null) return [];
    ended = true;
    const end = { reason: readFinish(reason, PLAIN), stopSequence: null };
    return [{ kind: "close" }, { kind: "finish", ...end }];
  };
  const read = (chunk: Fields): NeutralEvent[] => {
    if (isError(chunk.error)) {
      ended = true;
      return [{ kind: "fail", ...readOpenaiError(chunk.error) }];
    }
    const choice = firstChoice(chunk);
    const text = textOrNull(choice?.text) ?? "";
    const usage = readChatUsage(chunk.usage);
    reason = textOrNull(choice?.finish_reason) || reason;
    return [
      ...start(chunk),
      ...(text === "" ? [] : [{ kind: "delta" as const, text }]),
      ...(usage ? [{ kind: "usage" as const, usage }] : []),
    ];
  };
  return eventReader(form, (piece) => (ended ? [] : read(fields(piece))), finish);
}
