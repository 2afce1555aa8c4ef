import { AppError } from "../../../../shared/errors";
import type { AnswerBlock, NeutralAnswer } from "../../../neutral-answer";
import type { ImageBlock } from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { dataOf } from "../../data-url";
import { fields, parseJson, textOrNull } from "../../json-fields";
import { readOpenaiError } from "../../openai-error-status";
import { readChatUsage } from "../../openai-usage";
import { type Fields, stated, without } from "../../own-extra";
import { readAnnotations } from "./annotations";
import { readFinish } from "./finish-reasons";
import { ownExtra } from "./own-extra";
import { readCalls } from "./read-calls";
import { readSaid, thoughtOf } from "./read-messages";

/**
 * A whole answer; of several candidates the first. Throws AppError("upstream_broken") for what is none.
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function readAnswer(body: Uint8Array): NeutralAnswer {
  const completion = fields(parseJson(decode(body)));
  const choice = firstChoice(completion);
  if (!choice || isError(completion.error) || isError(choice.error)) {
    throw new AppError("upstream_broken", troubleOf(completion, choice));
  }
  const message = fields(choice.message);
  const blocks = readMessageBlocks(message, textOrNull(completion.id) ?? "");
  const called = blocks.some(({ kind }) => kind === "tool-call");
  const refused = textOrNull(message.refusal) !== null;
  return {
    id: textOrNull(completion.id),
    model: textOrNull(completion.model),
    blocks,
    finish: readFinish(choice.finish_reason, { called, refused }),
    stopSequence: null,
    usage: readChatUsage(completion.usage ?? choice.usage),
    extra: ownExtra(restOf(completion, choice)),
  };
}

/** The first candidate, of an answer or of a chunk; null without any. */
export function firstChoice({ choices }: Fields): Fields | null {
  if (!Array.isArray(choices) || choices.length === 0) return null;
  return fields(choices.find((one) => (fields(one).index ?? 0) === 0) ?? choices[0]);
}

/** Is this an error? Some servers state that there is none. */
export function isError(error: unknown): boolean {
  return error !== undefined && error !== null;
}

function troubleOf(completion: Fields, choice: Fields | null): string {
  const error = completion.error ?? choice?.error;
  return isError(error)
    ? readOpenaiError(error).message
    : "The upstream's answer is no chat completion.";
}

const MESSAGE = [
  "content",
  "refusal",
  "annotations",
  "tool_calls",
  "function_call",
  "images",
  "reasoning_content",
  "reasoning",
];

/** What is stated besides what the neutral form has a word for. */
function restOf(completion: Fields, choice: Fields): Fields {
  const message = stated(without(fields(choice.message), "role", ...MESSAGE));
  return {
    ...without(completion, "id", "model", "choices"),
    choice: without(choice, "index", "message"),
    ...(Object.keys(message).length > 0 ? { message } : {}),
  };
}

/** What a message holds, in the order in which models say it. */
function readMessageBlocks(message: Fields, answerId: string): AnswerBlock[] {
  const thought = thoughtOf(message)?.block;
  const citations = readAnnotations(message.annotations);
  const said = readSaid(message).flatMap((block): AnswerBlock[] => {
    if (block.kind === "text") return block.text === "" ? [] : [{ ...block, citations }];
    return block.kind === "image" || block.kind === "other" ? [block] : [];
  });
  return [
    ...(thought?.kind === "thinking" ? [thought] : []),
    ...said,
    ...readImages(message.images),
    ...readCalls(message, callStem(answerId)),
  ];
}

/** Of ids of calls that have none: short, and of this answer alone. */
export function callStem(answerId: string): string {
  return `call_${answerId.replace(/^chatcmpl-/, "").slice(0, 40)}`;
}

/**
 * Images that a model draws, as routers show them.
 * @see https://openrouter.ai/docs/features/multimodal/image-generation
 */
export function readImages(images: unknown): ImageBlock[] {
  if (!Array.isArray(images)) return [];
  return images.flatMap((image): ImageBlock[] => {
    const url = textOrNull(fields(fields(image).image_url).url);
    if (url === null) return [];
    const source = dataOf(url) ?? { kind: "url", url, mime: null };
    return [{ kind: "image", source, detail: null, cache: null }];
  });
}
