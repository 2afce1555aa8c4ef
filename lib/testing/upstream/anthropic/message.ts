import type { Answer, AnswerBlock, AnswerStop, SearchResult } from "../answer";
import { newUpstreamId } from "../ids";
import { listOf, objectOf, textOf } from "../json";
import type { InputTokens } from "../prefix-cache";
import { blockTokens } from "../script";
import { signContent } from "../signing";
import { firstTokens } from "../tokens";
import type { BookUsage } from "../usage";

/** Anthropic's stop reasons. What only Gemini knows ends as a refusal or as a plain end. */
export const STOP_REASONS: Readonly<Record<AnswerStop, string>> = {
  end: "end_turn",
  calls: "tool_use",
  length: "max_tokens",
  "stop-sequence": "stop_sequence",
  refusal: "refusal",
  "content-filter": "refusal",
  "malformed-call": "end_turn",
  "prompt-blocked": "refusal",
  "no-content": "end_turn",
};

/** A content block as it stands in a whole message, with the tokens that it took. */
export interface WireBlock {
  content: Readonly<Record<string, unknown>> & { type: string };
  tokens: number;
}

export interface WireMessage {
  id: string;
  model: string;
  blocks: readonly WireBlock[];
  answer: Answer;
  usage: BookUsage;
}

/** Writes an answer as a message. Thoughts that the caller wants hidden leave only their signature. */
export function toMessage(
  answer: Answer,
  model: string,
  input: InputTokens,
  options: { hideThoughts: boolean; secret: string },
): WireMessage {
  const blocks = answer.blocks
    .flatMap((block) => wireBlocks(block, options))
    .map((block, index, all) => cited(block, all.slice(0, index)));
  return { id: newUpstreamId("msg_01"), model, blocks, answer, usage: usageOf(answer, input) };
}

/** The JSON of a message that is not streamed. */
export function messageJson(message: WireMessage): unknown {
  return {
    model: message.model,
    id: message.id,
    type: "message",
    role: "assistant",
    content: message.blocks.map((block) => block.content),
    stop_reason: STOP_REASONS[message.answer.stop],
    stop_sequence: message.answer.stopSequence,
    stop_details: null,
    usage: startUsage(message.usage, message.usage.output, true),
  };
}

/** Usage as `message_start` and whole messages state it. */
export function startUsage(usage: BookUsage, output: number, whole: boolean): unknown {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cache_read_input_tokens: usage.cacheRead,
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWrite5m,
      ephemeral_1h_input_tokens: usage.cacheWrite1h,
    },
    output_tokens: output,
    ...(whole ? outputDetails(usage) : {}),
    service_tier: "standard",
    inference_geo: "global",
  };
}

/** Usage as `message_delta` states it: totals, without the split of the cache writes. */
export function endUsage(usage: BookUsage): unknown {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cache_read_input_tokens: usage.cacheRead,
    output_tokens: usage.output,
    ...outputDetails(usage),
  };
}

function outputDetails(usage: BookUsage): Record<string, unknown> {
  return {
    output_tokens_details: { thinking_tokens: usage.reasoning },
    ...(usage.webSearches > 0
      ? { server_tool_use: { web_search_requests: usage.webSearches, web_fetch_requests: 0 } }
      : {}),
  };
}

function usageOf(answer: Answer, input: InputTokens): BookUsage {
  const sum = (blocks: readonly AnswerBlock[]) =>
    blocks.reduce((total, block) => total + blockTokens(block), 0);
  const isThought = (block: AnswerBlock) =>
    block.kind === "thinking" || block.kind === "redacted-thinking";
  return {
    input: input.fresh,
    cacheRead: input.cacheRead,
    cacheWrite5m: input.cacheWrite5m,
    cacheWrite1h: input.cacheWrite1h,
    // The API counts at least the token that ends the answer.
    output: Math.max(1, sum(answer.blocks)),
    reasoning: sum(answer.blocks.filter(isThought)),
    webSearches: answer.blocks.filter((block) => block.kind === "search").length,
  };
}

function wireBlocks(
  block: AnswerBlock,
  options: { hideThoughts: boolean; secret: string },
): WireBlock[] {
  const tokens = blockTokens(block);
  switch (block.kind) {
    case "text":
      return [{ content: { type: "text", text: block.text }, tokens }];
    case "thinking": {
      const thinking = options.hideThoughts ? "" : block.text;
      const signature = signContent(options.secret, thinking);
      return [{ content: { type: "thinking", thinking, signature }, tokens }];
    }
    case "redacted-thinking":
      return [
        { content: { type: "redacted_thinking", data: signContent(options.secret, "") }, tokens },
      ];
    case "call": {
      const id = newUpstreamId("toolu_01");
      return [{ content: { type: "tool_use", id, name: block.name, input: block.args }, tokens }];
    }
    case "search":
      return searchBlocks(block.query, block.results, tokens);
  }
}

/** A text behind the results of a search is cited from them. */
function cited(block: WireBlock, before: readonly WireBlock[]): WireBlock {
  const found = before.findLast(({ content }) => content.type === "web_search_tool_result");
  if (block.content.type !== "text" || found === undefined) return block;
  const citations = listOf(found.content.content)
    .map(objectOf)
    .map(({ url, title }) => ({
      type: "web_search_result_location",
      cited_text: textOf(title),
      url,
      title,
      encrypted_index: Buffer.from(textOf(url)).toString("base64"),
    }));
  return { ...block, content: { ...block.content, citations } };
}

function searchBlocks(
  query: string,
  results: readonly SearchResult[],
  tokens: number,
): WireBlock[] {
  const id = newUpstreamId("srvtoolu_01");
  const found = results.map((result) => ({
    type: "web_search_result",
    title: result.title,
    url: result.url,
    encrypted_content: Buffer.from(firstTokens(result.title, 50)).toString("base64"),
    page_age: null,
  }));
  return [
    { content: { type: "server_tool_use", id, name: "web_search", input: { query } }, tokens },
    { content: { type: "web_search_tool_result", tool_use_id: id, content: found }, tokens: 0 },
  ];
}
