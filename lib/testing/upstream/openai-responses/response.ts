import type { Answer, AnswerBlock, AnswerCall, AnswerStop } from "../answer";
import { newUpstreamId } from "../ids";
import { type Json, objectOf } from "../json";
import { citationsOf } from "../openai/citations";
import { isThought, responsesUsage } from "../openai/usage";
import { blockTokens, callText } from "../script";
import { signContent } from "../signing";
import type { BookUsage } from "../usage";
import { SEAL } from "./validate-items";

/** Why a response is incomplete; null for the ways in which it is complete. */
export const INCOMPLETE: Readonly<Partial<Record<AnswerStop, string>>> = {
  length: "max_output_tokens",
  "content-filter": "content_filter",
};

/** An item of the output with the tokens that it took. */
export interface OutputItem {
  json: Json;
  tokens: number;
  thought: boolean;
}

export interface WireResponse {
  id: string;
  createdAt: number;
  model: string;
  /** The request: a response repeats its settings. */
  request: Json;
  effort: string;
  answer: Answer;
  items: readonly OutputItem[];
  usage: BookUsage;
}

/** What the caller may see of the thoughts. */
interface ItemOptions {
  secret: string;
  showThoughts: boolean;
  /** What the caller wants included: sealed thoughts, sources of searches. */
  include: ReadonlySet<unknown>;
}

/** Writes an answer as items of an output. */
export function outputItems(answer: Answer, options: ItemOptions): OutputItem[] {
  return answer.blocks.flatMap((block, index): OutputItem[] => {
    const json = itemOf(block, answer, index, options);
    return [{ json, tokens: blockTokens(block), thought: isThought(block) }];
  });
}

/** The JSON of a response in any of its states. */
export function responseJson(
  response: WireResponse,
  status: "in_progress" | "done" | "failed",
  error: unknown = null,
): Json {
  const { request, answer } = response;
  const done = status === "done";
  const reason = INCOMPLETE[answer.stop];
  const finished = reason === undefined ? "completed" : "incomplete";
  return {
    id: response.id,
    object: "response",
    created_at: response.createdAt,
    status: done ? finished : status,
    background: false,
    completed_at: done && reason === undefined ? response.createdAt : null,
    error,
    incomplete_details: done && reason !== undefined ? { reason } : null,
    ...settingsOf(request, response),
    output: done ? response.items.map((item) => item.json) : [],
    usage: done ? responsesUsage(response.usage) : null,
  };
}

/** A sealed text that only this API can open. */
export function encrypted(secret: string): string {
  return SEAL + signContent(secret, "");
}

function settingsOf(request: Json, response: WireResponse): Json {
  const asked = Object.keys(SETTINGS).filter((name) => isSet(request[name]));
  return {
    ...SETTINGS,
    ...Object.fromEntries(asked.map((name) => [name, request[name]])),
    model: response.model,
    reasoning: {
      effort: response.effort === "none" ? null : response.effort,
      summary: null,
      ...objectOf(request.reasoning),
    },
    text: { format: { type: "text" }, verbosity: "medium", ...objectOf(request.text) },
  };
}

/** What a response says of a setting that was not asked for. */
const SETTINGS: Json = {
  frequency_penalty: 0,
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  metadata: {},
  parallel_tool_calls: true,
  presence_penalty: 0,
  previous_response_id: null,
  prompt_cache_key: null,
  prompt_cache_retention: null,
  safety_identifier: null,
  service_tier: "default",
  store: true,
  temperature: 1,
  tool_choice: "auto",
  tools: [],
  top_logprobs: 0,
  top_p: 1,
  truncation: "disabled",
  user: null,
};

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function itemOf(block: AnswerBlock, answer: Answer, index: number, options: ItemOptions): Json {
  switch (block.kind) {
    case "thinking":
      return reasoningItem(options.showThoughts ? block.text : "", options);
    case "redacted-thinking":
      return reasoningItem("", options);
    case "text":
      return messageItem(block.text, answer, index);
    case "call":
      return callItem(block);
    case "search":
      return {
        id: newUpstreamId("ws_"),
        type: "web_search_call",
        status: "completed",
        action: {
          type: "search",
          query: block.query,
          queries: [block.query],
          ...(options.include.has("web_search_call.action.sources")
            ? { sources: block.results.map(({ url }) => ({ type: "url", url })) }
            : {}),
        },
      };
  }
}

function reasoningItem(shown: string, options: ItemOptions): Json {
  return {
    id: newUpstreamId("rs_"),
    type: "reasoning",
    ...(options.include.has("reasoning.encrypted_content")
      ? { encrypted_content: encrypted(options.secret) }
      : {}),
    summary: shown === "" ? [] : [{ type: "summary_text", text: shown }],
  };
}

function messageItem(text: string, answer: Answer, index: number): Json {
  const annotations = citationsOf(answer, index).map((one) => ({ type: "url_citation", ...one }));
  const part =
    answer.stop === "refusal"
      ? { type: "refusal", refusal: text }
      : { type: "output_text", annotations, logprobs: [], text };
  const last = index === answer.blocks.length - 1;
  const cut = last && INCOMPLETE[answer.stop] !== undefined;
  return {
    id: newUpstreamId("msg_"),
    type: "message",
    status: cut ? "incomplete" : "completed",
    content: [part],
    role: "assistant",
  };
}

function callItem(call: AnswerCall): Json {
  const custom = call.input !== undefined;
  return {
    id: newUpstreamId(custom ? "ctc_" : "fc_"),
    type: custom ? "custom_tool_call" : "function_call",
    status: "completed",
    [custom ? "input" : "arguments"]: callText(call),
    call_id: newUpstreamId("call_"),
    name: call.name,
    ...(call.namespace === undefined ? {} : { namespace: call.namespace }),
  };
}
