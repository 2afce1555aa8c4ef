import { type NeutralCall, NO_SAMPLING, type Turn } from "../neutral";
import type { Block, TextBlock } from "../neutral-blocks";

/** A call of no protocol that says hello, with changes. */
export function neutralCall(changes: Partial<NeutralCall> = {}): NeutralCall {
  return {
    model: "any-model",
    stream: false,
    system: [],
    turns: [turn("user", "Hello")],
    tools: [],
    toolChoice: null,
    parallelTools: null,
    maxOutputTokens: null,
    sampling: NO_SAMPLING,
    stop: [],
    output: null,
    reasoning: null,
    verbosity: null,
    candidates: null,
    logprobs: null,
    endUser: null,
    serviceTier: null,
    includeUsage: null,
    ...changes,
  };
}

/** A message of texts and blocks. */
export function turn(role: Turn["role"], ...blocks: (string | Block)[]): Turn {
  return { role, blocks: blocks.map((one) => (typeof one === "string" ? textBlock(one) : one)) };
}

/** A text and nothing else. */
export function textBlock(text: string): TextBlock {
  return { kind: "text", text, citations: [], cache: null, signature: null };
}

/** A call of a tool. */
export function toolCall(id: string, name = "Read", input = '{"path":"a"}'): Block {
  return { kind: "tool-call", id, name, input, signature: null, cache: null };
}

/** Its result. */
export function toolResult(callId: string, ...texts: string[]): Block {
  const content = texts.map(textBlock);
  return { kind: "tool-result", callId, name: "", isError: false, content, cache: null };
}
