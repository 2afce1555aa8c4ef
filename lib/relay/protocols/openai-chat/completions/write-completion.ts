import type { Usage } from "../../../model";
import type {
  AnswerBlock,
  FinishReason,
  NeutralAnswer,
  NeutralEvent,
} from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import type { Machine } from "../../../stream/machine";
import { fields } from "../../json-fields";
import { type Lose, lossList } from "../../loss-list";
import { writeChatUsage } from "../../openai-usage";
import { type Fields, without } from "../../own-extra";
import type { AnswerFacts, Written } from "../../translator";
import { stem } from "../neutral/completion-head";
import { writeFinish } from "../neutral/finish-reasons";
import { ownFields } from "./own-extra";

const DONE = "data: [DONE]\n\n";

/**
 * A whole answer: its text.
 * @see https://platform.openai.com/docs/api-reference/completions/object
 */
export function writeCompletion(answer: NeutralAnswer, facts: AnswerFacts): Written {
  const { lose, list } = lossList();
  const own = ownFields(answer.extra);
  const text = answer.blocks.map((block) => textOf(block, lose)).join("");
  const completion = {
    ...head(answer.id, facts),
    choices: [{ ...choiceOf(text, finishOf(answer.finish)), ...fields(own.choice) }],
    ...(answer.usage ? { usage: writeChatUsage(answer.usage) } : {}),
    ...without(own, "choice"),
  };
  return { body: encode(JSON.stringify(completion)), losses: list() };
}

function textOf(block: AnswerBlock, lose: Lose): string {
  if (block.kind !== "text") {
    lose(block.kind.endsWith("thinking") ? "thought" : "other-fields", block.kind);
    return "";
  }
  if (block.citations.length > 0) lose("citations", "citations");
  return block.text;
}

function head(id: string | null, facts: AnswerFacts): Fields {
  return {
    id: id?.startsWith("cmpl-") ? id : `cmpl-${stem(facts)}`,
    object: "text_completion",
    created: Math.floor(facts.nowMs / 1000),
    model: facts.model,
  };
}

function choiceOf(text: string, finish_reason: string | null): Fields {
  return { text, index: 0, logprobs: null, finish_reason };
}

function finishOf(reason: FinishReason): string {
  return reason === "tool-calls" ? "stop" : writeFinish(reason, false);
}

/** A streamed answer as chunks, each like a whole one. */
export function writeCompletionEvents(facts: AnswerFacts): Machine<NeutralEvent, Uint8Array> {
  const wantsUsage = facts.call.includeUsage === true;
  let begin = head(null, facts);
  let isText = false;
  let ended = false;
  let usage: Usage | null = null;

  const chunk = (choices: readonly Fields[], stated: unknown = null) =>
    `data: ${JSON.stringify({ ...begin, choices, ...(wantsUsage ? { usage: stated } : {}) })}\n\n`;
  const last = (reason: FinishReason): string[] => {
    const spent = wantsUsage && usage ? [chunk([], writeChatUsage(usage))] : [];
    return [chunk([choiceOf("", finishOf(reason))]), ...spent, DONE];
  };
  const write = (event: NeutralEvent): string[] => {
    if (event.kind === "start") begin = head(event.id, facts);
    if (event.kind === "open") isText = event.block.kind === "text";
    if (event.kind === "usage") ({ usage } = event);
    if (event.kind === "delta" && isText) return [chunk([choiceOf(event.text, null)])];
    ended = event.kind === "finish" || event.kind === "fail";
    return event.kind === "finish" ? last(event.reason) : [];
  };
  return {
    push: (event) => (ended ? [] : write(event).map(encode)),
    end: () => [],
  };
}
