import { expect, it } from "vitest";
import { AppError } from "../../../shared/errors";
import { concat, decode, encode } from "../../stream/bytes";
import { runAll } from "../../stream/machine";
import { everyCut } from "../../testing/cuts";
import { openaiResponses } from "./index";
import { responsesMeter } from "./meter";

const ROUTE = {
  face: "openai-responses",
  protocol: "openai-responses",
  action: "generate",
  model: null,
  method: "",
} as const;
const factsOf = (body: object, headers: Record<string, string> = {}, route: object = {}) =>
  openaiResponses.readCall({
    route: { ...ROUTE, ...route },
    headers,
    query: new URLSearchParams(),
    body: encode(JSON.stringify(body)),
    sha256: (text) => `hash of ${text}`,
  });

it("reads the facts of a call", () => {
  const body = { model: "gpt-5.5", stream: true, max_output_tokens: 99, input: "hi" };
  expect(factsOf(body)).toMatchObject({
    model: "gpt-5.5",
    stream: "sse",
    maxOutputTokens: 99,
    modelSpan: { start: 9, end: 18 },
    session: 'hash of \n"hi"',
  });
  expect(factsOf({ ...body, prompt_cache_key: "thread" }).session).toBe("thread");
  expect(factsOf(body, { session_id: "s1" }).session).toBe("s1");
  expect(factsOf(body, {}, { action: "count" }).stream).toBeNull();
  expect(factsOf({}, {}, { action: "list-models" })).toMatchObject({ model: "", bodyBytes: 0 });
  expect(() => factsOf({ input: "hi" })).toThrow(/^model: /);
});

it("puts another model's name into the call and changes nothing else", () => {
  const body = encode('{"input":"é", "model": "a" }');
  const facts = { ...factsOf({ model: "a" }), modelSpan: { start: 24, end: 27 } };
  expect(decode(openaiResponses.withModel(body, facts, "b"))).toBe('{"input":"é", "model": "b" }');
  expect(openaiResponses.withModel(body, facts, "a")).toBe(body);
});

const event = (type: string, more: object = {}) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
const USAGE = {
  input_tokens: 9,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 2 },
};
const response = (more: object = {}) => ({ response: { id: "resp_1", model: "real", ...more } });
const search = (type: string) => ({ item: { type: "web_search_call", action: { type } } });
const STREAM = [
  event("response.created", response()),
  event("response.output_item.done", search("search")),
  event("response.output_item.done", search("open_page")),
  event("response.output_text.delta", { delta: 'é"x', obfuscation: "aaaaaaa" }),
  event("response.function_call_arguments.delta", { delta: "abcd" }),
  event("response.completed", response({ usage: USAGE })),
];

const metered = (chunks: readonly Uint8Array[], stream: "sse" | null = "sse") => {
  const meter = responsesMeter({ stream });
  for (const chunk of chunks) meter.push(chunk);
  meter.end();
  return {
    usage: meter.usage(),
    model: meter.reportedModel(),
    complete: meter.complete(),
    error: meter.inBandError(),
    chars: meter.deliveredChars(),
  };
};
const STATED = {
  usage: { input: 5, cacheRead: 4, output: 5, reasoning: 2, webSearches: 1 },
  model: "real",
  complete: true,
  error: null,
  chars: 6 + 4,
};

it("meters a stream, wherever it is cut, and is complete at its last event", () => {
  const bytes = encode(STREAM.join(""));
  for (const chunks of everyCut(bytes, 41)) expect(metered(chunks)).toMatchObject(STATED);
  const unnamed = encode(STREAM.join("").replaceAll(/event: .*\n/g, ""));
  expect(metered([unnamed])).toMatchObject(STATED);
  const early = metered([encode(STREAM.slice(0, 5).join(""))]);
  expect(early).toMatchObject({ usage: null, complete: false, chars: 10 });
});

it("prefers the count of searches that the upstream states", () => {
  const tool_usage = { web_search: { num_requests: 3 } };
  const last = event("response.completed", response({ usage: USAGE, tool_usage }));
  expect(metered([encode([...STREAM.slice(0, 5), last].join(""))]).usage?.webSearches).toBe(3);
});

