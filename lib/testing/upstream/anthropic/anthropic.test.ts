import Anthropic from "@anthropic-ai/sdk";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { FAKE_ANTHROPIC_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
let client: Anthropic;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  client = clientWith(FAKE_ANTHROPIC_KEY);
});
beforeEach(() => {
  upstream.book.clear();
  upstream.faults.clear();
});
afterAll(() => upstream.close());

const MODEL = "claude-sonnet-5-5";
/** Takes a budget of thoughts, and can be forced to call a tool. */
const OLDER = "claude-sonnet-4-5-20250929";
const BASH: Anthropic.Tool = {
  name: "Bash",
  description: "Runs a command",
  input_schema: {
    type: "object",
    properties: { command: { type: "string" }, description: { type: "string" } },
    required: ["command"],
  },
};

function clientWith(apiKey: string): Anthropic {
  return new Anthropic({ apiKey, baseURL: upstream.url, maxRetries: 0 });
}

function ask(text: string, more: Partial<Anthropic.MessageCreateParamsNonStreaming> = {}) {
  return client.messages.create({
    model: MODEL,
    max_tokens: 2048,
    messages: [{ role: "user", content: text }],
    ...more,
  });
}

function lastEntry() {
  const entry = upstream.book.entries().at(-1);
  if (entry === undefined) throw new Error("the book is empty");
  return entry;
}

it("answers a prompt with the same text and the same numbers every time", async () => {
  const [first, second] = [await ask("Hello there"), await ask("Hello there")];
  expect(first.content).toEqual([{ type: "text", text: "You said: Hello there" }]);
  expect(second.content).toEqual(first.content);
  expect(second.usage).toEqual(first.usage);
  expect(second.id).not.toBe(first.id);
  expect(first.model).toBe(MODEL);
  expect(first._request_id).toBe(upstream.book.entries()[0]?.id);
});

it("streams what it answers whole, and books what the SDK counted", async () => {
  const stream = client.messages.stream({
    model: MODEL,
    max_tokens: 2048,
    messages: [{ role: "user", content: "[[tokens:123]]" }],
  });
  const streamed = await stream.finalMessage();
  const whole = await ask("[[tokens:123]]");
  expect(streamed.content).toEqual(whole.content);
  expect(streamed.usage.output_tokens).toBe(123);
  for (const entry of upstream.book.entries()) {
    expect(entry.deliveredUsage).toEqual(entry.plannedUsage);
    expect(entry.plannedUsage?.output).toBe(123);
    expect(entry.plannedUsage?.input).toBe(whole.usage.input_tokens);
  }
});

it("counts a prompt as it bills it", async () => {
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: "How long is this?" }];
  const counted = await client.messages.countTokens({ model: MODEL, messages, tools: [BASH] });
  const answered = await ask("How long is this?", { tools: [BASH] });
  expect(counted.input_tokens).toBe(answered.usage.input_tokens);
});

it("plays a tool loop of three turns whose state is the conversation alone", async () => {
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: "Run two commands" }];
  const outputs: string[] = [];
  let answer: Anthropic.Message | null = null;
  for (let turn = 0; turn < 3; turn++) {
    const stream = client.messages.stream({
      model: MODEL,
      max_tokens: 500,
      messages,
      tools: [BASH],
    });
    answer = await stream.finalMessage();
    if (answer.stop_reason !== "tool_use") break;
    const results = answer.content.flatMap((block) => {
      if (block.type !== "tool_use") return [];
      const { command } = block.input as { command: string };
      const output = command.replace("echo ", "");
      outputs.push(output);
      return [{ type: "tool_result" as const, tool_use_id: block.id, content: output }];
    });
    messages.push(
      { role: "assistant", content: answer.content },
      { role: "user", content: results },
    );
  }
  expect(outputs).toHaveLength(2);
  expect(outputs[0]).not.toBe(outputs[1]);
  expect(answer?.stop_reason).toBe("end_turn");
  expect(answer?.content).toEqual([
    { type: "text", text: `The tools answered: ${outputs.join(" | ")}` },
  ]);
});

