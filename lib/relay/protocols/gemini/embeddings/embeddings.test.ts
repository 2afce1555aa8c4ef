import { expect, it } from "vitest";
import { concat, decode, encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { everyCut } from "../../../testing/cuts";
import { geminiEmbeddings } from "./index";

const CONTENT = { parts: [{ text: 'Hé "model": "x"' }] };
const ONE = { model: "models/gemini-embedding-001", content: CONTENT };
const BATCH = { requests: [ONE, { content: CONTENT }, { ...ONE, taskType: "CLUSTERING" }] };

function read(method: string, body: unknown) {
  const source = {
    route: {
      face: "gemini",
      protocol: "gemini-embeddings",
      action: "generate",
      model: "gemini-embedding-001",
      method,
    },
    headers: {},
    query: new URLSearchParams(),
    body: encode(JSON.stringify(body)),
    sha256: String,
  } as const;
  return { facts: geminiEmbeddings.readCall(source), body: source.body };
}

it("reads the model from the address and streams nothing", () => {
  for (const [method, given] of [
    ["embedContent", ONE],
    ["batchEmbedContents", BATCH],
  ] as const) {
    const { facts, body } = read(method, given);
    expect(facts).toEqual({
      face: "gemini",
      protocol: "gemini-embeddings",
      action: "generate",
      model: "gemini-embedding-001",
      stream: null,
      session: null,
      maxOutputTokens: null,
      bodyBytes: body.length,
      modelSpan: null,
    });
  }
  expect(() => read("embedContent", [])).toThrow("The body must be a JSON object.");
});

it("puts another model's name wherever it is repeated", () => {
  const renamed = (method: string, given: unknown) => {
    const { facts, body } = read(method, given);
    expect(geminiEmbeddings.withModel(body, facts, facts.model)).toBe(body);
    return JSON.parse(decode(geminiEmbeddings.withModel(body, facts, "a-longer-name-than-before")));
  };
  const model = "models/a-longer-name-than-before";
  expect(renamed("embedContent", ONE)).toEqual({ ...ONE, model });
  expect(renamed("embedContent", { content: CONTENT })).toEqual({ content: CONTENT });
  expect(renamed("batchEmbedContents", BATCH)).toEqual({
    requests: [{ ...ONE, model }, { content: CONTENT }, { ...ONE, taskType: "CLUSTERING", model }],
  });
});

const metered = (chunks: readonly Uint8Array[]) => {
  const { facts } = read("embedContent", ONE);
  const meter = geminiEmbeddings.meter(facts);
  for (const chunk of chunks) expect(meter.push(chunk)).toBe(chunk.length);
  meter.end();
  return { usage: meter.usage(), complete: meter.complete(), chars: meter.deliveredChars() };
};

it("is complete when the answer is whole, and states usage only where Google does", () => {
  const answer = encode(JSON.stringify({ embedding: { values: [0.1, -2, 3e-4] } }));
  for (const chunks of everyCut(answer, 5)) {
    expect(metered(chunks)).toEqual({ usage: null, complete: true, chars: 0 });
  }
  expect(metered([answer.subarray(0, -1)]).complete).toBe(false);
  const stating = { embedding: { values: [1] }, usageMetadata: { promptTokenCount: 5 } };
  expect(metered([encode(JSON.stringify(stating))]).usage).toMatchObject({ input: 5 });
});

it("lets the answer through as it is", () => {
  const { facts } = read("embedContent", ONE);
  const answer = encode('{"embedding":{"values":[1]}}');
  expect(concat(runAll(geminiEmbeddings.restoreModel(facts), [answer]))).toEqual(answer);
  expect(geminiEmbeddings.keepAlive("sse")).toBeNull();
  expect(geminiEmbeddings.lastTurnText(answer)).toBeNull();
  expect(geminiEmbeddings.translator).toBeNull();
});
