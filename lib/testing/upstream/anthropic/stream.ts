import { listOf, textOf } from "../json";
import type { StreamEvent } from "../reply";
import { countTokens, cutByTokens } from "../tokens";
import { endUsage, STOP_REASONS, startUsage, type WireBlock, type WireMessage } from "./message";

const PING = 'event: ping\ndata: {"type": "ping"}\n\n';

/**
 * Writes a message as server-sent events, in the API's order: message_start, then for each block
 * start, deltas, stop (a ping after the first start), then message_delta and message_stop.
 * @see https://docs.claude.com/en/docs/build-with-claude/streaming
 */
export function toStreamEvents(message: WireMessage): StreamEvent[] {
  const events: StreamEvent[] = [];
  let output = 0;
  let reasoning = 0;
  const add = (name: string, data: object) => {
    events.push({ text: sse(name, data, events.length), output, reasoning });
  };

  add("message_start", { type: "message_start", message: startOf(message) });
  for (const [index, block] of message.blocks.entries()) {
    add("content_block_start", {
      type: "content_block_start",
      index,
      content_block: opened(block),
    });
    if (index === 0) events.push({ text: PING, output, reasoning });
    for (const delta of deltasOf(block, message.answer.eventTokens)) {
      output += delta.tokens;
      if (isThought(block)) reasoning += delta.tokens;
      add("content_block_delta", { type: "content_block_delta", index, delta: delta.delta });
    }
    add("content_block_stop", { type: "content_block_stop", index });
  }
  output = message.usage.output;
  reasoning = message.usage.reasoning;
  add("message_delta", {
    type: "message_delta",
    delta: {
      stop_reason: STOP_REASONS[message.answer.stop],
      stop_sequence: message.answer.stopSequence,
      stop_details: null,
    },
    usage: endUsage(message.usage),
  });
  add("message_stop", { type: "message_stop" });
  return events;
}

/** The API pads its events with blanks before the last brace; readers must not mind. */
function sse(name: string, data: object, position: number): string {
  const json = JSON.stringify(data);
  const padding = " ".repeat((position * 7) % 16);
  return `event: ${name}\ndata: ${json.slice(0, -1)}${padding}}\n\n`;
}

function startOf(message: WireMessage): unknown {
  return {
    model: message.model,
    id: message.id,
    type: "message",
    role: "assistant",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage: startUsage(message.usage, 1, false),
  };
}

/** What a block looks like before its first delta. */
function opened(block: WireBlock): unknown {
  const { content } = block;
  const empty =
    content.citations === undefined
      ? EMPTY_PARTS[content.type]
      : { ...EMPTY_PARTS[content.type], citations: [] };
  return empty === undefined ? content : { ...content, ...empty };
}

const EMPTY_PARTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  text: { text: "" },
  thinking: { thinking: "", signature: "" },
  tool_use: { input: {} },
  server_tool_use: { input: {} },
};

interface Delta {
  delta: Readonly<Record<string, unknown>>;
  tokens: number;
}

function deltasOf(block: WireBlock, eventTokens: number): Delta[] {
  const { content } = block;
  switch (content.type) {
    case "text":
      return [
        ...cutByTokens(textOf(content.text), eventTokens).map((text) => ({
          delta: { type: "text_delta", text },
          tokens: countTokens(text),
        })),
        ...listOf(content.citations).map((citation) => ({
          delta: { type: "citations_delta", citation },
          tokens: 0,
        })),
      ];
    case "thinking":
      return thinkingDeltas(block, eventTokens);
    case "tool_use":
    case "server_tool_use":
      return inputDeltas(block, eventTokens);
    default:
      return [];
  }
}

/** The signature comes last; it stands for all tokens of thoughts that are not shown. */
function thinkingDeltas(block: WireBlock, eventTokens: number): Delta[] {
  const shown = cutByTokens(textOf(block.content.thinking), eventTokens).map((thinking) => ({
    delta: { type: "thinking_delta", thinking },
    tokens: countTokens(thinking),
  }));
  const counted = shown.reduce((sum, delta) => sum + delta.tokens, 0);
  const signature = { type: "signature_delta", signature: block.content.signature };
  return [...shown, { delta: signature, tokens: block.tokens - counted }];
}

/** The API opens with an empty piece, and cuts the JSON anywhere. */
function inputDeltas(block: WireBlock, eventTokens: number): Delta[] {
  const pieces = cutByTokens(JSON.stringify(block.content.input), eventTokens);
  const counted = pieces.reduce((sum, piece) => sum + countTokens(piece), 0);
  return ["", ...pieces].map((partial_json, index) => ({
    delta: { type: "input_json_delta", partial_json },
    tokens: index === 0 ? block.tokens - counted : countTokens(partial_json),
  }));
}

function isThought(block: WireBlock): boolean {
  return block.content.type === "thinking" || block.content.type === "redacted_thinking";
}
