import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_GEMINI_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

const HELLO = { role: "user", parts: [{ text: "Hello" }] };
const CALL = { functionCall: { name: "run", args: {} } };
const DUMMY = "skip_thought_signature_validator";

async function send(body: unknown, model = "gemini-2.5-flash", action = "generateContent") {
  const response = await fetch(`${upstream.url}/v1beta/models/${model}:${action}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-goog-api-key": FAKE_GEMINI_KEY },
    body: JSON.stringify(body),
  });
  const json = await response.json();
  return { status: response.status, json, message: String(json.error?.message) };
}

function withFunction() {
  return { contents: [HELLO], tools: [{ functionDeclarations: [{ name: "run" }] }] };
}

function withConfig(generationConfig: object) {
  return { contents: [HELLO], generationConfig };
}

function withPart(part: object) {
  return { contents: [{ role: "user", parts: [part] }] };
}

function named(name: string, more: object = {}) {
  return { role: "user", parts: [{ functionResponse: { name, response: {}, ...more } }] };
}

const REFUSED: [name: string, body: unknown, message: RegExp][] = [
  [
    "functions beside a search",
    { ...withFunction(), tools: [...withFunction().tools, { googleSearch: {} }] },
    /Built-in tools \(\{google_search\}\) and Function Calling cannot be combined/,
  ],
  [
    "functions beside an answer in JSON",
    { ...withFunction(), generationConfig: { responseMimeType: "application/json" } },
    /Function calling with a response mime type/,
  ],
  [
    "a choice without functions",
    { contents: [HELLO], toolConfig: { functionCallingConfig: { mode: "ANY" } } },
    /without function_declarations/,
  ],
  [
    "allowed names where none has to be called",
    { ...withFunction(), toolConfig: { functionCallingConfig: { allowedFunctionNames: ["run"] } } },
    /only be set when function calling mode is ANY/,
  ],
  [
    "an allowed name that is not declared",
    {
      ...withFunction(),
      toolConfig: { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["go"] } },
    },
    /not declared: go/,
  ],
  [
    "a thinking level",
    withConfig({ thinkingConfig: { thinkingLevel: "LOW" } }),
    /level is not supp/,
  ],
  [
    "a large budget",
    withConfig({ thinkingConfig: { thinkingBudget: 99_999 } }),
    /between 0 and 24576/,
  ],
  ["a temperature of 3", withConfig({ temperature: 3 }), /range \[0, 2\]/],
  ["a limit of 0", withConfig({ maxOutputTokens: 0 }), /max_output_tokens must be in the range/],
  ["six stop sequences", withConfig({ stopSequences: [..."abcdef"] }), /must not exceed 5/],
  [
    "a schema without its type",
    withConfig({ responseJsonSchema: { type: "object" } }),
    /only allowed when response_mime_type is application\/json/,
  ],
  [
    "two schemas",
    withConfig({
      responseMimeType: "application/json",
      responseSchema: { type: "OBJECT" },
      responseJsonSchema: { type: "object" },
    }),
    /mutually exclusive/,
  ],
  [
    "a GIF",
    withPart({ inlineData: { mimeType: "image/gif", data: "AAAA" } }),
    /MIME type: image\/gif/,
  ],
  [
    "media in a function's response",
    {
      contents: [
        HELLO,
        { role: "model", parts: [CALL] },
        named("run", { parts: [{ inlineData: { mimeType: "image/png", data: "AAAA" } }] }),
      ],
    },
    /Multimodal function responses are not supported/,
  ],
];

it.each(REFUSED)("refuses %s", async (_name, body, message) => {
  const answer = await send(body);
  expect(answer.message).toMatch(message);
  expect(answer.status).toBe(400);
});

it("takes since generation 3 what it refused before", async () => {
  const model = "gemini-3-pro-preview";
  const level = (thinkingLevel: string) => withConfig({ thinkingConfig: { thinkingLevel } });
  expect((await send(level("low"), model)).status).toBe(200);
  expect((await send(level("MINIMAL"), model)).message).toMatch(/MINIMAL is not supported/);
  const both = { ...withFunction(), tools: [...withFunction().tools, { googleSearch: {} }] };
  expect((await send(both, model)).message).toMatch(/include_server_side_tool_invocations/);
  const announced = { ...both, toolConfig: { includeServerSideToolInvocations: true } };
  expect((await send(announced, model)).status).toBe(200);
  const image = { inlineData: { mimeType: "image/png", data: "AAAA" } };
  const call = { ...CALL, thoughtSignature: DUMMY };
  const contents = [HELLO, { role: "model", parts: [call] }, named("run", { parts: [image] })];
  expect((await send({ contents }, model)).status).toBe(200);
  const off = withConfig({ thinkingConfig: { thinkingBudget: 0 } });
  expect((await send(off, model)).message).toMatch(/only works in thinking mode/);
  expect((await send(off, "gemini-2.5-pro")).message).toMatch(/only works in thinking mode/);
  expect((await send(off, "gemini-2.5-flash")).status).toBe(200);
});

it("embeds one text or several, and bills what it tells", async () => {
  const model = "gemini-embedding-001";
  const content = { parts: [{ text: "one" }] };
  const one = await send({ content, outputDimensionality: 8 }, model, "embedContent");
  expect(one.json.embedding.values).toHaveLength(8);
  expect(upstream.book.entries().at(-1)?.plannedUsage?.input).toBe(
    one.json.usageMetadata.promptTokenCount,
  );
  const request = { model: `models/${model}`, content, outputDimensionality: 8 };
  const two = await send({ requests: [request, request] }, model, "batchEmbedContents");
  expect(two.json.embeddings).toEqual([one.json.embedding, one.json.embedding]);
  const other = { requests: [{ ...request, model: "models/other" }] };
  expect((await send(other, model, "batchEmbedContents")).status).toBe(400);
  expect((await send({ content }, "gemini-2.5-pro", "embedContent")).status).toBe(404);
});