it("calls several tools in one turn", async () => {
  const answer = await ask("[[scenario:parallel-tools-4]]", { tools: [BASH] });
  expect(answer.content.map((block) => block.type)).toEqual(Array(4).fill("tool_use"));
});

it("thinks, signs its thoughts, takes them back, and refuses forged or altered ones", async () => {
  const thinking = { type: "enabled", budget_tokens: 1024 } as const;
  const stream = client.messages.stream({
    model: OLDER,
    max_tokens: 2048,
    thinking,
    messages: [{ role: "user", content: "Think [[thinking:30]]" }],
  });
  const first = await stream.finalMessage();
  const [thought] = first.content;
  if (thought?.type !== "thinking") throw new Error("no thought");
  expect(first.usage.output_tokens_details?.thinking_tokens).toBe(30);

  const again = (block: Anthropic.ThinkingBlockParam) =>
    client.messages.create({
      model: OLDER,
      max_tokens: 2048,
      thinking,
      messages: [
        { role: "user", content: "Think" },
        { role: "assistant", content: [block, { type: "text", text: "Done" }] },
        { role: "user", content: "Go on" },
      ],
    });
  await expect(again(thought)).resolves.toBeDefined();
  await expect(again({ ...thought, signature: "forged" })).rejects.toThrow(/Invalid `signature`/);
  await expect(again({ ...thought, thinking: "other" })).rejects.toThrow(/cannot be modified/);
});

it("keeps multi-byte text whole in slices that split its characters", async () => {
  const stream = client.messages.stream({
    model: MODEL,
    max_tokens: 4096,
    messages: [{ role: "user", content: "[[scenario:multibyte-3]]" }],
  });
  const whole = await ask("[[scenario:multibyte-3]]", { max_tokens: 4096 });
  expect((await stream.finalMessage()).content).toEqual(whole.content);
});

it("writes and reads the prompt cache, five minutes and one hour apart", async () => {
  const long = (ttl: "5m" | "1h", seed: string) =>
    ask("Hi", {
      system: [
        { type: "text", text: seed.repeat(1200), cache_control: { type: "ephemeral", ttl } },
      ],
    });
  const first = (await long("5m", "five ")).usage;
  const second = (await long("5m", "five ")).usage;
  const hour = (await long("1h", "hour ")).usage;
  expect(first.cache_creation_input_tokens).toBeGreaterThan(1024);
  expect(first.cache_read_input_tokens).toBe(0);
  expect(second.cache_read_input_tokens).toBe(first.cache_creation_input_tokens);
  expect(second.cache_creation_input_tokens).toBe(0);
  expect(second.input_tokens).toBe(first.input_tokens);
  expect(hour.cache_creation?.ephemeral_1h_input_tokens).toBe(hour.cache_creation_input_tokens);
  expect(lastEntry().plannedUsage?.cacheWrite1h).toBe(hour.cache_creation_input_tokens);
});

it("stops at the limit and at a stop sequence", async () => {
  const cut = await ask("[[tokens:50]]", { max_tokens: 7 });
  expect([cut.stop_reason, cut.usage.output_tokens]).toEqual(["max_tokens", 7]);
  const met = await ask("[[text:one STOP two]]", { stop_sequences: ["STOP"] });
  expect([met.stop_reason, met.stop_sequence]).toEqual(["stop_sequence", "STOP"]);
  expect(met.content).toEqual([{ type: "text", text: "one " }]);
});

it("fills an output schema", async () => {
  const filled = await ask("Classify", {
    output_config: {
      format: {
        type: "json_schema",
        schema: { type: "object", properties: { kind: { enum: ["a", "b"] } }, required: ["kind"] },
      },
    },
  });
  expect(filled.content).toEqual([{ type: "text", text: '{"kind":"a"}' }]);
});

