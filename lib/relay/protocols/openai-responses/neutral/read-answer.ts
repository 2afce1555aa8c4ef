import { AppError } from "../../../../shared/errors";
import type { AnswerBlock, FinishReason, NeutralAnswer } from "../../../neutral-answer";
import type { TextBlock } from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { fields, parseJson, textOrNull } from "../../json-fields";
import { readOpenaiError } from "../../openai-error-status";
import { readResponsesUsage } from "../../openai-usage";
import { type Fields, without } from "../../own-extra";
import { ownExtra, ownFields } from "./own-extra";
import { readModelItem } from "./read-items";
import { readParts } from "./read-parts";

/**
 * A whole answer. Throws AppError("upstream_broken") for what is none, or is not finished.
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function readAnswer(body: Uint8Array): NeutralAnswer {
  const response = fields(parseJson(decode(body)));
  if (!Array.isArray(response.output)) {
    throw new AppError("upstream_broken", "The upstream's answer is no response.");
  }
  if (!FINISHED.has(response.status)) {
    const { message } = readOpenaiError(response.error ?? `The response is ${response.status}.`);
    throw new AppError("upstream_broken", message);
  }
  const items = response.output.map(fields);
  return {
    id: textOrNull(response.id),
    model: textOrNull(response.model),
    blocks: items.flatMap(readOutputItem),
    finish: finishOf(response, items),
    stopSequence: null,
    usage: readResponsesUsage(response.usage),
    extra: restOf(response),
  };
}

/** Older servers state no status. */
const FINISHED: ReadonlySet<unknown> = new Set(["completed", "incomplete", undefined]);

/** What an answer of this protocol states besides what the neutral form has a word for. */
export function restOf(response: Fields) {
  return ownExtra(without(response, "id", "object", "model", "output"));
}

/** Blocks of one item; a message has one for each of its parts. */
export function readOutputItem(item: Fields): AnswerBlock[] {
  if (item.type !== "message") return readModelItem(item);
  const message = without(item, "type", "role", "content");
  return readParts(item.content).flatMap((block): AnswerBlock[] => {
    if (block.kind === "text") return [{ ...block, extra: inMessage(block, message) }];
    return block.kind === "image" || block.kind === "other" ? [block] : [];
  });
}

function inMessage(block: TextBlock, message: Fields) {
  return ownExtra({ ...ownFields(block.extra), message });
}

/**
 * Why an answer ended. That tools were called is to be seen from its items only.
 * @see https://platform.openai.com/docs/api-reference/responses/object#responses-object-incomplete_details
 */
export function finishOf(response: Fields, items: readonly Fields[]): FinishReason {
  if (response.status === "incomplete") {
    const reason = textOrNull(fields(response.incomplete_details).reason) ?? "";
    return INCOMPLETE[reason] ?? "length";
  }
  if (items.some(({ type }) => CALLS.has(type))) return "tool-calls";
  return items.some(isRefusal) ? "refusal" : "end";
}

const INCOMPLETE: Readonly<Record<string, FinishReason>> = {
  max_output_tokens: "length",
  content_filter: "refusal",
};

const CALLS: ReadonlySet<unknown> = new Set(["function_call", "custom_tool_call"]);

function isRefusal({ content }: Fields): boolean {
  return Array.isArray(content) && content.some((part) => fields(part).type === "refusal");
}
