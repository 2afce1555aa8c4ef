import { expect, it } from "vitest";
import { encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { cutAt } from "../../../testing/cuts";
import { readEvents } from "./read-events";

const chunk = (choices: unknown[], more: object = {}) =>
  `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", model: "m-1", choices, ...more })}\n\n`;
const delta = (told: object, finish_reason: string | null = null) =>
  chunk([{ index: 0, delta: told, finish_reason }]);
const piece = (index: number, args: string, more: object = {}) => ({
  index,
  function: { arguments: args },
  ...more,
});
const opening = (index: number, id: string, name: string, args = "") => ({
  index,
  id,
  type: "function",
  function: { name, arguments: args },
});
const USAGE = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 };
const DONE = "data: [DONE]\n\n";

const read = (...frames: string[]) => runAll(readEvents("sse"), [encode(frames.join(""))]);
/** Events in few words. */
const told = (...frames: string[]) =>
  read(...frames).map((event) => {
    if (event.kind === "open") {
      return event.block.kind === "tool-call" ? `call ${event.block.id}` : event.block.kind;
    }
    if (event.kind === "delta") return event.text;
    return event.kind === "finish" ? `finish: ${event.reason}` : event.kind;
  });

const ANSWER = [
  delta({ role: "assistant", content: "" }),
  delta({ reasoning_content: "Let me see é." }),
  delta({ content: "Héllo " }),
  delta({ content: "世界" }),
  delta({ tool_calls: [opening(0, "call_a", "find")] }),
  delta({ tool_calls: [piece(0, '{"q":')] }),
  delta({ tool_calls: [piece(0, '"x"}')] }),
  delta({}, "tool_calls"),
  chunk([], { usage: USAGE }),
  DONE,
];

it("reads thoughts, text and calls one after the other, and the end after the usage", () => {
  expect(told(...ANSWER)).toEqual([
    "start",
    "thinking",
    "Let me see é.",
    "close",
    "text",
    "Héllo ",
    "世界",
    "close",
    "call call_a",
    '{"q":',
    '"x"}',
    "usage",
    "close",
    "finish: tool-calls",
  ]);
});

it("reads the same events wherever the stream is cut", () => {
  const bytes = encode(ANSWER.join("").replace("data: {", ": ping\n\ndata: {"));
  const whole = read(ANSWER.join(""));
  for (let at = 0; at <= bytes.length; at++) {
    expect(runAll(readEvents("sse"), cutAt(bytes, [at])), `cut at ${at}`).toEqual(whole);
  }
});

it("holds back the pieces of a call while another one is not whole", () => {
  const frames = [
    delta({ tool_calls: [opening(0, "call_a", "find", '{"a"')] }),
    delta({ tool_calls: [opening(1, "call_b", "read")] }),
    delta({ tool_calls: [piece(1, '{"b"'), piece(0, ":1")] }),
    delta({ content: "Meanwhile." }),
    delta({ tool_calls: [piece(1, ":2}")] }),
    delta({ tool_calls: [piece(0, "}")] }),
    delta({}, "tool_calls"),
  ];
  expect(told(...frames).join(" ")).toBe(
    'start call call_a {"a" :1 } close call call_b {"b" :2} close text Meanwhile. close finish: tool-calls',
  );
});

it("opens the next call as soon as the first one's arguments are whole", () => {
  const reader = readEvents("sse");
  const kinds = (text: string) => reader.push(encode(text)).map(({ kind }) => kind);
  expect(kinds(delta({ tool_calls: [opening(0, "call_a", "find", "{}")] }))).toEqual([
    "start",
    "open",
    "delta",
  ]);
  expect(kinds(delta({ tool_calls: [opening(1, "call_b", "read")] }))).toEqual(["close", "open"]);
  expect(kinds(delta({ tool_calls: [piece(0, " ")] }))).toEqual([]);
});

