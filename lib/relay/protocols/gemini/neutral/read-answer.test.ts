import { expect, it } from "vitest";
import type { NeutralEvent } from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { everyCut } from "../../../testing/cuts";
import { geminiTranslator } from "./translator";

type Part = Readonly<Record<string, unknown>>;

const piece = (parts: readonly Part[], rest: Part = {}, beside: Part = {}) => ({
  candidates: [{ content: { parts, role: "model" }, index: 0, ...rest }],
  modelVersion: "gemini-3-pro-preview",
  responseId: "r-1",
  ...beside,
});
const STOP = { finishReason: "STOP" };
const sse = (...pieces: readonly unknown[]) =>
  encode(pieces.map((one) => `data: ${JSON.stringify(one)}\r\n\r\n`).join(""));
const eventsOf = (...pieces: readonly unknown[]) =>
  runAll(geminiTranslator.readEvents("sse"), [sse(...pieces)]);
const answerOf = (response: unknown) =>
  geminiTranslator.readAnswer(encode(JSON.stringify(response)));
/** Events without what every answer has. */
const told = (...pieces: readonly unknown[]) =>
  eventsOf(...pieces).filter(({ kind }) => kind !== "start" && kind !== "finish");

const TALK = [
  piece([{ text: "Hé", thought: true }], {}, { usageMetadata: { promptTokenCount: 9 } }),
  piece([{ text: "Hello" }]),
  piece([{ text: ' "wörld"' }]),
  piece([{ functionCall: { name: "f", args: { a: [1] } }, thoughtSignature: "cw==" }], STOP, {
    usageMetadata: {
      promptTokenCount: 9,
      cachedContentTokenCount: 4,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 2,
    },
  }),
];

it("reads the same events from both forms, wherever they are cut", () => {
  const expected = eventsOf(...TALK);
  expect(expected.map(({ kind }) => kind)).toEqual([
    ...["start", "open", "delta", "usage", "close", "open", "delta", "delta", "close", "open"],
    ...["delta", "sign", "close", "usage", "finish"],
  ]);
  const array = encode(`[${TALK.map((one) => JSON.stringify(one, null, 2)).join("\n,\r\n")}\n]\n`);
  for (const chunks of everyCut(sse(...TALK), 61)) {
    expect(runAll(geminiTranslator.readEvents("sse"), chunks)).toEqual(expected);
  }
  for (const chunks of everyCut(array, 97)) {
    expect(runAll(geminiTranslator.readEvents("array"), chunks)).toEqual(expected);
  }
});

it("tells an end with calls from others, and counts as Google bills", () => {
  expect(eventsOf(...TALK).at(-1)).toMatchObject({ kind: "finish", reason: "tool-calls" });
  const usages = eventsOf(...TALK).filter(({ kind }) => kind === "usage");
  expect(usages).toMatchObject([
    { usage: { input: 9, output: null } },
    { usage: { input: 5, cacheRead: 4, output: 7, reasoning: 2 } },
  ]);
});

it("tells no end that was not stated", () => {
  expect(eventsOf(...TALK.slice(0, 3)).at(-1)).toEqual({ kind: "delta", text: ' "wörld"' });
  expect(eventsOf()).toEqual([]);
  expect(() => answerOf(piece([{ text: "x" }]))).toThrow("The upstream's answer has no end.");
  expect(() => geminiTranslator.readAnswer(encode("no"))).toThrow(
    "The upstream's answer is no JSON object.",
  );
});

it("waits for what follows a finishReason", () => {
  const events = eventsOf(piece([{ text: "a" }], STOP), piece([{ text: "b" }], STOP));
  expect(events.filter(({ kind }) => kind === "delta")).toHaveLength(2);
  expect(events.filter(({ kind }) => kind === "finish")).toHaveLength(1);
});

it("loses no signature", () => {
  const sign = (signature: string): NeutralEvent => ({ kind: "sign", signature });
  const open = (kind: "text" | "thinking"): NeutralEvent => ({ kind: "open", block: { kind } });
  const delta = (text: string): NeutralEvent => ({ kind: "delta", text });
  const close: NeutralEvent = { kind: "close" };
  expect(told(piece([{ text: "a" }]), piece([{ text: "", thoughtSignature: "1" }], STOP))).toEqual([
    open("text"),
    delta("a"),
    sign("1"),
    close,
  ]);
  expect(told(piece([{ text: "a", thought: true }, { thoughtSignature: "1" }], STOP))).toEqual([
    open("thinking"),
    delta("a"),
    sign("1"),
    close,
  ]);
  expect(
    told(
      piece(
        [
          { text: "a", thoughtSignature: "1" },
          { text: "b", thoughtSignature: "2" },
        ],
        STOP,
      ),
    ),
  ).toEqual([
    open("text"),
    delta("a"),
    sign("1"),
    close,
    open("text"),
    delta("b"),
    sign("2"),
    close,
  ]);
  expect(told(piece([{ text: "", thoughtSignature: "1" }], STOP))).toEqual([
    open("text"),
    sign("1"),
    close,
  ]);
  const call = { functionCall: { id: "1", name: "f", args: {} } };
  expect(told(piece([call, { text: "", thoughtSignature: "1" }], STOP)).slice(3)).toEqual([
    open("text"),
    sign("1"),
    close,
  ]);
});

