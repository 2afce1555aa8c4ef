import OpenAI from "openai";
import { expect, it } from "vitest";
import { NO_USAGE } from "../../../model";
import type { Tool } from "../../../neutral";
import type { AnswerBlock, NeutralEvent } from "../../../neutral-answer";
import { concat, decode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { neutralCall } from "../../../testing/neutral-call";
import { gatherAnswer } from "../../../translation/answers";
import { chatTranslator } from "./translator";

const TOOLS: Tool[] = [{ kind: "custom", name: "apply_patch", description: null, format: null }];
const FACTS = {
  call: neutralCall({ tools: TOOLS, stream: true, includeUsage: true }),
  model: "asked",
  requestId: "req_7",
  nowMs: 9_000,
  form: "sse",
} as const;

/** As a model of another maker answers: thoughts, a search, cited text, an image, and three tools. */
const EVENTS: NeutralEvent[] = [
  { kind: "start", id: "msg_foreign", model: "claude" },
  { kind: "usage", usage: { ...NO_USAGE, input: 10 } },
  { kind: "open", block: { kind: "thinking" } },
  { kind: "delta", text: "Let me " },
  { kind: "delta", text: "look." },
  { kind: "sign", signature: "sealed" },
  { kind: "close" },
  {
    kind: "whole",
    block: { kind: "hosted-result", tool: "web-search", callId: "s1", hits: [], error: null },
  },
  { kind: "open", block: { kind: "text" } },
  { kind: "delta", text: "Cats " },
  { kind: "close" },
  { kind: "open", block: { kind: "text" } },
  { kind: "delta", text: "purr é✓." },
  {
    kind: "cite",
    citation: { url: "https://cats.test", title: "Cats", citedText: null, start: 0, end: 4 },
  },
  { kind: "close" },
  {
    kind: "whole",
    block: {
      kind: "image",
      source: { kind: "data", mime: "image/png", base64: "AAAA" },
      detail: null,
      cache: null,
    },
  },
  { kind: "open", block: { kind: "tool-call", id: "call_1", name: "find" } },
  { kind: "delta", text: '{"q":' },
  { kind: "delta", text: "1}" },
  { kind: "close" },
  { kind: "open", block: { kind: "tool-call", id: "call_2", name: "apply_patch" } },
  { kind: "delta", text: '{"input":"*** Be' },
  { kind: "delta", text: 'gin\\n+é"}' },
  { kind: "close" },
  { kind: "open", block: { kind: "tool-call", id: "", name: "now" } },
  { kind: "close" },
  {
    kind: "usage",
    usage: { ...NO_USAGE, input: 10, cacheRead: 5, cacheWrite5m: 2, output: 7, reasoning: 3 },
  },
  { kind: "finish", reason: "tool-calls", stopSequence: null },
];
const USAGE = {
  prompt_tokens: 17,
  completion_tokens: 7,
  total_tokens: 24,
  prompt_tokens_details: { cached_tokens: 5 },
  completion_tokens_details: { reasoning_tokens: 3 },
};
const CALLS = [
  { id: "call_1", type: "function", function: { name: "find", arguments: '{"q":1}' } },
  { id: "call_2", type: "custom", custom: { name: "apply_patch", input: "*** Begin\n+é" } },
  { id: "call_7_2", type: "function", function: { name: "now", arguments: "{}" } },
];
const CITED = { url: "https://cats.test", title: "Cats", start_index: 5, end_index: 9 };
const ANNOTATIONS = [{ type: "url_citation", url_citation: CITED }];
const IMAGES = [{ type: "image_url", index: 0, image_url: { url: "data:image/png;base64,AAAA" } }];

const clientOf = (bytes: Uint8Array, type = "text/event-stream") =>
  new OpenAI({
    apiKey: "cr_1",
    baseURL: "http://relay.test/v1",
    maxRetries: 0,
    fetch: async () => new Response(Buffer.from(bytes), { headers: { "content-type": type } }),
  });
const written = (events: readonly NeutralEvent[], changes: object = {}) =>
  concat(runAll(chatTranslator.writeEvents({ ...FACTS, ...changes }), events));
const ASK = { model: "asked", messages: [{ role: "user" as const, content: "hi" }] };
/** Chunks as the official client hands them out. */
const chunksOf = async (bytes: Uint8Array) => {
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  const stream = await clientOf(bytes).chat.completions.create({ ...ASK, stream: true });
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};

it("writes chunks that the official client reads", async () => {
  const chunks = await chunksOf(written(EVENTS));
  expect(chunks[0]).toMatchObject({
    id: "chatcmpl-7",
    object: "chat.completion.chunk",
    created: 9,
    model: "asked",
    choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }],
  });
  expect(chunks.at(-2)?.choices).toMatchObject([{ delta: {}, finish_reason: "tool_calls" }]);
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: USAGE });
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta as object));
  expect(deltas).toContainEqual({ reasoning_content: "Let me " });
  expect(deltas).toContainEqual({ annotations: ANNOTATIONS });
  expect(deltas).toContainEqual({ images: IMAGES });
});

