import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { FAKE_OPENAI_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
beforeEach(() => {
  upstream.book.clear();
  upstream.faults.clear();
});
afterAll(() => upstream.close());

const BASH = {
  type: "function",
  function: {
    name: "Bash",
    parameters: {
      type: "object",
      properties: { command: { type: "string" } },
      required: ["command"],
    },
  },
};
const PATCH = { type: "custom", custom: { name: "apply_patch" } };

interface Message {
  role: string;
  content: string | null;
  refusal?: string | null;
  annotations?: unknown[];
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

async function post(body: object, headers: Record<string, string> = {}) {
  return fetch(`${upstream.url}/v1/chat/completions`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${FAKE_OPENAI_KEY}`,
      "content-type": "application/json",
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

async function ask(prompt: string, more: object = {}) {
  const body = { model: "gpt-4o", messages: [{ role: "user", content: prompt }], ...more };
  const response = await post(body);
  const json = await response.json();
  const message: Message | undefined = json.choices?.[0]?.message;
  return { response, json, message, finish: json.choices?.[0]?.finish_reason };
}

/** The chunks of a streamed answer; the end is checked. */
async function chunks(prompt: string, more: object = {}) {
  const messages = [{ role: "user", content: prompt }];
  const response = await post({ model: "gpt-4o", messages, stream: true, ...more });
  const frames = (await response.text()).split("\n\n").filter((frame) => frame !== "");
  expect(frames.at(-1)).toBe("data: [DONE]");
  return frames.slice(0, -1).map((frame) => JSON.parse(frame.replace("data: ", "")));
}

function lastEntry() {
  const entry = upstream.book.entries().at(-1);
  if (entry === undefined) throw new Error("the book is empty");
  return entry;
}

it("answers a prompt with the same text and the same numbers every time", async () => {
  const [first, second] = [await ask("Hello there"), await ask("Hello there")];
  expect(first.message).toEqual({
    role: "assistant",
    content: "You said: Hello there",
    refusal: null,
    annotations: [],
  });
  expect(second.json.usage).toEqual(first.json.usage);
  expect(second.json.id).not.toBe(first.json.id);
  expect(first.json.model).toBe("gpt-4o-2024-08-06");
  expect(first.response.headers.get("x-request-id")).toBe(upstream.book.entries()[0]?.id);
});

it("streams what it answers whole, and books what it tells", async () => {
  const told = await chunks("[[tokens:123]]", { stream_options: { include_usage: true } });
  const whole = await ask("[[tokens:123]]");
  const text = told.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");
  expect(text).toBe(whole.message?.content);
  expect(told[0].choices[0].delta).toEqual({ role: "assistant", content: "", refusal: null });
  expect(told.at(-2)?.choices[0]).toMatchObject({ delta: {}, finish_reason: "stop" });
  expect(told.at(-1)).toMatchObject({ choices: [], usage: whole.json.usage });
  expect(told[0].usage).toBeNull();
  for (const entry of upstream.book.entries()) {
    expect(entry.deliveredUsage).toEqual(entry.plannedUsage);
    expect(entry.plannedUsage).toMatchObject({ output: 123, reasoning: 0 });
    expect(entry.plannedUsage?.input).toBe(whole.json.usage.prompt_tokens);
  }
});

it("says nothing of usage in a stream that was not asked for it", async () => {
  const told = await chunks("Hi");
  expect(told.every((chunk) => !("usage" in chunk))).toBe(true);
});

it("plays a tool loop of three turns whose state is the conversation alone", async () => {
  const messages: object[] = [{ role: "user", content: "Run two commands" }];
  const outputs: string[] = [];
  let last: Message | undefined;
  for (let turn = 0; turn < 3; turn++) {
    const json = await (await post({ model: "gpt-4o", messages, tools: [BASH] })).json();
    last = json.choices[0].message as Message;
    messages.push(last);
    for (const call of last.tool_calls ?? []) {
      const output = JSON.parse(call.function.arguments).command.replace("echo ", "");
      outputs.push(output);
      messages.push({ role: "tool", tool_call_id: call.id, content: output });
    }
    // What is said beside results is no new turn.
    if (last.tool_calls) messages.push({ role: "user", content: "<system-reminder>hm" });
  }
  expect(outputs).toHaveLength(2);
  expect(last?.content).toBe(`The tools answered: ${outputs.join(" | ")}`);
});

it("calls several tools at once, piece by piece, but one where it may not", async () => {
  const told = await chunks("[[scenario:parallel-tools-3]]", { tools: [BASH] });
  const pieces = told.flatMap((chunk) => chunk.choices[0].delta.tool_calls ?? []);
  expect(told[0].choices[0].delta.content).toBeNull();
  expect(told.at(-1)?.choices[0].finish_reason).toBe("tool_calls");
  for (const index of [0, 1, 2]) {
    const own = pieces.filter((piece) => piece.index === index);
    expect(own[0]).toMatchObject({ type: "function", function: { name: "Bash", arguments: "" } });
    const text = own.map((piece) => piece.function.arguments).join("");
    expect(JSON.parse(text).command).toMatch(/^echo \d{4}$/);
    expect(own.filter((piece) => piece.id !== undefined)).toHaveLength(1);
  }
  const one = await ask("[[scenario:parallel-tools-3]]", {
    tools: [BASH],
    parallel_tool_calls: false,
  });
  expect(one.message?.tool_calls).toHaveLength(1);
});

it("calls a custom tool with a text, and the tool that it is made to call", async () => {
  const custom = await ask("[[tool:apply_patch]][[scenario:tool-loop-2]]", {
    tools: [BASH, PATCH],
  });
  expect(custom.message?.tool_calls?.[0]).toMatchObject({
    type: "custom",
    custom: { name: "apply_patch", input: expect.stringMatching(/^echo \d{4}$/) },
  });
  for (const tool_choice of ["required", { type: "function", function: { name: "Bash" } }]) {
    const forced = await ask("Call it", { tools: [BASH, PATCH], tool_choice });
    expect(forced.message?.tool_calls?.[0]?.function.name).toBe("Bash");
  }
  const none = await ask("[[scenario:tool-loop-3]] x", { tools: [BASH], tool_choice: "none" });
  expect(none.message?.content).toBe("You said: x");
});

it("hides what a model thinks, and bills it", async () => {
  const { json, message } = await ask("[[thinking:40]][[tokens:10]]", { model: "gpt-5" });
  expect(message?.content).toHaveLength(40);
  expect(json.usage).toMatchObject({
    completion_tokens: 50,
    completion_tokens_details: { reasoning_tokens: 40 },
  });
  const off = await ask("[[tokens:10]]", { model: "gpt-5.6-sol", reasoning_effort: "none" });
  expect(off.json.usage.completion_tokens).toBe(10);
});

it("gives several choices, each with ids of its own, and bills them all", async () => {
  const { json } = await ask("Run", { n: 2, tools: [BASH] });
  const ids = json.choices.map(
    (choice: { message: Message }) => choice.message.tool_calls?.[0]?.id,
  );
  expect(new Set(ids).size).toBe(2);
  const one = (await ask("Run", { tools: [BASH] })).json.usage.completion_tokens;
  expect(json.usage.completion_tokens).toBe(2 * one);
  const told = await chunks("[[tokens:20]]", { n: 2 });
  const second = told.filter((chunk) => chunk.choices[0].index === 1);
  expect(second.map((chunk) => chunk.choices[0].delta.content ?? "").join("")).toHaveLength(80);
});

it("fills a schema, refuses in words, cuts at the limit, and stops at a sequence", async () => {
  const schema = { type: "object", properties: { n: { type: "integer" } } };
  const filled = await ask("Classify", {
    response_format: { type: "json_schema", json_schema: { name: "n", schema } },
  });
  expect(filled.message?.content).toBe('{"n":1}');
  const refused = await ask("[[scenario:refusal]]");
  expect(refused.message).toMatchObject({ content: null, refusal: "I can't help with that." });
  expect((await ask("[[scenario:content-filter]] x")).finish).toBe("content_filter");
  const cut = await ask("[[tokens:50]]", { max_tokens: 7 });
  expect([cut.finish, cut.json.usage.completion_tokens]).toEqual(["length", 7]);
  expect((await ask("[[text:one STOP two]]", { stop: "STOP" })).message?.content).toBe("one ");
});

it("searches with a model that searches, and cites what it found", async () => {
  const { message } = await ask("News", { model: "gpt-4o-search-preview", web_search_options: {} });
  expect(message?.annotations).toHaveLength(2);
  expect(message?.annotations?.[0]).toMatchObject({
    type: "url_citation",
    url_citation: { url: "https://example.com/1", start_index: 0 },
  });
});

it("reads a long prefix from its implicit cache", async () => {
  const long = { role: "system", content: "cached words ".repeat(800) };
  const both = async (content: string) =>
    (await ask("", { messages: [long, { role: "user", content }] })).json.usage;
  const [first, second] = [await both("One?"), await both("Two?")];
  expect(first.prompt_tokens_details.cached_tokens).toBe(0);
  expect(second.prompt_tokens_details.cached_tokens).toBeGreaterThan(1024);
  expect(second.prompt_tokens).toBe(first.prompt_tokens);
  const planned = lastEntry().plannedUsage;
  expect((planned?.input ?? 0) + (planned?.cacheRead ?? 0)).toBe(second.prompt_tokens);
});

it("fails before the answer and in the middle of it as a prompt or a rule wants", async () => {
  const limited = await ask("Hi [[fault:status-429-7]]");
  expect(limited.response.status).toBe(429);
  expect(limited.response.headers.get("retry-after")).toBe("7");
  expect(limited.json.error).toMatchObject({ type: "requests", code: "rate_limit_exceeded" });
  const broken = await post({
    model: "gpt-4o",
    stream: true,
    messages: [{ role: "user", content: "[[tokens:100]][[fault:error-event-3]]" }],
  });
  const frames = (await broken.text()).split("\n\n").filter((frame) => frame !== "");
  expect(frames).toHaveLength(4);
  expect(frames.at(-1)).toMatch(/^data: \{"error":\{"message":/);
  upstream.faults.add({
    faults: [{ kind: "status", status: 429, code: "insufficient_quota" }],
  });
  expect((await ask("Hi")).json.error).toMatchObject({
    type: "insufficient_quota",
    code: "insufficient_quota",
  });
});

it("lists its models to a bearer, and refuses wrong keys and unknown paths", async () => {
  const get = (path: string, key = FAKE_OPENAI_KEY) =>
    fetch(`${upstream.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
  const list = await (await get("/v1/models")).json();
  expect(list.object).toBe("list");
  expect(list.data.map((model: { id: string }) => model.id)).toContain("gpt-5.5");
  expect(await (await get("/v1/models/o3")).json()).toMatchObject({ object: "model", id: "o3" });
  const wrong = await get("/v1/models", "sk-wrong-wrong-wrong");
  expect([wrong.status, (await wrong.json()).error.code]).toEqual([401, "invalid_api_key"]);
  const lost = await fetch(`${upstream.url}/v1/chat/nowhere`, { method: "POST" });
  expect((await lost.json()).error.message).toBe("Invalid URL (POST /v1/chat/nowhere)");
});
