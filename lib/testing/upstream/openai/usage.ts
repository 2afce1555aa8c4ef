import type { Answer, AnswerBlock } from "../answer";
import type { InputTokens } from "../prefix-cache";
import { blockTokens } from "../script";
import type { BookUsage } from "../usage";

/** Tokens of an answer that is given `choices` times. OpenAI counts thoughts as output. */
export function openaiUsage(answer: Answer, input: InputTokens, choices = 1): BookUsage {
  const sum = (blocks: readonly AnswerBlock[]) =>
    blocks.reduce((total, block) => total + blockTokens(block), 0);
  return {
    input: input.fresh,
    cacheRead: input.cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: sum(answer.blocks) * choices,
    reasoning: sum(answer.blocks.filter(isThought)) * choices,
    webSearches: answer.blocks.filter((block) => block.kind === "search").length,
  };
}

/** Thoughts, shown or not. */
export function isThought(block: AnswerBlock): boolean {
  return block.kind === "thinking" || block.kind === "redacted-thinking";
}

/** Usage as Chat Completions states it: the prompt includes what was cached, the completion the thoughts. */
export function chatUsage(usage: BookUsage): unknown {
  const prompt = usage.input + usage.cacheRead;
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: { cached_tokens: usage.cacheRead, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** Usage as Responses states it. */
export function responsesUsage(usage: BookUsage): unknown {
  const input = usage.input + usage.cacheRead;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cacheRead },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: input + usage.output,
  };
}
