import { GoogleGenAI } from "@google/genai";
import { afterEach, expect, it, vi } from "vitest";
import { NO_USAGE, type StreamForm } from "../../../model";
import type { NeutralAnswer, NeutralEvent } from "../../../neutral-answer";
import { concat, decode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { neutralCall, textBlock } from "../../../testing/neutral-call";
import { eventsOf } from "../../../translation/answers";
import { geminiTranslator } from "./translator";

const facts = (form: StreamForm | null) => ({
  call: neutralCall(),
  model: "gemini-2.5-flash",
  requestId: "req_1",
  nowMs: 0,
  form,
});

const ANSWER: NeutralAnswer = {
  id: "msg_1",
  model: "claude-opus-5-5",
  blocks: [
    { kind: "thinking", text: "Hm.", signature: "dA==" },
    {
      kind: "hosted-call",
      tool: "web-search",
      id: "s",
      name: "web_search",
      input: '{"query":"who won"}',
    },
    {
      kind: "hosted-result",
      tool: "web-search",
      callId: "s",
      hits: [{ url: "https://b.example", title: "B" }],
      error: null,
    },
    {
      ...textBlock("Ö won."),
      citations: [
        { url: "https://a.example", title: "A", citedText: "q", start: null, end: null },
        { url: "https://b.example", title: "B", citedText: null, start: 2, end: 5 },
      ],
    },
    {
      kind: "tool-call",
      id: "toolu_1",
      name: "Read",
      input: '{"path":"ä"}',
      signature: "Yw==",
      cache: null,
    },
  ],
  finish: "tool-calls",
  stopSequence: null,
  usage: { ...NO_USAGE, input: 10, cacheRead: 4, cacheWrite5m: 2, output: 9, reasoning: 3 },
};
const USAGE = {
  promptTokenCount: 16,
  cachedContentTokenCount: 4,
  candidatesTokenCount: 6,
  thoughtsTokenCount: 3,
  totalTokenCount: 25,
};
const GROUNDING = {
  webSearchQueries: ["who won"],
  groundingChunks: [
    { web: { uri: "https://b.example", title: "B" } },
    { web: { uri: "https://a.example", title: "A" } },
  ],
  groundingSupports: [
    { segment: { endIndex: 7, text: "Ö won." }, groundingChunkIndices: [1] },
    { segment: { startIndex: 3, endIndex: 6, text: "won" }, groundingChunkIndices: [0] },
  ],
};

const wireOf = (form: StreamForm, events: readonly NeutralEvent[] = eventsOf(ANSWER)) =>
  runAll(geminiTranslator.writeEvents(facts(form)), events);

it("writes a whole answer", () => {
  const { body, losses } = geminiTranslator.writeAnswer(ANSWER, facts(null));
  expect(losses).toEqual([]);
  expect(JSON.parse(decode(body))).toEqual({
    candidates: [
      {
        content: {
          role: "model",
          parts: [
            { text: "Hm.", thought: true, thoughtSignature: "dA==" },
            { text: "Ö won." },
            {
              functionCall: { id: "toolu_1", name: "Read", args: { path: "ä" } },
              thoughtSignature: "Yw==",
            },
          ],
        },
        finishReason: "STOP",
        index: 0,
        groundingMetadata: GROUNDING,
      },
    ],
    usageMetadata: USAGE,
    modelVersion: "gemini-2.5-flash",
    responseId: "msg_1",
  });
});

it("writes whole frames with CRLF, the calls whole and the usage with the last", () => {
  const frames = wireOf("sse").map(decode);
  for (const frame of frames) expect(frame).toMatch(/^data: \{.*\}\r\n\r\n$/);
  const pieces = frames.map((frame) => JSON.parse(frame.slice(6)));
  expect(pieces.flatMap(({ candidates: [{ content }] }) => content.parts)).toEqual([
    { text: "Hm.", thought: true },
    { text: "", thought: true, thoughtSignature: "dA==" },
    { text: "Ö won." },
    {
      functionCall: { id: "toolu_1", name: "Read", args: { path: "ä" } },
      thoughtSignature: "Yw==",
    },
    { text: "" },
  ]);
  expect(pieces.at(-1)).toMatchObject({
    candidates: [{ finishReason: "STOP", groundingMetadata: GROUNDING }],
    usageMetadata: USAGE,
    modelVersion: "gemini-2.5-flash",
    responseId: "msg_1",
  });
});

it("writes a JSON array that is whole only after its end", () => {
  const text = decode(concat(wireOf("array")));
  expect(JSON.parse(text)).toHaveLength(wireOf("sse").length);
  const events = eventsOf(ANSWER);
  const open = decode(concat(wireOf("array", events.slice(0, -1))));
  expect(() => JSON.parse(open)).toThrow();
  expect(JSON.parse(`${open}]`)).toBeInstanceOf(Array);
});

it("leaves a failure to be told by others, and nothing after it", () => {
  const failed: NeutralEvent[] = [
    { kind: "start", id: null, model: null },
    { kind: "open", block: { kind: "text" } },
    { kind: "delta", text: "x" },
    { kind: "fail", status: 502, message: "no" },
    { kind: "delta", text: "y" },
  ];
  expect(wireOf("sse", failed)).toHaveLength(1);
});

it("shows no thoughts to a client that does not want them, but their signatures", () => {
  const reasoning = { enabled: true, effort: null, budgetTokens: null, show: false, summary: null };
  const writer = geminiTranslator.writeEvents({
    ...facts("sse"),
    call: neutralCall({ reasoning }),
  });
  const wire = decode(concat(runAll(writer, eventsOf(ANSWER))));
  expect(wire).not.toContain("Hm.");
  expect(wire).toContain('"thoughtSignature":"dA=="');
});

it("names what an answer has no part for", () => {
  const { losses } = geminiTranslator.writeAnswer(
    {
      ...ANSWER,
      blocks: [
        { kind: "redacted-thinking", data: "x" },
        { kind: "hosted-call", tool: "other", id: "1", name: "mcp", input: "{}" },
        { kind: "other", name: "item", extra: { protocol: "openai-responses", fields: {} } },
      ],
    },
    facts(null),
  );
  expect(losses.map(({ kind }) => kind)).toEqual(["thought", "hosted-tool", "other-fields"]);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const client = new GoogleGenAI({ apiKey: "key" });
const ASKED = { model: "gemini-2.5-flash", contents: "Hello" };

it("is understood by Google's own SDK, whole and streamed", async () => {
  // It warns that an answer's text is not all of it.
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const { body } = geminiTranslator.writeAnswer(ANSWER, facts(null));
  vi.stubGlobal("fetch", async () => new Response(decode(body)));
  const whole = await client.models.generateContent(ASKED);
  expect(whole.text).toBe("Ö won.");
  expect(whole.functionCalls).toEqual([{ id: "toolu_1", name: "Read", args: { path: "ä" } }]);

  const headers = { "content-type": "text/event-stream" };
  vi.stubGlobal("fetch", async () => new Response(decode(concat(wireOf("sse"))), { headers }));
  let text = "";
  const calls: unknown[] = [];
  let usage: unknown;
  for await (const piece of await client.models.generateContentStream(ASKED)) {
    text += piece.text ?? "";
    calls.push(...(piece.functionCalls ?? []));
    usage = piece.usageMetadata;
  }
  expect(text).toBe("Ö won.");
  expect(calls).toEqual(whole.functionCalls);
  expect(usage).toMatchObject(USAGE);
});
