import OpenAI from "openai";
import { expect, it } from "vitest";
import { AppError } from "../../../../shared/errors";
import { NO_USAGE } from "../../../model";
import type { Tool } from "../../../neutral";
import type { NeutralEvent } from "../../../neutral-answer";
import { concat, decode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { neutralCall } from "../../../testing/neutral-call";
import { gatherAnswer } from "../../../translation/answers";
import { responsesFailureEvents } from "../failure-event";
import { responsesTranslator } from "./translator";

const TOOLS: Tool[] = [
  { kind: "custom", name: "apply_patch", description: null, format: null },
  {
    kind: "function",
    name: "find",
    description: null,
    schema: null,
    strict: null,
    deferred: false,
    namespace: "files",
    cache: null,
  },
];
const CALL = neutralCall({ stream: true, tools: TOOLS });
const FACTS = {
  call: CALL,
  model: "asked",
  requestId: "req_7",
  nowMs: 9_000,
  form: "sse",
} as const;
const NAMESPACE = { protocol: "openai-responses", fields: { namespace: "files" } } as const;

/** As a model of another maker answers: thoughts, a search, cited text, and three tools. */
const EVENTS: NeutralEvent[] = [
  { kind: "start", id: "msg_foreign", model: "claude" },
  { kind: "open", block: { kind: "thinking" } },
  { kind: "delta", text: "Let me " },
  { kind: "delta", text: "look." },
  { kind: "sign", signature: "sealed" },
  { kind: "close" },
  {
    kind: "whole",
    block: {
      kind: "hosted-call",
      tool: "web-search",
      id: "s1",
      name: "web_search",
      input: '{"query":"cats"}',
    },
  },
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
    citation: { url: "https://cats.test", title: "Cats", citedText: null, start: 0, end: 8 },
  },
  { kind: "close" },
  { kind: "open", block: { kind: "tool-call", id: "call_1", name: "find", extra: NAMESPACE } },
  { kind: "delta", text: '{"q":' },
  { kind: "delta", text: "1}" },
  { kind: "close" },
  { kind: "open", block: { kind: "tool-call", id: "call_2", name: "apply_patch" } },
  { kind: "delta", text: '{"input":"*** Be' },
  { kind: "delta", text: 'gin\\n+é"}' },
  { kind: "close" },
  { kind: "open", block: { kind: "tool-call", id: "call_3", name: "now" } },
  { kind: "close" },
  { kind: "usage", usage: { ...NO_USAGE, input: 10, cacheRead: 5, output: 7, reasoning: 3 } },
  { kind: "finish", reason: "tool-calls", stopSequence: null },
];

const clientOf = (bytes: Uint8Array, type = "text/event-stream") =>
  new OpenAI({
    apiKey: "cr_1",
    baseURL: "http://relay.test/v1",
    maxRetries: 0,
    fetch: async () => new Response(Buffer.from(bytes), { headers: { "content-type": type } }),
  });
const written = (events: readonly NeutralEvent[]) =>
  concat(runAll(responsesTranslator.writeEvents(FACTS), events));
const ASK = { model: "asked", input: "hi" };

const ITEMS = [
  {
    type: "reasoning",
    id: "rs_7_0",
    summary: [{ type: "summary_text", text: "Let me look." }],
    encrypted_content: "sealed",
  },
  {
    type: "web_search_call",
    id: "ws_7_1",
    status: "completed",
    action: { type: "search", query: "cats" },
  },
  {
    type: "message",
    role: "assistant",
    status: "completed",
    content: [
      { type: "output_text", text: "Cats ", annotations: [] },
      {
        type: "output_text",
        text: "purr é✓.",
        annotations: [
          {
            type: "url_citation",
            url: "https://cats.test",
            title: "Cats",
            start_index: 0,
            end_index: 8,
          },
        ],
      },
    ],
  },
  {
    type: "function_call",
    call_id: "call_1",
    name: "find",
    namespace: "files",
    arguments: '{"q":1}',
  },
  { type: "custom_tool_call", call_id: "call_2", name: "apply_patch", input: "*** Begin\n+é" },
  { type: "function_call", call_id: "call_3", name: "now", arguments: "{}" },
];

it("writes a stream that the official helper gathers to the whole response", async () => {
  const stream = clientOf(written(EVENTS)).responses.stream(ASK);
  const seen: string[] = [];
  stream.on("response.output_text.delta", ({ snapshot }) => seen.push(snapshot));
  const final = await stream.finalResponse();
  expect(seen).toEqual(["Cats ", "purr é✓."]);
  expect(final).toMatchObject({
    id: "resp_7",
    object: "response",
    created_at: 9,
    status: "completed",
    model: "asked",
    output: ITEMS,
    output_text: "Cats purr é✓.",
    usage: {
      input_tokens: 15,
      input_tokens_details: { cached_tokens: 5 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 22,
    },
  });
});

it("gathers the same from the single events as the last one states", async () => {
  const stream = await clientOf(written(EVENTS)).responses.create({ ...ASK, stream: true });
  const items: unknown[] = [];
  let last: unknown;
  let sequence = 0;
  for await (const event of stream) {
    expect(event.sequence_number).toBe(sequence++);
    if (event.type === "response.output_item.done") items.push(event.item);
    if (event.type === "response.completed") last = event.response.output;
  }
  expect(items).toMatchObject(ITEMS);
  expect(last).toEqual(items);
});

it("writes a whole answer that the official client reads the same", async () => {
  const { body, losses } = responsesTranslator.writeAnswer(gatherAnswer(EVENTS), FACTS);
  const response = await clientOf(body, "application/json").responses.create(ASK);
  expect(response).toMatchObject({
    status: "completed",
    output: ITEMS,
    output_text: "Cats purr é✓.",
  });
  expect(losses).toEqual([]);
});

it("says that an answer is incomplete, and why", async () => {
  const reasons = { length: "max_output_tokens", refusal: "content_filter" } as const;
  for (const [reason, stated] of Object.entries(reasons)) {
    const finish = { kind: "finish", reason, stopSequence: null } as NeutralEvent;
    const stream = clientOf(written([...EVENTS.slice(0, 12), finish])).responses.stream(ASK);
    const final = await stream.finalResponse();
    expect(final.status).toBe("incomplete");
    expect(final.incomplete_details).toEqual({ reason: stated });
    expect(final.output_text).toBe("Cats ");
  }
});

it("makes both of the official client's ways throw at a failure inside the stream", async () => {
  const error = new AppError("upstream_silent", "The upstream fell silent.");
  const failure = responsesFailureEvents(error, { requestId: "req_7", storyUrl: null });
  const bytes = concat([written(EVENTS.slice(0, 9)), failure]);
  await expect(clientOf(bytes).responses.stream(ASK).finalResponse()).rejects.toThrow(
    "fell silent",
  );
  const stream = await clientOf(bytes).responses.create({ ...ASK, stream: true });
  const drained = (async () => {
    for await (const _ of stream);
  })();
  await expect(drained).rejects.toThrow("fell silent");
  // Codex takes its sentence from this event.
  expect(decode(failure)).toContain('"response.failed"');
});

it("closes nothing off when the stream breaks off or fails", () => {
  const machine = responsesTranslator.writeEvents(FACTS);
  for (const event of EVENTS.slice(0, 10)) machine.push(event);
  expect(machine.push({ kind: "fail", status: 502, message: "x" })).toEqual([]);
  expect(machine.end()).toEqual([]);
});
