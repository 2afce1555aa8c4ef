import { expect, it } from "vitest";
import type { NeutralEvent } from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { cutAt } from "../../../testing/cuts";
import { gatherAnswer } from "../../../translation/answers";
import { responsesTranslator } from "./translator";

type Piece = { type: string } & Record<string, unknown>;
const wire = (pieces: readonly Piece[]) =>
  encode(
    pieces.map((piece) => `event: ${piece.type}\ndata: ${JSON.stringify(piece)}\n\n`).join(""),
  );
const read = (pieces: readonly Piece[]): NeutralEvent[] =>
  runAll(responsesTranslator.readEvents("sse"), [wire(pieces)]);

const CREATED = { type: "response.created", response: { id: "resp_1", model: "gpt-5.5" } };
const USAGE = {
  input_tokens: 9,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 2 },
};
const completed = (response: object = {}) => ({
  type: "response.completed",
  response: { id: "resp_1", model: "gpt-5.5", status: "completed", usage: USAGE, ...response },
});
const added = (output_index: number, item: object) => ({
  type: "response.output_item.added",
  output_index,
  item,
});
const done = (output_index: number, item: object) => ({
  type: "response.output_item.done",
  output_index,
  item,
});
const delta = (kind: string, output_index: number, text: string, more: object = {}) => ({
  type: `response.${kind}.delta`,
  output_index,
  delta: text,
  ...more,
});
const call = (id: string, input: string) => ({
  type: "function_call",
  call_id: id,
  name: "find",
  arguments: input,
});

it("signs thoughts before it closes them, and parts their summary", () => {
  const item = { type: "reasoning", encrypted_content: "gAAA", summary: [] };
  const part = { type: "response.reasoning_summary_part.added", output_index: 0 };
  const events = read([
    CREATED,
    added(0, item),
    { ...part, summary_index: 0 },
    delta("reasoning_summary_text", 0, "one", { summary_index: 0 }),
    { ...part, summary_index: 1 },
    delta("reasoning_summary_text", 0, "two", { summary_index: 1 }),
    done(0, { ...item, encrypted_content: "gBBB" }),
    completed(),
  ]);
  expect(events.map(({ kind }) => kind)).toEqual([
    "start",
    "open",
    "delta",
    "delta",
    "delta",
    "sign",
    "close",
    "usage",
    "finish",
  ]);
  const [thought] = gatherAnswer(events).blocks;
  expect(thought).toMatchObject({ text: "one\n\ntwo", signature: "gBBB" });
  expect(events).toContainEqual({
    kind: "usage",
    usage: expect.objectContaining({ input: 5, cacheRead: 4, output: 5, reasoning: 2 }),
  });
});

it("tells items that arrive at once one after the other", () => {
  const events = read([
    CREATED,
    added(0, call("c1", "")),
    added(1, call("c2", "")),
    delta("function_call_arguments", 1, '{"b"'),
    delta("function_call_arguments", 0, '{"a"'),
    delta("function_call_arguments", 1, ":2}"),
    done(1, call("c2", '{"b":2}')),
    delta("function_call_arguments", 0, ":1}"),
    done(0, call("c1", '{"a":1}')),
    completed(),
  ]);
  const answer = gatherAnswer(events);
  expect(answer.finish).toBe("tool-calls");
  expect(answer.blocks).toMatchObject([
    { kind: "tool-call", id: "c1", input: '{"a":1}' },
    { kind: "tool-call", id: "c2", input: '{"b":2}' },
  ]);
});

it("does not keep an answer waiting for thoughts whose end is told late", () => {
  const machine = responsesTranslator.readEvents("sse");
  const early = machine.push(
    wire([
      CREATED,
      added(0, { type: "reasoning", summary: [] }),
      delta("reasoning_text", 0, "hm"),
      added(1, { type: "message", role: "assistant", content: [] }),
      delta("output_text", 1, "hi"),
    ]),
  );
  expect(early.map(({ kind }) => kind)).toEqual([
    "start",
    "open",
    "delta",
    "close",
    "open",
    "delta",
  ]);
  const late = machine.push(
    wire([
      done(0, { type: "reasoning", summary: [] }),
      done(1, { type: "message", content: [{ type: "output_text", text: "hi" }] }),
      completed(),
    ]),
  );
  expect(late.map(({ kind }) => kind)).toEqual(["close", "usage", "finish"]);
});