const END: [word: string, reason: string][] = [
  ["STOP", "end"],
  ["MAX_TOKENS", "length"],
  ["SAFETY", "refusal"],
  ["RECITATION", "refusal"],
  ["PROHIBITED_CONTENT", "refusal"],
  ["A_WORD_OF_TOMORROW", "end"],
];

it("knows why answers end", () => {
  for (const [finishReason, reason] of END) {
    expect(answerOf(piece([{ text: "x" }], { finishReason })).finish, finishReason).toBe(reason);
  }
  expect(answerOf({ promptFeedback: { blockReason: "OTHER" } })).toMatchObject({
    blocks: [],
    finish: "refusal",
  });
  expect(answerOf({ candidates: [{ finishReason: "SAFETY", index: 0 }] }).finish).toBe("refusal");
});

it("fails with a sentence where nothing can be made of the end", () => {
  for (const finishReason of ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "OTHER"]) {
    const events = eventsOf(piece([{ text: "x" }], { finishReason }), piece([{ text: "y" }]));
    expect(events.at(-1), finishReason).toMatchObject({ kind: "fail", status: 502 });
    expect(events.at(-2)).toEqual({ kind: "close" });
  }
  const error = { error: { code: 429, message: "Quota", status: "RESOURCE_EXHAUSTED" } };
  expect(eventsOf(TALK[0], error, TALK[1]).at(-1)).toEqual({
    kind: "fail",
    status: 429,
    message: "Quota",
  });
});

const GROUNDED = {
  webSearchQueries: ["who won"],
  groundingChunks: [
    { web: { uri: "https://a.example", title: "a.example" } },
    { web: { uri: "https://b.example", title: "b.example" } },
  ],
  groundingSupports: [
    { segment: { endIndex: 8, text: "Ö won. " }, groundingChunkIndices: [0] },
    { segment: { startIndex: 8, endIndex: 14, text: "Truly." }, groundingChunkIndices: [0, 1] },
  ],
};
const HITS = [
  { url: "https://a.example", title: "a.example" },
  { url: "https://b.example", title: "b.example" },
];

it("tells a search, what it found, and which characters it supports", () => {
  const answer = answerOf(
    piece([{ text: "Ö won. Truly." }], { ...STOP, groundingMetadata: GROUNDED }),
  );
  const place = (url: string, start: number, end: number) => ({
    url,
    title: url.slice("https://".length),
    citedText: null,
    start,
    end,
  });
  expect(answer.blocks).toEqual([
    {
      kind: "hosted-call",
      tool: "web-search",
      id: "search_1",
      name: "web_search",
      input: '{"query":"who won"}',
    },
    { kind: "hosted-result", tool: "web-search", callId: "search_1", hits: HITS, error: null },
    {
      kind: "text",
      text: "Ö won. Truly.",
      citations: [
        place("https://a.example", 0, 7),
        place("https://a.example", 7, 13),
        place("https://b.example", 7, 13),
      ],
      cache: null,
      signature: null,
    },
  ]);
});

it("tells a search that a stream names last, before its end", () => {
  const events = told(
    piece([{ text: "Ö won. " }]),
    piece([{ text: "Truly." }], { ...STOP, groundingMetadata: GROUNDED }),
  );
  expect(events.map(({ kind }) => kind)).toEqual([
    ...["open", "delta", "delta", "cite", "cite", "cite", "close", "whole", "whole"],
  ]);
  expect(events[4]).toMatchObject({ citation: { start: 7, end: 13 } });
});

it("tells fetched pages and code that was run as calls and results", () => {
  const urlMetadata = [
    { retrievedUrl: "https://a.example", urlRetrievalStatus: "URL_RETRIEVAL_STATUS_SUCCESS" },
    { retrievedUrl: "https://b.example", urlRetrievalStatus: "URL_RETRIEVAL_STATUS_ERROR" },
  ];
  const answer = answerOf(
    piece(
      [
        { executableCode: { language: "PYTHON", code: "1/0" } },
        { codeExecutionResult: { outcome: "OUTCOME_FAILED", output: "no" } },
        { inlineData: { mimeType: "image/png", data: "AA" } },
      ],
      { ...STOP, urlContextMetadata: { urlMetadata } },
    ),
  );
  expect(answer.blocks).toMatchObject([
    { kind: "hosted-call", tool: "web-fetch", input: '{"url":"https://a.example"}' },
    { kind: "hosted-result", error: null },
    { kind: "hosted-call", tool: "web-fetch" },
    { kind: "hosted-result", error: "URL_RETRIEVAL_STATUS_ERROR" },
    { kind: "hosted-call", tool: "code-execution", id: "hosted_1" },
    { kind: "hosted-result", callId: "hosted_1", error: "OUTCOME_FAILED" },
    { kind: "image", source: { mime: "image/png", base64: "AA" } },
  ]);
});

it("reads a count", () => {
  expect(geminiTranslator.readCount(encode('{"totalTokens":31}'))).toBe(31);
  expect(geminiTranslator.readCount(encode("{}"))).toBeNull();
  expect(geminiTranslator.readCount(encode("no"))).toBeNull();
});