it("tells calls apart that a server gives the same index or no id", () => {
  const same = [
    delta({ tool_calls: [opening(0, "call_a", "find", "{}")] }),
    delta({ tool_calls: [opening(0, "call_b", "find", "{}")] }),
  ];
  expect(told(...same, delta({}, "stop"))).toEqual([
    "start",
    "call call_a",
    "{}",
    "close",
    "call call_b",
    "{}",
    "close",
    "finish: tool-calls",
  ]);
  const nameless = [
    { function: { name: "find", arguments: "{}" } },
    { function: { name: "read", arguments: { a: 1 } } },
  ];
  expect(told(delta({ tool_calls: nameless }), delta({}, "stop"))).toEqual([
    "start",
    "call call_1_0",
    "{}",
    "close",
    "call call_1_1",
    '{"a":1}',
    "close",
    "finish: tool-calls",
  ]);
});

it("waits for a call's name, and keeps what came before it", () => {
  const frames = [
    delta({ tool_calls: [{ index: 0, id: "call_a", function: { arguments: "{" } }] }),
    delta({ tool_calls: [{ index: 0, function: { name: "find", arguments: "}" } }] }),
    delta({}, "tool_calls"),
  ];
  expect(told(...frames)).toEqual(["start", "call call_a", "{}", "close", "finish: tool-calls"]);
});

it("reads custom tools, the older function_call and refusals", () => {
  const custom = { index: 0, id: "c", type: "custom", custom: { name: "patch", input: "*** " } };
  const events = read(
    delta({ tool_calls: [custom] }),
    delta({ tool_calls: [{ index: 0, custom: { input: "Begin" } }] }),
    delta({}, "tool_calls"),
  );
  expect(events[1]).toMatchObject({
    block: { name: "patch", extra: { fields: { type: "custom" } } },
  });
  expect(events.flatMap((event) => (event.kind === "delta" ? event.text : [])).join("")).toBe(
    "*** Begin",
  );
  const older = [
    delta({ function_call: { name: "find", arguments: "" } }),
    delta({ function_call: { arguments: "{}" } }),
    delta({}, "function_call"),
  ];
  expect(told(...older).slice(1)).toEqual(["call call_1_0", "{}", "close", "finish: tool-calls"]);
  expect(told(delta({ refusal: "No." }), delta({}, "stop")).slice(1)).toEqual([
    "text",
    "No.",
    "close",
    "finish: refusal",
  ]);
});

it("reads citations and images", () => {
  const url_citation = { url: "https://a.test", title: "A", start_index: 0, end_index: 2 };
  const image_url = { url: "data:image/png;base64,AAAA" };
  const events = read(
    delta({ content: "Hi" }),
    delta({ annotations: [{ type: "url_citation", url_citation }] }),
    delta({ images: [{ type: "image_url", image_url }] }),
    delta({}, "stop"),
  );
  expect(events.map(({ kind }) => kind).join(" ")).toBe("start open delta cite close whole finish");
  expect(events[3]).toMatchObject({ citation: { url: "https://a.test", start: 0, end: 2 } });
  expect(events[5]).toMatchObject({ block: { source: { mime: "image/png", base64: "AAAA" } } });
});

it("finds usage in the last choice, in every chunk, and of caches", () => {
  const within = chunk([{ index: 0, delta: {}, finish_reason: "stop", usage: USAGE }]);
  expect(told(delta({ content: "Hi" }), within, DONE)).toEqual([
    "start",
    "text",
    "Hi",
    "usage",
    "close",
    "finish: end",
  ]);
  const usage = { ...USAGE, prompt_cache_hit_tokens: 10 };
  expect(read(chunk([], { usage }))).toMatchObject([
    { kind: "start" },
    { usage: { input: 2, cacheRead: 10 } },
  ]);
});

it("tells no end of a stream that breaks off, and nothing after a failure", () => {
  expect(told(delta({ content: "Hi" }))).toEqual(["start", "text", "Hi"]);
  const error = { message: "Overloaded.", type: "server_error", code: "overloaded_error" };
  const broken = `data: ${JSON.stringify({ error })}\n\n`;
  expect(read(delta({ content: "Hi" }), broken, delta({}, "stop")).at(-1)).toEqual({
    kind: "fail",
    status: 529,
    message: "Overloaded.",
  });
});

it("skips what is no chunk, such as the first word of a filter", () => {
  const filter = chunk([], { prompt_filter_results: [], id: "", model: "" });
  expect(told("data: {half\n\n", filter, delta({ content: "Hi" }), delta({}, "stop"))).toEqual([
    "start",
    "text",
    "Hi",
    "close",
    "finish: end",
  ]);
});
