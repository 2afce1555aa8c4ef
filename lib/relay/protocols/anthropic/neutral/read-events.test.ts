import { expect, it } from "vitest";
import type { FinishReason, NeutralEvent } from "../../../neutral-answer";
import { concat, decode, encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { event, streamedBytes, streamedMessage } from "../../../testing/anthropic-wire";
import { everyCut } from "../../../testing/cuts";
import { neutralCall } from "../../../testing/neutral-call";
import { gatherAnswer } from "../../../translation/answers";
import { anthropicTranslator as translator } from "./translator";

const FACTS = {
  call: neutralCall(),
  model: "asked-name",
  requestId: "req_1",
  nowMs: 0,
  form: "sse" as const,
};

const read = (text: string) => runAll(translator.readEvents("sse"), [encode(text)]);
const write = (events: readonly NeutralEvent[]) =>
  decode(concat([new Uint8Array(), ...runAll(translator.writeEvents(FACTS), events)]));

const REASONS: [string, FinishReason][] = [
  ["end_turn", "end"],
  ["stop_sequence", "stop-sequence"],
  ["max_tokens", "length"],
  ["tool_use", "tool-calls"],
  ["refusal", "refusal"],
  ["pause_turn", "pause"],
  ["model_context_window_exceeded", "context-exceeded"],
];

it.each([...REASONS, ["tomorrow", "end"] as const])(
  "reads %s as %s, and writes it back",
  (word, finish) => {
    const body = encode(JSON.stringify({ content: [], stop_reason: word }));
    const answer = translator.readAnswer(body);
    expect(answer.finish).toBe(finish);
    expect(JSON.parse(decode(translator.writeAnswer(answer, FACTS).body)).stop_reason).toBe(word);
    const streamed = read(
      event("message_delta", { delta: { stop_reason: word } }) + event("message_stop"),
    );
    expect(streamed).toMatchObject([{ kind: "finish", reason: finish }]);
    expect(write(streamed)).toContain(`"stop_reason":"${word}"`);
  },
);

it("reads a stream's events, wherever it is cut", () => {
  const bytes = streamedBytes();
  const whole = runAll(translator.readEvents("sse"), [bytes]);
  expect(whole).toMatchObject([
    { kind: "start", id: "msg_1", model: "claude-opus-5-5" },
    { kind: "usage", usage: { input: 100, cacheRead: 40, output: 1 } },
    { kind: "open", block: { kind: "text" } },
    { kind: "delta", text: "Hel" },
    { kind: "delta", text: "lö ✓" },
    { kind: "close" },
    { kind: "usage", usage: { input: 100, cacheRead: 40, output: 20 } },
    { kind: "finish", reason: "end" },
  ]);
  for (const chunks of everyCut(bytes, 23)) {
    expect(runAll(translator.readEvents("sse"), chunks)).toEqual(whole);
  }
});

const start = (index: number, block: object) =>
  event("content_block_start", { index, content_block: block });
const delta = (index: number, fields: object) =>
  event("content_block_delta", { index, delta: fields });
const stop = (index: number) => event("content_block_stop", { index });

it("tells of one block at a time when an upstream mixes them", () => {
  const call = { type: "tool_use", id: "t1", name: "Read", input: {} };
  const json = (partial_json: string) => ({ type: "input_json_delta", partial_json });
  const events = read(
    [
      start(0, { type: "text", text: "" }),
      start(1, call),
      delta(1, json('{"a"')),
      delta(0, { type: "text_delta", text: "Hi" }),
      delta(1, json(":1}")),
      stop(1),
      stop(0),
      start(2, { ...call, id: "t2", input: { b: 2 } }),
      event("message_delta", { delta: { stop_reason: "tool_use" } }),
      event("message_stop"),
    ].join(""),
  );
  expect(gatherAnswer(events).blocks).toMatchObject([
    { kind: "text", text: "Hi" },
    { kind: "tool-call", id: "t1", input: '{"a":1}' },
    { kind: "tool-call", id: "t2", input: '{"b":2}' },
  ]);
  expect(events.filter(({ kind }) => kind === "close")).toHaveLength(3);
});

it("hands out whole what others gather from pieces", () => {
  const call = { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} };
  const hit = {
    type: "web_search_result",
    url: "https://a.test",
    title: "A",
    encrypted_content: "e",
  };
  const result = { type: "web_search_tool_result", tool_use_id: "srvtoolu_1", content: [hit] };
  const error = { type: "web_search_tool_result_error", error_code: "max_uses_exceeded" };
  const events = read(
    [
      start(0, call),
      delta(0, { type: "input_json_delta", partial_json: '{"query":"q"}' }),
      stop(0),
      start(1, result) + stop(1),
      start(2, { ...result, content: error }) + stop(2),
      start(3, { type: "redacted_thinking", data: "enc" }) + stop(3),
      start(4, { type: "compaction", content: null }),
      delta(4, { type: "compaction_delta", content: "summary" }),
      stop(4),
    ].join(""),
  );
  expect(events).toMatchObject([
    { block: { kind: "hosted-call", tool: "web-search", input: '{"query":"q"}' } },
    {
      block: { kind: "hosted-result", hits: [{ url: "https://a.test", title: "A" }], error: null },
    },
    { block: { kind: "hosted-result", hits: [], error: "max_uses_exceeded" } },
    { block: { kind: "redacted-thinking", data: "enc" } },
    { block: { kind: "other", name: "compaction", extra: { fields: { content: "summary" } } } },
  ]);
});

it("reads an error as a failure, and a break as nothing", () => {
  const begun = streamedMessage().slice(0, 4).join("");
  const failure = event("error", { error: { type: "overloaded_error", message: "Overloaded" } });
  const failed = read(begun + failure + event("message_stop"));
  expect(failed.at(-1)).toEqual({ kind: "fail", status: 529, message: "Overloaded" });
  expect(read(begun).map(({ kind }) => kind)).toEqual(["start", "usage", "open", "delta"]);
});

it("skips frames that it cannot read", () => {
  const odd = [
    ": comment\n\n",
    "data: {\n\n",
    event("tomorrow"),
    event("content_block_delta", { index: 9, delta: { type: "text_delta", text: "x" } }),
    event("content_block_start"),
    delta(0, { type: "signature_delta" }),
    event("content_block_stop", { index: 7 }),
    "event: message_stop\ndata: 5\n\n",
  ];
  expect(() => read(odd.join(""))).not.toThrow();
});

it("answers a count, and calls what is no message broken", () => {
  expect(translator.readCount(encode('{"input_tokens":12}'))).toBe(12);
  expect(translator.readCount(encode("<html>"))).toBeNull();
  for (const body of ["<html>", "[]", '{"type":"error"}']) {
    expect(() => translator.readAnswer(encode(body))).toThrow(
      expect.objectContaining({ code: "upstream_broken" }),
    );
  }
});
