import Anthropic from "@anthropic-ai/sdk";
import { expect, it } from "vitest";
import { NO_USAGE } from "../../../model";
import type { NeutralAnswer, NeutralEvent } from "../../../neutral-answer";
import { concat, decode, encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { event } from "../../../testing/anthropic-wire";
import { neutralCall, textBlock } from "../../../testing/neutral-call";
import { eventsOf } from "../../../translation/answers";
import { anthropicTranslator as translator } from "./translator";

const FACTS = {
  call: neutralCall(),
  model: "asked-name",
  requestId: "req_1",
  nowMs: 0,
  form: "sse" as const,
};

const _read = (text: string) => runAll(translator.readEvents("sse"), [encode(text)]);
const write = (events: readonly NeutralEvent[]) =>
  decode(concat([new Uint8Array(), ...runAll(translator.writeEvents(FACTS), events)]));

/** An answer as a foreign upstream gives it: everything that a stream can hold. */
const ANSWER: NeutralAnswer = {
  id: "resp_1",
  model: "gemini-3-pro",
  blocks: [
    { kind: "thinking", text: "Hm", signature: "signed" },
    { kind: "thinking", text: "unsigned", signature: null },
    {
      ...textBlock("Grüße ✓"),
      citations: [
        { url: "https://a.test", title: "A", citedText: null, start: 0, end: 3 },
        { url: null, title: "no address", citedText: null, start: null, end: null },
      ],
      signature: "for Gemini only",
    },
    {
      kind: "hosted-call",
      tool: "web-search",
      id: "ws_1",
      name: "google_search",
      input: '{"query":"q"}',
    },
    {
      kind: "hosted-result",
      tool: "web-search",
      callId: "ws_1",
      hits: [{ url: "https://a.test", title: "A" }],
      error: null,
    },
    { kind: "hosted-call", tool: "code-execution", id: "ce_1", name: "python", input: "{}" },
    {
      kind: "image",
      source: { kind: "data", mime: "image/png", base64: "AA" },
      detail: null,
      cache: null,
    },
    {
      kind: "tool-call",
      id: "call_1",
      name: "Read",
      input: '{"path":"ä"}',
      signature: null,
      cache: null,
    },
    { kind: "tool-call", id: "call_2", name: "Now", input: "", signature: null, cache: null },
  ],
  finish: "tool-calls",
  stopSequence: null,
  usage: { ...NO_USAGE, input: 10, cacheRead: 4, output: 7, reasoning: 2, webSearches: 1 },
};

const CONTENT = [
  { type: "thinking", thinking: "Hm", signature: "signed" },
  { type: "thinking", thinking: "unsigned", signature: "" },
  {
    type: "text",
    text: "Grüße ✓",
    citations: [
      {
        type: "web_search_result_location",
        url: "https://a.test",
        title: "A",
        cited_text: "",
        encrypted_index: "",
      },
    ],
  },
  { type: "server_tool_use", id: "srvtoolu_ws_1", name: "web_search", input: { query: "q" } },
  {
    type: "web_search_tool_result",
    tool_use_id: "srvtoolu_ws_1",
    content: [
      {
        type: "web_search_result",
        url: "https://a.test",
        title: "A",
        encrypted_content: "",
        page_age: null,
      },
    ],
  },
  { type: "text", text: "![image](data:image/png;base64,AA)" },
  { type: "tool_use", id: "call_1", name: "Read", input: { path: "ä" } },
  { type: "tool_use", id: "call_2", name: "Now", input: {} },
];

const USAGE = {
  input_tokens: 10,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 4,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  output_tokens: 7,
  output_tokens_details: { thinking_tokens: 2 },
  server_tool_use: { web_search_requests: 1, web_fetch_requests: 0 },
};

it("writes a foreign answer whole, and names what it cannot show", () => {
  const { body, losses } = translator.writeAnswer(ANSWER, FACTS);
  expect(JSON.parse(decode(body))).toEqual({
    id: "msg_resp_1",
    type: "message",
    role: "assistant",
    model: "asked-name",
    content: CONTENT,
    stop_reason: "tool_use",
    stop_sequence: null,
    stop_details: null,
    usage: USAGE,
  });
  expect(new Set(losses.map(({ kind }) => kind))).toEqual(
    new Set(["citations", "hosted-tool", "image-form"]),
  );
});

it("streams the same so that the official SDK gathers it", async () => {
  const client = new Anthropic({
    apiKey: "k",
    baseURL: "http://fake.test",
    fetch: async () =>
      new Response(write(eventsOf(ANSWER)), { headers: { "content-type": "text/event-stream" } }),
  });
  const messages = [{ role: "user" as const, content: "Hi" }];
  const stream = client.messages.stream({ model: "any", max_tokens: 5, messages });
  const message = await stream.finalMessage();
  expect(message).toMatchObject({ id: "msg_resp_1", model: "asked-name", stop_reason: "tool_use" });
  expect(message.content).toMatchObject(CONTENT);
  expect(message.usage).toMatchObject({ input_tokens: 10, output_tokens: 7 });
});

it("spells its frames as Anthropic does", () => {
  const events: NeutralEvent[] = [
    { kind: "start", id: null, model: null },
    { kind: "open", block: { kind: "text" } },
    { kind: "delta", text: "Hi" },
    { kind: "close" },
    { kind: "usage", usage: { ...NO_USAGE, input: 3, output: 1 } },
    { kind: "finish", reason: "stop-sequence", stopSequence: "END" },
  ];
  const counts = { ...USAGE, input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 0 };
  const { output_tokens_details: _, server_tool_use: __, ...usage } = counts;
  const head = { id: "msg_req_1", type: "message", role: "assistant", model: "asked-name" };
  const nothing = { content: [], stop_reason: null, stop_sequence: null, stop_details: null };
  const delta = { stop_reason: "stop_sequence", stop_sequence: "END", stop_details: null };
  expect(write(events)).toBe(
    [
      event("message_start", { message: { ...head, ...nothing, usage } }),
      event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
      event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "Hi" } }),
      event("content_block_stop", { index: 0 }),
      event("message_delta", { delta, usage: { ...usage, input_tokens: 3, output_tokens: 1 } }),
      event("message_stop"),
    ].join(""),
  );
});

it("states usage at the start when the upstream did", () => {
  const started = write([
    { kind: "start", id: "x", model: null },
    { kind: "usage", usage: { ...NO_USAGE, input: 3 } },
  ]);
  expect(started).toContain('"input_tokens":3');
  expect(write([{ kind: "start", id: "x", model: null }])).toBe("");
});

it("writes nothing of an end that there was not, and nothing after a failure", () => {
  const open: NeutralEvent[] = [
    { kind: "start", id: "x", model: null },
    { kind: "open", block: { kind: "text" } },
  ];
  expect(write(open)).not.toContain("stop\n");
  expect(write([...open, { kind: "fail", status: 500, message: "no" }, { kind: "close" }])).toBe(
    write(open),
  );
});