it("writes a stream that the client's helper gathers into the whole answer", async () => {
  const functions = EVENTS.filter(
    (event, at) => at < EVENTS.length - 8 || event.kind === "usage" || event.kind === "finish",
  );
  const stream = clientOf(written(functions)).chat.completions.stream(ASK);
  const completion = await stream.finalChatCompletion();
  const [choice] = completion.choices;
  expect(choice).toMatchObject({
    finish_reason: "tool_calls",
    message: { role: "assistant", content: "Cats purr é✓.", tool_calls: CALLS.slice(0, 1) },
  });
  expect(choice?.message).toMatchObject({ annotations: ANNOTATIONS });
  expect(completion.usage).toEqual(USAGE);
});

it("writes the same as a whole answer", async () => {
  const answer = gatherAnswer(EVENTS);
  const { body, losses } = chatTranslator.writeAnswer(answer, { ...FACTS, form: null });
  const completion = await clientOf(body, "application/json").chat.completions.create(ASK);
  expect(completion).toEqual({
    id: "chatcmpl-7",
    object: "chat.completion",
    created: 9,
    model: "asked",
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: "Cats purr é✓.",
          refusal: null,
          reasoning_content: "Let me look.",
          annotations: ANNOTATIONS,
          images: IMAGES,
          tool_calls: CALLS,
        },
        logprobs: null,
        finish_reason: "tool_calls",
      },
    ],
    usage: USAGE,
  });
  expect(losses).toEqual([{ kind: "hosted-tool", detail: "web-search" }]);
});

it("names what a whole answer cannot show", () => {
  const uncited = { url: null, title: "A book", citedText: null, start: 0, end: 1 };
  const blocks: AnswerBlock[] = [
    { kind: "redacted-thinking", data: "x" },
    { kind: "text", text: "", citations: [uncited], cache: null, signature: null },
    { kind: "other", name: "odd", extra: { protocol: "gemini", fields: { odd: 1 } } },
    {
      kind: "image",
      source: { kind: "file", protocol: "gemini", id: "f", mime: null },
      detail: null,
      cache: null,
    },
  ];
  const answer = { ...gatherAnswer(EVENTS.slice(-1)), blocks };
  const { losses } = chatTranslator.writeAnswer(answer, FACTS);
  expect(losses.map(({ kind }) => kind)).toEqual([
    "thought",
    "citations",
    "other-fields",
    "image-form",
  ]);
});

it("states usage only where it is asked for", async () => {
  const call = neutralCall({ stream: true, includeUsage: false });
  const chunks = await chunksOf(written(EVENTS, { call }));
  expect(chunks.some((chunk) => "usage" in chunk)).toBe(false);
  expect(chunks.every(({ choices }) => choices.length === 1)).toBe(true);
});

it("answers a caller of the older functions in its own words", async () => {
  const body = { model: "m", messages: [], functions: [{ name: "find" }] };
  const facts = {
    face: "openai-chat",
    protocol: "openai-chat",
    action: "generate",
    model: "m",
    stream: "sse",
    session: null,
    maxOutputTokens: null,
    bodyBytes: 0,
    modelSpan: null,
  } as const;
  const call = chatTranslator.readCall(Buffer.from(JSON.stringify(body)), facts);
  const isFind = (event: NeutralEvent) =>
    event.kind === "open" && event.block.kind === "tool-call" && event.block.name === "find";
  const begin = EVENTS.findIndex(isFind);
  const events = [...EVENTS.slice(0, 1), ...EVENTS.slice(begin, begin + 4), ...EVENTS.slice(-1)];
  const stream = clientOf(written(events, { call })).chat.completions.stream(ASK);
  const { choices } = await stream.finalChatCompletion();
  const function_call = { name: "find", arguments: '{"q":1}' };
  expect(choices).toMatchObject([{ finish_reason: "function_call", message: { function_call } }]);
  const whole = chatTranslator.writeAnswer(gatherAnswer(events), { ...FACTS, call });
  expect(JSON.parse(decode(whole.body)).choices[0]).toMatchObject({
    finish_reason: "function_call",
    message: { content: null, function_call },
  });
});

it("ends with [DONE], and with nothing where the answer fails or breaks off", () => {
  expect(decode(written(EVENTS))).toMatch(/\n\ndata: \[DONE\]\n\n$/);
  const failed = [...EVENTS.slice(0, 4), { kind: "fail", status: 500, message: "x" } as const];
  const frames = decode(written([...failed, ...EVENTS.slice(4)]));
  expect(frames).toBe(decode(written(EVENTS.slice(0, 4))));
  expect(frames).not.toContain("[DONE]");
});

it("reads back what it writes", () => {
  const reader = chatTranslator.readEvents("sse");
  const read = gatherAnswer([...reader.push(written(EVENTS)), ...reader.end()]);
  expect(read.blocks.map(({ kind }) => kind)).toEqual([
    "thinking",
    "text",
    "tool-call",
    "tool-call",
    "tool-call",
    "text",
    "image",
  ]);
  expect(read).toMatchObject({
    finish: "tool-calls",
    usage: { input: 12, cacheRead: 5, output: 7 },
  });
});
