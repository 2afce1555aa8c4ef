/** What the clients of a measurement send and what their upstream answers, as whole buffers. */

export type Answer = "burst" | "json" | "paced";

const MODEL = "claude-sonnet-4-5";
export const BURST_EVENTS = 61;
const INPUT_TOKENS = 2_000;

/** A request with the shape of a Claude Code turn: a session, and a history of about so many bytes. */
export function messagesBody(bytes: number, stream: boolean): Buffer {
  const fixed = {
    model: MODEL,
    max_tokens: 1_024,
    stream,
    metadata: { user_id: "user_bench_account__session_0b8c2f6e-4f6f-4f0a-9f5e-6f2f0d6a9c11" },
    system: [{ type: "text", text: "You answer briefly." }],
  };
  const turns: { role: string; content: { type: string; text: string }[] }[] = [];
  const turn =
    'const total = rows.map((row) => row["price"] * row.count);\n\t// näher 数え直す "ok"\n';
  const filler = turn.repeat(Math.min(40, Math.max(1, Math.floor(bytes / 200))));
  for (let length = 0, i = 0; length < bytes || i % 2 === 0; i++) {
    const role = i % 2 === 0 ? "user" : "assistant";
    turns.push({ role, content: [{ type: "text", text: length < bytes ? filler : "Go on." }] });
    length += Buffer.byteLength(filler) + 60;
  }
  return Buffer.from(JSON.stringify({ ...fixed, messages: turns }));
}

/** The whole request as it goes over the wire to a relay, or to the upstream itself. */
export function wireRequest(
  host: string,
  credential: string,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const head = [
    "POST /v1/messages HTTP/1.1",
    `host: ${host}`,
    "accept: application/json",
    "content-type: application/json",
    "anthropic-version: 2023-06-01",
    "user-agent: claude-cli/2.0.0 (external, cli)",
    `x-api-key: ${credential}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length}`,
  ].join("\r\n");
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
}

/** The events of a streamed answer, `count` in all. */
export function streamEvents(count: number): Buffer[] {
  const usage = { input_tokens: INPUT_TOKENS, output_tokens: 1 };
  const message = {
    id: "msg_bench",
    type: "message",
    role: "assistant",
    model: MODEL,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  const deltas = Array.from({ length: count - 5 }, (_, i) =>
    event("content_block_delta", {
      index: 0,
      delta: { type: "text_delta", text: ` piece ${i} of it` },
    }),
  );
  return [
    event("message_start", { message }),
    event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    ...deltas,
    event("content_block_stop", { index: 0 }),
    event("message_delta", {
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { output_tokens: count },
    }),
    event("message_stop", {}),
  ];
}

function event(type: string, fields: object): Buffer {
  return Buffer.from(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
}

/** A whole small answer. */
export function jsonAnswer(): Buffer {
  return Buffer.from(
    JSON.stringify({
      id: "msg_bench",
      type: "message",
      role: "assistant",
      model: MODEL,
      content: [{ type: "text", text: "It is done." }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: { input_tokens: INPUT_TOKENS, output_tokens: 5 },
    }),
  );
}

/** The body that a client must have read in the end. */
export function answerBody(answer: Answer, events: number): Buffer {
  if (answer === "json") return jsonAnswer();
  return Buffer.concat(streamEvents(answer === "burst" ? BURST_EVENTS : events));
}
