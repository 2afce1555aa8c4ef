import {
  ApiError,
  type Content,
  FunctionCallingConfigMode,
  GoogleGenAI,
  type Part,
} from "@google/genai";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { FAKE_GEMINI_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
let client: GoogleGenAI;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  client = clientWith(FAKE_GEMINI_KEY);
});
beforeEach(() => {
  upstream.book.clear();
  upstream.faults.clear();
});
afterAll(() => upstream.close());

const MODEL = "gemini-3-pro-preview";
const SHELL = {
  functionDeclarations: [
    {
      name: "run_shell_command",
      description: "Runs a command",
      parametersJsonSchema: {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
        properties: { command: { type: "string" } },
        required: ["command"],
        additionalProperties: false,
      },
    },
  ],
};

function clientWith(apiKey: string): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: upstream.url } });
}

function ask(contents: string | Content[], config: object = {}, model = MODEL) {
  return client.models.generateContent({ model, contents, config });
}

function lastEntry() {
  const entry = upstream.book.entries().at(-1);
  if (entry === undefined) throw new Error("the book is empty");
  return entry;
}

it("answers a prompt with the same text and the same numbers every time", async () => {
  const [first, second] = [await ask("Hello there"), await ask("Hello there")];
  expect(first.text).toBe("You said: Hello there");
  expect(second.usageMetadata).toEqual(first.usageMetadata);
  expect(first.responseId).toBe(upstream.book.entries()[0]?.id);
  expect(first.usageMetadata?.thoughtsTokenCount).toBe(24);
});

it("streams what it answers whole, and books what the SDK counted", async () => {
  let text = "";
  let usage: Awaited<ReturnType<typeof ask>>["usageMetadata"];
  const stream = await client.models.generateContentStream({
    model: MODEL,
    contents: "[[tokens:123]][[thinking:40]]",
  });
  for await (const chunk of stream) {
    text += chunk.text ?? "";
    usage = chunk.usageMetadata;
  }
  const whole = await ask("[[tokens:123]][[thinking:40]]");
  expect(text).toBe(whole.text);
  expect(usage).toEqual(whole.usageMetadata);
  expect(usage?.candidatesTokenCount).toBe(123);
  for (const entry of upstream.book.entries()) {
    expect(entry.deliveredUsage).toEqual(entry.plannedUsage);
    expect(entry.plannedUsage).toMatchObject({ output: 163, reasoning: 40 });
    expect(entry.plannedUsage?.input).toBe(usage?.promptTokenCount);
  }
});

it("counts a prompt as it bills it", async () => {
  const counted = await client.models.countTokens({ model: MODEL, contents: "How long is this?" });
  const answered = await ask("How long is this?");
  expect(counted.totalTokens).toBe(answered.usageMetadata?.promptTokenCount);
});

it("plays a tool loop of three turns, streamed, with its own signatures", async () => {
  const contents: Content[] = [{ role: "user", parts: [{ text: "Run two commands" }] }];
  const outputs: string[] = [];
  let text = "";
  for (let turn = 0; turn < 3; turn++) {
    const parts: Part[] = [];
    const stream = await client.models.generateContentStream({
      model: MODEL,
      contents,
      config: { tools: [SHELL] },
    });
    for await (const chunk of stream) parts.push(...(chunk.candidates?.[0]?.content?.parts ?? []));
    const calls = parts.filter((part) => part.functionCall !== undefined);
    text = parts.map((part) => part.text ?? "").join("");
    if (calls.length === 0) break;
    const responses = calls.map((part): Part => {
      const output = String(part.functionCall?.args?.command).replace("echo ", "");
      outputs.push(output);
      return { functionResponse: { name: part.functionCall?.name, response: { output } } };
    });
    contents.push({ role: "model", parts }, { role: "user", parts: responses });
  }
  expect(outputs).toHaveLength(2);
  expect(text).toBe(`The tools answered: ${outputs.join(" | ")}`);
});

