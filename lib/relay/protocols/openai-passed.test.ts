import { expect, it } from "vitest";
import { AppError } from "../../shared/errors";
import { concat, decode, encode } from "../stream/bytes";
import { runAll } from "../stream/machine";
import { everyCut } from "../testing/cuts";
import { openaiCompact } from "./openai-compact/index";
import { openaiEmbeddings } from "./openai-embeddings/index";
import { openaiImages } from "./openai-images/index";
import type { Protocol } from "./protocol";

const PASSED = [openaiCompact, openaiEmbeddings, openaiImages];
const factsOf = (
  protocol: Protocol,
  body: object,
  action: "generate" | "list-models" = "generate",
) =>
  protocol.readCall({
    route: { face: "openai-responses", protocol: protocol.id, action, model: null, method: "" },
    headers: {},
    query: new URLSearchParams(),
    body: encode(JSON.stringify(body)),
    sha256: (text) => `hash of ${text}`,
  });
const metered = (
  protocol: Protocol,
  facts: ReturnType<typeof factsOf>,
  chunks: readonly Uint8Array[],
) => {
  const meter = protocol.meter(facts);
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
const json = (body: object) => [encode(JSON.stringify(body))];

it("reads the facts of a call and splices the model", () => {
  for (const protocol of PASSED) {
    const body = { model: "a", input: "hi" };
    const facts = factsOf(protocol, body);
    expect(facts).toMatchObject({ protocol: protocol.id, model: "a", stream: null, bodyBytes: 26 });
    const bytes = encode(JSON.stringify(body));
    expect(decode(protocol.withModel(bytes, facts, "b"))).toBe('{"model":"b","input":"hi"}');
    expect(protocol.withModel(bytes, facts, "a")).toBe(bytes);
    expect(() => factsOf(protocol, {})).toThrow(/^model: /);
    expect(factsOf(protocol, {}, "list-models").model).toBe("");
    expect(protocol.translator).toBeNull();
    expect(protocol.lastTurnText(bytes)).toBeNull();
  }
  expect(factsOf(openaiCompact, { model: "a", input: "hi", prompt_cache_key: "t" }).session).toBe(
    "t",
  );
  expect(factsOf(openaiImages, { model: "a", stream: true }).stream).toBe("sse");
});

it("meters compaction by its usage", () => {
  const usage = {
    input_tokens: 124,
    input_tokens_details: { cached_tokens: 24 },
    output_tokens: 268,
    output_tokens_details: { reasoning_tokens: 0 },
  };
  const facts = factsOf(openaiCompact, { model: "a", input: [] });
  const answer = { object: "response.compaction", output: [{ type: "compaction" }], usage };
  expect(metered(openaiCompact, facts, json(answer))).toMatchObject({
    usage: { input: 100, cacheRead: 24, output: 268, reasoning: 0, images: null },
    complete: true,
  });
});

it("meters embeddings, whose answer has input only", () => {
  const usage = { prompt_tokens: 8, total_tokens: 8 };
  const data = [{ object: "embedding", index: 0, embedding: [0.1] }];
  const facts = factsOf(openaiEmbeddings, { model: "a", input: "hi" });
  expect(facts.maxOutputTokens).toBe(0);
  const answer = json({ object: "list", data, model: "real", usage });
  expect(metered(openaiEmbeddings, facts, answer)).toMatchObject({
    usage: { input: 8, output: null },
    model: "real",
    chars: 0,
  });
  const restored = concat(runAll(openaiEmbeddings.restoreModel(facts), answer));
  expect(decode(restored)).toContain('"model":"a"');
});

it("counts images, by tokens too where they are stated", () => {
  const facts = factsOf(openaiImages, { model: "a", prompt: "cat" });
  const data = [{ b64_json: "aa" }, { b64_json: "bb" }];
  const old = metered(openaiImages, facts, json({ created: 1, data }));
  expect(old.usage).toMatchObject({ images: 2, input: null, output: null });
  const usage = { input_tokens: 50, output_tokens: 4160, total_tokens: 4210 };
  const stated = metered(openaiImages, facts, json({ created: 1, data, usage }));
  expect(stated.usage).toMatchObject({ images: 2, input: 50, output: 4160 });
  expect(metered(openaiImages, facts, json({ created: 1 })).usage).toBeNull();
});

const event = (type: string, more: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;

it("meters streamed images without reading the partial ones, wherever the stream is cut", () => {
  const facts = factsOf(openaiImages, { model: "a", stream: true });
  const usage = { input_tokens: 50, output_tokens: 400 };
  const partial = event("image_generation.partial_image", { b64_json: "a".repeat(300), usage: {} });
  const last = event("image_generation.completed", { b64_json: "aaaa", usage });
  const bytes = encode(partial + last);
  for (const chunks of everyCut(bytes, 61)) {
    expect(metered(openaiImages, facts, chunks)).toMatchObject({
      usage: { input: 50, output: 400, images: 1 },
      complete: true,
    });
  }
  expect(metered(openaiImages, facts, [encode(partial)])).toMatchObject({
    usage: null,
    complete: false,
  });
  const mapper = openaiImages.restoreModel(facts);
  expect(runAll(mapper, [bytes])).toEqual([bytes]);
});

it("knows errors inside an answer", () => {
  const error = { code: "rate_limit_exceeded", message: "Slow." };
  const images = factsOf(openaiImages, { model: "a", stream: true });
  const told = { status: 429, message: "Slow." };
  expect(metered(openaiImages, images, [encode(event("error", { error }))]).error).toEqual(told);
  const compact = factsOf(openaiCompact, { model: "a" });
  expect(metered(openaiCompact, compact, json({ error })).error).toEqual(told);
  expect(metered(openaiCompact, compact, [encode("{")])).toMatchObject({
    complete: false,
    error: null,
  });
});

it("states failures in OpenAI's envelope, inside a stream too", () => {
  const context = { requestId: "req_1", storyUrl: null };
  for (const protocol of PASSED) {
    const { status, body } = protocol.failure(new AppError("not_found", "No such model."), context);
    expect([status, JSON.parse(decode(body)).error.message]).toEqual([404, "No such model."]);
  }
  const inBand = decode(
    openaiImages.failureInBand(new AppError("internal", "Broken."), "sse", context),
  );
  expect(inBand).toMatch(/^event: error\ndata: .*"message":"Broken\.".*\n\n$/);
});
