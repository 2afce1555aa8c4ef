import { AppError } from "../../../../shared/errors";
import type { AnswerBlock, NeutralAnswer, WholeBlock } from "../../../neutral-answer";
import { decode } from "../../../stream/bytes";
import { fields, parseJson, textOrNull, tokenCount } from "../../json-fields";
import { anthropicTally } from "../usage";
import { readBlock } from "./read-blocks";
import { finishOf, unknownReason } from "./stop-reasons";
import { isObject, type Json, leftOver, own } from "./wire";

const ANSWER_FIELDS = ["id", "type", "role", "model", "content", "stop_reason", "stop_sequence"];

/**
 * A whole answer. What it states besides, its usage to the letter included, stays in `extra`.
 * Throws AppError("upstream_broken") for what is none.
 */
export function readAnswer(body: Uint8Array): NeutralAnswer {
  const raw = parseJson(decode(body));
  if (!isObject(raw) || !Array.isArray(raw.content)) {
    throw new AppError("upstream_broken", "The upstream's answer is no message.");
  }
  const tally = anthropicTally();
  tally.add(raw.usage);
  const rest = leftOver(raw, ANSWER_FIELDS).extra?.fields ?? {};
  return {
    id: textOrNull(raw.id),
    model: textOrNull(raw.model),
    blocks: raw.content.filter(isObject).map(readAnswerBlock),
    finish: finishOf(raw.stop_reason),
    stopSequence: textOrNull(raw.stop_sequence),
    usage: tally.usage(),
    ...finishExtra({ ...rest, ...unknownReason(raw.stop_reason) }),
  };
}

/** What an answer's end states besides; nothing when all is known. */
export function finishExtra(fields: Json): Pick<NeutralAnswer, "extra"> {
  const stated = Object.entries(fields).filter(([, value]) => value !== null);
  return stated.length > 0 ? { extra: own(Object.fromEntries(stated)) } : {};
}

/** A block of an answer; one that only callers write is kept whole. */
function readAnswerBlock(raw: Json): AnswerBlock {
  const block = readBlock(raw, new Map());
  if (block.kind === "document" || block.kind === "tool-result") return kept(raw);
  return block;
}

/** A block that arrives whole; text, thoughts and calls stream. */
export function readWholeBlock(raw: Json): WholeBlock {
  const block = readAnswerBlock(raw);
  if (block.kind === "text" || block.kind === "thinking" || block.kind === "tool-call") {
    return kept(raw);
  }
  return block;
}

function kept(raw: Json): WholeBlock {
  return { kind: "other", name: textOrNull(raw.type) ?? "", extra: own(raw) };
}

/** Tokens that a count answers; null for anything else. */
export function readCount(body: Uint8Array): number | null {
  return tokenCount(fields(parseJson(decode(body))).input_tokens);
}