it("knows incomplete answers for complete ones, and failures for what they are", () => {
  const incomplete = event("response.incomplete", response({ usage: USAGE }));
  expect(metered([encode(incomplete)])).toMatchObject({ complete: true, usage: { output: 5 } });
  const error = { code: "server_is_overloaded", message: "Busy." };
  const failed = metered([encode(event("response.failed", response({ error, usage: USAGE })))]);
  expect(failed).toMatchObject({ complete: false, error: { status: 529, message: "Busy." } });
  for (const told of [error, { error }]) {
    expect(metered([encode(event("error", told))]).error).toEqual({
      status: 529,
      message: "Busy.",
    });
  }
  const half = encode(event("response.completed", response({ usage: USAGE })).slice(0, 90));
  expect(metered([half])).toMatchObject({ complete: false, usage: null });
});

it("meters a whole answer, a failed one too", () => {
  const output = [search("search").item, { type: "message", content: [] }];
  const whole = encode(JSON.stringify({ model: "real", output, usage: USAGE }));
  const { chars: _, ...stated } = STATED;
  expect(metered([whole.subarray(0, 9), whole.subarray(9)], null)).toMatchObject(stated);
  const error = { code: "invalid_prompt", message: "No." };
  const failed = encode(JSON.stringify({ status: "failed", error, output: [] }));
  expect(metered([failed], null).error).toEqual({ status: 400, message: "No." });
  expect(metered([encode("no JSON")], null)).toMatchObject({ complete: false, usage: null });
});

it("restores the model in every event that states it", () => {
  const running = event("response.in_progress", response());
  const bytes = encode([...STREAM.slice(0, 1), running, ...STREAM.slice(1), ": end\n\n"].join(""));
  const facts = { ...factsOf({ model: "asked" }), stream: "sse" as const };
  for (const chunks of everyCut(bytes, 97)) {
    const restored = decode(concat(runAll(openaiResponses.restoreModel(facts), chunks)));
    expect(restored.replaceAll('"asked"', '"real"')).toBe(decode(bytes));
    expect(restored.match(/"asked"/g)).toHaveLength(3);
  }
});

it("says a failure inside a stream in both of the ways that clients look for", () => {
  const error = new AppError("limit_reached", "Daily limit.");
  const context = { requestId: "req_1", storyUrl: null };
  const [first, second] = decode(openaiResponses.failureInBand(error, "sse", context)).split(
    "\n\n",
  );
  expect(JSON.parse(first?.split("data: ")[1] ?? "")).toMatchObject({
    type: "error",
    code: "rate_limit_exceeded",
    message: "Daily limit.",
    param: null,
    error: { type: "rate_limit_error", message: "Daily limit." },
  });
  expect(JSON.parse(second?.split("data: ")[1] ?? "")).toMatchObject({
    type: "response.failed",
    response: { status: "failed", error: { code: "rate_limit_exceeded", message: "Daily limit." } },
  });
  const meter = metered([openaiResponses.failureInBand(error, "sse", context)]);
  expect(meter.error).toEqual({ status: 429, message: "Daily limit." });
});

it("takes the user's last turn as the seed of the hop's fingerprint", () => {
  const last = (input: unknown) => openaiResponses.lastTurnText(encode(JSON.stringify({ input })));
  expect(last("Hi, there!")).toBe("Hithere");
  const items = [
    { role: "user", content: "first" },
    { type: "function_call", call_id: "c1", name: "f", arguments: "{}" },
    { type: "function_call_output", call_id: "c1", output: "the output" },
    { role: "developer", content: "a note" },
    { role: "user", content: [{ type: "input_text", text: "and more" }] },
  ];
  expect(last(items)).toBe("andmore\ntheoutput");
  expect(last(items.slice(0, 2))).toBeNull();
  expect(last(undefined)).toBeNull();
});

it("answers counts and keeps a silent stream alive", () => {
  expect(openaiResponses.countAnswer(7)).toEqual({
    object: "response.input_tokens",
    input_tokens: 7,
  });
  expect(decode(openaiResponses.keepAlive("sse") ?? encode(""))).toBe(": keep-alive\n\n");
});