it("lists its models and tells one from the other", async () => {
  const ids: string[] = [];
  for await (const model of client.models.list({ limit: 5 })) ids.push(model.id);
  expect(ids).toContain("claude-opus-5-5");
  expect(new Set(ids).size).toBe(ids.length);
  expect((await client.models.retrieve("claude-haiku-4-5")).id).toBe("claude-haiku-4-5-20251001");
});

it.each([
  [401, Anthropic.AuthenticationError],
  [403, Anthropic.PermissionDeniedError],
  [429, Anthropic.RateLimitError],
  [500, Anthropic.InternalServerError],
  [529, Anthropic.InternalServerError],
])("a fault of status %i reaches the SDK as its own class", async (status, errorClass) => {
  upstream.faults.add({ times: 1, faults: [{ kind: "status", status, retryAfterSeconds: 7 }] });
  const error = await ask("Hi").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(errorClass);
  if (!(error instanceof Anthropic.APIError)) throw error;
  expect(error.status).toBe(status);
  expect(error.headers?.get("retry-after")).toBe("7");
  expect(error.requestID).toBe(lastEntry().id);
  await expect(ask("Hi")).resolves.toBeDefined();
});

it("refuses a wrong key and an unknown model as the API does", async () => {
  const denied = clientWith("sk-ant-wrong").messages.create({
    model: MODEL,
    max_tokens: 5,
    messages: [{ role: "user", content: "Hi" }],
  });
  await expect(denied).rejects.toThrow(/authentication_error.*Invalid bearer token/);
  const lost = ask("Hi", { model: "claude-nonesuch-9" });
  await expect(lost).rejects.toBeInstanceOf(Anthropic.NotFoundError);
});

it("an error event in the middle of a stream fails the SDK's stream", async () => {
  upstream.faults.add({ faults: [{ kind: "error-event", afterEvents: 6 }] });
  const stream = client.messages.stream({
    model: MODEL,
    max_tokens: 500,
    messages: [{ role: "user", content: "[[tokens:100]]" }],
  });
  await expect(stream.finalMessage()).rejects.toThrow(/overloaded_error/);
  const { plannedUsage, deliveredUsage } = lastEntry();
  expect(plannedUsage?.output).toBe(100);
  expect(deliveredUsage?.output).toBe(15);
});

it("gives every answer ids of its own, also to requests of the same bytes", async () => {
  const texts = [await ask("Same"), await ask("Same"), await ask("Same")];
  expect(new Set(texts.map((message) => message.id)).size).toBe(3);
  const calls = [await ask("Same", { tools: [BASH] }), await ask("Same", { tools: [BASH] })];
  const ids = calls.flatMap(({ content }) => content.map((one) => ("id" in one ? one.id : "")));
  expect(new Set(ids.filter((id) => id !== "")).size).toBe(2);
  upstream.faults.add({ times: 1, faults: [{ kind: "script", directions: "[[text:other]]" }] });
  expect((await ask("Same")).content).toEqual([{ type: "text", text: "other" }]);
  expect((await ask("Same")).content).toEqual(texts[0]?.content);
});

it("calls a deferred tool only once a result has referred to it", async () => {
  const later = { ...BASH, name: "Later", defer_loading: true };
  const tools = [{ ...BASH, name: "ToolSearch" }, later];
  const first = await ask("[[tool:Later]][[scenario:tool-loop-3]]", { tools });
  const [call] = first.content.filter((block) => block.type === "tool_use");
  if (call === undefined) throw new Error("no call");
  expect([call.name, call.input]).toMatchObject(["ToolSearch", { query: "select:Later" }]);
  const reference = { type: "tool_reference" as const, tool_name: "Later" };
  const second = await ask("", {
    tools,
    messages: [
      { role: "user", content: "[[tool:Later]][[scenario:tool-loop-3]]" },
      { role: "assistant", content: first.content },
      {
        role: "user",
        content: [{ type: "tool_result", tool_use_id: call.id, content: [reference] }],
      },
    ],
  });
  expect(second.content.at(-1)).toMatchObject({ type: "tool_use", name: "Later" });
});