it("reads items of which nothing but the end is told", () => {
  const events = read([
    CREATED,
    done(0, { type: "reasoning", summary: [] }),
    done(1, { type: "custom_tool_call", call_id: "c1", name: "patch", input: "*** Begin" }),
    done(2, {
      type: "message",
      content: [
        {
          type: "output_text",
          text: "hi",
          annotations: [
            {
              type: "url_citation",
              url: "https://a.test",
              title: "A",
              start_index: 0,
              end_index: 2,
            },
          ],
        },
      ],
    }),
    done(3, {
      type: "web_search_call",
      id: "ws_1",
      status: "completed",
      action: { type: "search", query: "q", sources: [{ type: "url", url: "https://a.test" }] },
    }),
    done(4, { type: "image_generation_call", id: "ig_1", result: "aGk=", output_format: "webp" }),
    completed(),
  ]);
  expect(gatherAnswer(events).blocks).toMatchObject([
    { kind: "tool-call", id: "c1", input: "*** Begin" },
    {
      kind: "text",
      text: "hi",
      citations: [{ url: "https://a.test", title: "A", start: 0, end: 2 }],
    },
    { kind: "hosted-call", tool: "web-search", input: '{"query":"q"}' },
    { kind: "hosted-result", hits: [{ url: "https://a.test", title: "https://a.test" }] },
    { kind: "image", source: { mime: "image/webp", base64: "aGk=" } },
  ]);
});

it("says why an answer ended, and ends a failed one as a failure", () => {
  const reasonOf = (last: Piece) => read([CREATED, last]).at(-1);
  const incomplete = (reason: string) => ({
    type: "response.incomplete",
    response: { status: "incomplete", incomplete_details: { reason } },
  });
  expect(reasonOf(incomplete("max_output_tokens"))).toMatchObject({ reason: "length" });
  expect(reasonOf(incomplete("content_filter"))).toMatchObject({ reason: "refusal" });
  const refused = [{ type: "message", content: [{ type: "refusal", refusal: "no" }] }];
  expect(reasonOf(completed({ output: refused }))).toMatchObject({ reason: "refusal" });
  const error = { code: "rate_limit_exceeded", message: "Slow down." };
  const failed = { kind: "fail", status: 429, message: "Slow down." };
  expect(reasonOf({ type: "response.failed", response: { error } })).toEqual(failed);
  expect(reasonOf({ type: "error", ...error })).toEqual(failed);
  expect(reasonOf({ type: "error", error })).toEqual(failed);
});

it("tells nothing after the end, and neither end nor failure of a stream that breaks off", () => {
  const error = { type: "error", message: "late" };
  expect(read([CREATED, completed(), error]).at(-1)).toMatchObject({ kind: "finish" });
  const broken = read([
    CREATED,
    added(0, call("c1", "")),
    delta("function_call_arguments", 0, "{"),
  ]);
  expect(broken.map(({ kind }) => kind)).toEqual(["start", "open", "delta"]);
  expect(
    read([{ type: "response.rate_limits" }, { type: "keepalive", sequence_number: 3 }]),
  ).toEqual([]);
});

it("closes what is open when the response ends before its items do", () => {
  const events = read([
    CREATED,
    added(0, call("c1", "")),
    added(1, call("c2", "")),
    delta("function_call_arguments", 1, "{}"),
    completed({ output: [call("c1", ""), call("c2", "{}")] }),
  ]);
  expect(gatherAnswer(events).blocks).toMatchObject([{ id: "c1" }, { id: "c2", input: "{}" }]);
});

it("reads the same events at every cut", () => {
  const bytes = wire([
    CREATED,
    added(0, { type: "message", content: [] }),
    delta("output_text", 0, "é✓"),
    done(0, { type: "message", content: [] }),
    completed(),
  ]);
  const whole = runAll(responsesTranslator.readEvents("sse"), [bytes]);
  for (let at = 1; at < bytes.length; at++) {
    const cut = runAll(responsesTranslator.readEvents("sse"), cutAt(bytes, [at, at + 3]));
    expect(cut, `cut at ${at}`).toEqual(whole);
  }
});

it("refuses whole answers that are none or did not finish", () => {
  const answered = (body: object) => () =>
    responsesTranslator.readAnswer(encode(JSON.stringify(body)));
  expect(answered({ input_tokens: 3 })).toThrow("no response");
  expect(answered({ output: [], status: "in_progress" })).toThrow("in_progress");
  const error = { code: "server_error", message: "It broke." };
  expect(answered({ output: [], status: "failed", error })).toThrow("It broke.");
  expect(responsesTranslator.readCount(encode('{"input_tokens":51}'))).toBe(51);
  expect(responsesTranslator.readCount(encode("{}"))).toBeNull();
});
