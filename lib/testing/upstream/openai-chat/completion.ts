import type { Answer, AnswerCall, AnswerStop } from "../answer";
import { newUpstreamId } from "../ids";
import { citationsOf } from "../openai/citations";
import { chatUsage } from "../openai/usage";
import { callText } from "../script";
import type { BookUsage } from "../usage";

/** OpenAI's finish reasons. A refusal is a field of the message, not a reason to finish. */
export const FINISH_REASONS: Readonly<Record<AnswerStop, string>> = {
  end: "stop",
  calls: "tool_calls",
  length: "length",
  "stop-sequence": "stop",
  refusal: "stop",
  "content-filter": "content_filter",
  "malformed-call": "stop",
  "prompt-blocked": "content_filter",
  "no-content": "stop",
};

/** A tool call under its id. */
interface ChatCall {
  id: string;
  call: AnswerCall;
}

/** An answer as Chat Completions tells it. */
export interface ChatAnswer {
  id: string;
  model: string;
  created: number;
  answer: Answer;
  text: string;
  /** One set per choice: ids are never shared. */
  calls: readonly (readonly ChatCall[])[];
  annotations: readonly unknown[];
  usage: BookUsage;
}

/** Gives an answer its ids and gathers what the message has one field for. */
export function toChatAnswer(
  answer: Answer,
  model: string,
  usage: BookUsage,
  options: { choices: number; nowMs: number },
): ChatAnswer {
  const texts = answer.blocks.flatMap((block) => (block.kind === "text" ? [block.text] : []));
  const called = answer.blocks.flatMap((block) => (block.kind === "call" ? [block] : []));
  return {
    id: newUpstreamId("chatcmpl-"),
    model,
    created: Math.floor(options.nowMs / 1000),
    answer,
    text: texts.join(""),
    calls: Array.from({ length: options.choices }, () =>
      called.map((call) => ({ id: newUpstreamId("call_"), call })),
    ),
    annotations: answer.blocks
      .flatMap((_, index) => citationsOf(answer, index))
      .map((citation) => ({ type: "url_citation", url_citation: citation })),
    usage,
  };
}

/** The JSON of a completion that is not streamed. */
export function completionJson(chat: ChatAnswer): unknown {
  return {
    id: chat.id,
    object: "chat.completion",
    created: chat.created,
    model: chat.model,
    choices: chat.calls.map((calls, index) => ({
      index,
      message: messageJson(chat, calls),
      logprobs: null,
      finish_reason: FINISH_REASONS[chat.answer.stop],
    })),
    usage: chatUsage(chat.usage),
    service_tier: "default",
    system_fingerprint: "fp_fake",
  };
}

/** A call before its arguments: what a stream opens it with. */
export function callJson({ id, call }: ChatCall, text = callText(call)): Record<string, unknown> {
  if (call.input !== undefined)
    return { id, type: "custom", custom: { name: call.name, input: text } };
  return { id, type: "function", function: { name: call.name, arguments: text } };
}

/** Does the answer's text go out as a refusal? */
export function isRefusal(chat: ChatAnswer): boolean {
  return chat.answer.stop === "refusal";
}

function messageJson(chat: ChatAnswer, calls: readonly ChatCall[]): unknown {
  const empty = chat.text === "" && calls.length > 0;
  return {
    role: "assistant",
    content: isRefusal(chat) || empty ? null : chat.text,
    refusal: isRefusal(chat) ? chat.text : null,
    annotations: chat.annotations,
    ...(calls.length > 0 ? { tool_calls: calls.map((call) => callJson(call)) } : {}),
  };
}