it("works with the SDK's chat, whose history splits a turn into several contents", async () => {
  const chat = client.chats.create({ model: MODEL, config: { tools: [SHELL] } });
  let calls: Part[] = [];
  for await (const chunk of await chat.sendMessageStream({
    message: "[[scenario:parallel-tools-3]]",
  })) {
    const parts = chunk.candidates?.[0]?.content?.parts ?? [];
    calls = [...calls, ...parts.filter((part) => part.functionCall !== undefined)];
  }
  expect(calls).toHaveLength(3);
  expect(calls.map((part) => part.thoughtSignature !== undefined)).toEqual([true, false, false]);
  const message = calls.map((part, index) => ({
    functionResponse: { name: part.functionCall?.name, response: { output: `out ${index}` } },
  }));
  const answer = await chat.sendMessage({ message });
  expect(answer.text).toBe("The tools answered: out 0 | out 1 | out 2");
});

it("shows its thoughts only when it is asked to", async () => {
  const shown = await ask("Think", { thinkingConfig: { includeThoughts: true } });
  const hidden = await ask("Think");
  const thoughts = (answer: typeof shown) =>
    answer.candidates?.[0]?.content?.parts?.filter((part) => part.thought === true) ?? [];
  expect(thoughts(shown)).toHaveLength(1);
  expect(thoughts(hidden)).toHaveLength(0);
  expect(shown.usageMetadata).toEqual(hidden.usageMetadata);
});

it("reads a long prefix from its implicit cache", async () => {
  const long = "cached words ".repeat(800);
  const parts = (question: string) => [
    { role: "user", parts: [{ text: long }, { text: question }] },
  ];
  const first = (await ask(parts("One?"))).usageMetadata;
  const second = (await ask(parts("Two?"))).usageMetadata;
  expect(first?.cachedContentTokenCount).toBeUndefined();
  expect(second?.cachedContentTokenCount).toBeGreaterThan(1024);
  expect(second?.promptTokenCount).toBe(first?.promptTokenCount);
  const planned = lastEntry().plannedUsage;
  expect((planned?.input ?? 0) + (planned?.cacheRead ?? 0)).toBe(second?.promptTokenCount);
});

it("fills a response schema and calls a forced function", async () => {
  const filled = await ask("Classify", {
    responseMimeType: "application/json",
    responseJsonSchema: { type: "object", properties: { n: { type: "integer" } } },
  });
  expect(filled.text).toBe('{"n":1}');
  const forced = await ask("Call it", {
    tools: [{ functionDeclarations: [{ name: "ping_it" }] }],
    toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
  });
  expect(forced.functionCalls?.[0]?.name).toBe("ping_it");
});

it.each([
  ["refusal", "SAFETY"],
  ["malformed-call", "MALFORMED_FUNCTION_CALL"],
  ["no-content", "STOP"],
])("the scenario %s ends with %s", async (scenario, reason) => {
  const answer = await ask(`[[scenario:${scenario}]]`);
  expect(answer.candidates?.[0]?.finishReason).toBe(reason);
});

it("blocks a prompt without any candidate", async () => {
  const answer = await ask("[[scenario:prompt-blocked]]");
  expect(answer.candidates).toBeUndefined();
  expect(answer.promptFeedback?.blockReason).toBe("PROHIBITED_CONTENT");
});

it("lists its models", async () => {
  const names: string[] = [];
  for await (const model of await client.models.list({ config: { pageSize: 4 } })) {
    names.push(model.name ?? "");
  }
  expect(names).toContain("models/gemini-2.5-pro");
  expect(new Set(names).size).toBe(names.length);
  expect((await client.models.get({ model: MODEL })).inputTokenLimit).toBe(1_048_576);
});

it.each([429, 500, 503])("a fault of status %i reaches the SDK as an ApiError", async (status) => {
  upstream.faults.add({ faults: [{ kind: "status", status, retryAfterSeconds: 12 }] });
  const error = await ask("Hi").catch((thrown: unknown) => thrown);
  if (!(error instanceof ApiError)) throw error;
  expect(error.status).toBe(status);
  expect(error.message.includes("RetryInfo") && error.message.includes("12s")).toBe(status === 429);
});

it("refuses a wrong key with 400 and API_KEY_INVALID, and an unknown model with 404", async () => {
  const denied = clientWith("AIzaWrong").models.generateContent({ model: MODEL, contents: "Hi" });
  await expect(denied).rejects.toThrow(/API_KEY_INVALID/);
  await expect(denied).rejects.toMatchObject({ status: 400 });
  await expect(ask("Hi", {}, "gemini-9-nope")).rejects.toMatchObject({ status: 404 });
});
