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

const PARAMETERS = {
  type: "object",
  properties: { command: { type: "string" } },
  required: ["command"],
};
const BASH = { type: "function", name: "Bash", strict: false, parameters: PARAMETERS };
const THOUGHTFUL = { model: "gpt-5", include: ["reasoning.encrypted_content"] };

interface Item {
  type: string;
  id: string;
  call_id: string;
  name: string;
  arguments: string;
  summary: { text: string }[];
  encrypted_content?: string;
  content: { type: string; text: string; annotations: unknown[] }[];
}

function post(body: object, path = "/v1/responses") {
  return fetch(`${upstream.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${FAKE_OPENAI_KEY}` },
    body: JSON.stringify(body),
  });
}

async function ask(input: unknown, more: object = {}) {
  const json = await (await post({ model: "gpt-4o", input, ...more })).json();
  const output: Item[] = json.output ?? [];
  const text = output.flatMap((item) => item.content ?? []).map((part) => part.text);
  return { json, output, types: output.map((item) => item.type), text: text.join("") };
}

/** The events of a streamed answer, each with its name checked. */
async function events(input: unknown, more: object = {}) {
  const response = await post({ model: "gpt-4o", input, stream: true, ...more });
  const frames = (await response.text()).split("\n\n").filter((frame) => frame !== "");
  return frames.map((frame) => {
    const [name = "", data = ""] = frame.split("\n");
    const event = JSON.parse(data.replace("data: ", ""));
    expect(event.type).toBe(name.replace("event: ", ""));
    return event;
  });
}

it("answers a prompt with the same text and the same numbers every time", async () => {
  const [first, second] = [await ask("Hello there"), await ask("Hello there")];
  expect(first.text).toBe("You said: Hello there");
  expect(second.json.usage).toEqual(first.json.usage);
  expect(first.json).toMatchObject({ object: "response", status: "completed", store: true });
  expect(first.json.model).toBe("gpt-4o-2024-08-06");
});

it("streams what it answers whole, numbers its events, and books what it tells", async () => {
  const told = await events("[[tokens:12]]");
  const whole = await ask("[[tokens:12]]");
  expect(told.map((event) => event.type)).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.delta",
    "response.output_text.delta",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ]);
  expect(told.map((event) => event.sequence_number)).toEqual(told.map((_, index) => index));
  const deltas = told.filter((event) => event.type === "response.output_text.delta");
  expect(deltas.map((event) => event.delta).join("")).toBe(whole.text);
  expect(told.at(-1)?.response.usage).toEqual(whole.json.usage);
  expect(told[2]?.item).toMatchObject({ content: [], status: "in_progress" });
  for (const entry of upstream.book.entries()) {
    expect(entry.deliveredUsage).toEqual(entry.plannedUsage);
    expect(entry.plannedUsage?.input).toBe(whole.json.usage.input_tokens);
  }
});

it("counts a prompt as it bills it", async () => {
  const path = "/v1/responses/input_tokens";
  const counted = await post({ model: "gpt-4o", input: "How long?", tools: [BASH] }, path);
  const answered = await ask("How long?", { tools: [BASH] });
  expect(await counted.json()).toEqual({
    object: "response.input_tokens",
    input_tokens: answered.json.usage.input_tokens,
  });
});

it("plays a tool loop of three turns with sealed thoughts, by its items alone", async () => {
  const input: object[] = [{ role: "user", content: "Run two commands" }];
  const outputs: string[] = [];
  let last = await ask(input, { ...THOUGHTFUL, tools: [BASH], store: false });
  for (let turn = 0; turn < 2; turn++) {
    const calls = last.output.filter((item) => item.type === "function_call");
    expect(last.types).toEqual(["reasoning", "message", "function_call"]);
    input.push(...last.output);
    for (const call of calls) {
      const output = JSON.parse(call.arguments).command.replace("echo ", "");
      outputs.push(output);
      input.push({ type: "function_call_output", call_id: call.call_id, output });
    }
    last = await ask(input, { ...THOUGHTFUL, tools: [BASH], store: false });
  }
  expect(outputs).toHaveLength(2);
  expect(last.text).toBe(`The tools answered: ${outputs.join(" | ")}`);
});

it("goes on from a response that it stored, and knows no other", async () => {
  const first = await ask("Run", { tools: [BASH] });
  const call = first.output.find((item) => item.type === "function_call");
  const result = { type: "function_call_output", call_id: call?.call_id, output: "4711" };
  const next = { tools: [BASH], previous_response_id: first.json.id };
  expect((await ask([result], next)).text).toBe("Step 2 of 3.");
  const lost = await ask([result], { ...next, previous_response_id: "resp_lost" });
  expect(lost.json.error.code).toBe("previous_response_not_found");
});

