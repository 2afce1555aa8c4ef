import { encode } from "../stream/bytes";

/** One event as Anthropic sends it. */
export function event(type: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

export interface StreamedMessage {
  model?: string;
  input?: number;
  output?: number;
  deltas?: readonly string[];
}

/** The events of a streamed answer, one string each. */
export function streamedMessage(message: StreamedMessage = {}): string[] {
  const { model = "claude-opus-5-5", input = 100, output = 20, deltas = ["Hel", "lö ✓"] } = message;
  const usage = { input_tokens: input, cache_read_input_tokens: 40, output_tokens: 1 };
  return [
    event("message_start", { message: { id: "msg_1", model, role: "assistant", usage } }),
    event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    event("ping"),
    ...deltas.map((text) =>
      event("content_block_delta", { index: 0, delta: { type: "text_delta", text } }),
    ),
    event("content_block_stop", { index: 0 }),
    event("message_delta", {
      delta: { stop_reason: "end_turn" },
      usage: { output_tokens: output },
    }),
    event("message_stop"),
  ];
}

/** The same as bytes. */
export function streamedBytes(message: StreamedMessage = {}): Uint8Array {
  return encode(streamedMessage(message).join(""));
}

/** A whole answer. */
export function wholeMessage(model = "claude-opus-5-5"): Uint8Array {
  const usage = { input_tokens: 12, output_tokens: 3 };
  const content = [{ type: "text", text: "Hi" }];
  return encode(JSON.stringify({ id: "msg_1", type: "message", model, content, usage }, null, 1));
}