it("shows its thoughts as a summary, sealed, and only to those who ask", async () => {
  const hidden = await ask("[[thinking:40]]", { model: "gpt-5" });
  expect(hidden.output[0]).toMatchObject({ type: "reasoning", summary: [] });
  expect(hidden.output[0]?.encrypted_content).toBeUndefined();
  expect(hidden.json.usage.output_tokens_details.reasoning_tokens).toBe(40);
  const shown = await ask("[[thinking:40]]", { ...THOUGHTFUL, reasoning: { summary: "auto" } });
  expect(shown.output[0]?.summary[0]?.text).toHaveLength(160);
  expect(shown.output[0]?.encrypted_content).toMatch(/^gAAAAAB/);
  const told = await events("[[thinking:10]]", { ...THOUGHTFUL, reasoning: { summary: "auto" } });
  const names = told.map((event) => event.type).filter((name) => name.includes("summary"));
  expect(names).toEqual([
    "response.reasoning_summary_part.added",
    "response.reasoning_summary_text.delta",
    "response.reasoning_summary_text.delta",
    "response.reasoning_summary_text.done",
    "response.reasoning_summary_part.done",
  ]);
  const none = await ask("Hi", { model: "gpt-5.1", reasoning: { effort: "none" } });
  expect(none.types).toEqual(["message"]);
});

it("calls tools of every kind, and streams what they are called with", async () => {
  const tools = [
    BASH,
    { type: "custom", name: "patch" },
    { type: "namespace", name: "crm", description: "d", tools: [{ ...BASH, name: "orders" }] },
    { type: "web_search" },
  ];
  const custom = await events("[[tool:patch]][[scenario:tool-loop-2]]", { tools });
  expect(custom.find((event) => event.type.endsWith("input.done"))?.input).toMatch(/^echo \d{4}$/);
  const inside = await ask("[[tool:orders]][[scenario:tool-loop-2]]", { tools });
  expect(inside.output.at(-1)).toMatchObject({ name: "orders", namespace: "crm" });
  const many = await ask("[[scenario:parallel-tools-3]]", { tools });
  expect(many.types).toEqual(["function_call", "function_call", "function_call"]);
  const one = await ask("[[scenario:parallel-tools-3]]", { tools, parallel_tool_calls: false });
  expect(one.types).toEqual(["function_call"]);
  const forced = await ask("Hi", { tools, tool_choice: { type: "function", name: "Bash" } });
  expect(forced.types).toEqual(["function_call"]);
});

it("searches the web and cites what it found", async () => {
  const tools = [{ type: "web_search" }];
  const include = ["web_search_call.action.sources"];
  const { output } = await ask("News", { tools, include });
  expect(output[0]).toMatchObject({
    type: "web_search_call",
    action: { type: "search", query: "News", sources: [{ type: "url" }, { type: "url" }] },
  });
  expect(output[1]?.content[0]?.annotations).toHaveLength(2);
  const told = await events("News", { tools });
  const annotations = told.filter((event) => event.type.endsWith("annotation.added"));
  expect(annotations[0]?.annotation).toMatchObject({ type: "url_citation", start_index: 0 });
  expect(upstream.book.entries()[0]?.plannedUsage?.webSearches).toBe(1);
});

it("fills a schema, refuses in words, and ends incomplete at the limit", async () => {
  const schema = { type: "object", properties: { n: { type: "integer" } } };
  const filled = await ask("Classify", {
    text: { format: { type: "json_schema", name: "n", schema } },
  });
  expect(filled.text).toBe('{"n":1}');
  const refused = await ask("[[scenario:refusal]]");
  expect(refused.output[0]?.content).toEqual([
    { type: "refusal", refusal: "I can't help with that." },
  ]);
  const cut = await events("[[tokens:50]]", { max_output_tokens: 16 });
  expect(cut.at(-1)).toMatchObject({
    type: "response.incomplete",
    response: { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
  });
  expect(cut.at(-1)?.response.usage.output_tokens).toBe(16);
});

it("fails in the middle of a stream with an error and a failed response", async () => {
  const told = await events("[[tokens:100]][[fault:error-event-6-500]]");
  expect(told).toHaveLength(8);
  expect(told.at(-2)).toMatchObject({
    type: "error",
    sequence_number: 6,
    error: { type: "server_error" },
  });
  expect(told.at(-1)).toMatchObject({
    type: "response.failed",
    sequence_number: 7,
    response: { status: "failed", error: { code: "server_error" } },
  });
});

it("compacts a conversation into one sealed item, which it takes back", async () => {
  const response = await post({ model: "gpt-5", input: "Long story" }, "/v1/responses/compact");
  const { object, output, usage } = await response.json();
  expect(object).toBe("response.compaction");
  expect(output.map((item: Item) => item.type)).toEqual(["message", "compaction"]);
  expect(usage.output_tokens).toBe(upstream.book.entries()[0]?.plannedUsage?.output);
  const next = await ask([...output, { role: "user", content: "Go on" }], { model: "gpt-5" });
  expect(next.json.status).toBe("completed");
});
