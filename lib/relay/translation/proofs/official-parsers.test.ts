import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import fc from "fast-check";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type NeutralCall, NO_SAMPLING } from "../../neutral";
import type { NeutralEvent } from "../../neutral-answer";
import { concat, decode } from "../../stream/bytes";
import { runAll } from "../../stream/machine";
import { anyAnswer } from "../../testing/any-answer";
import { translatorOf } from "../../testing/recorded";
import { gatherAnswer } from "../answers";
import { MATRIX_IDS, type MatrixId } from "../known-losses";

const RUNS = 100;
const KEY = "any-key";

let server: Server;
let address = "";
let answer: Uint8Array = new Uint8Array();
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/event-stream" }).end(answer);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const CALL: NeutralCall = {
  model: "asked",
  stream: true,
  system: [],
  turns: [],
  tools: [],
  toolChoice: null,
  parallelTools: null,
  maxOutputTokens: null,
  sampling: NO_SAMPLING,
  stop: [],
  output: null,
  reasoning: null,
  verbosity: null,
  candidates: null,
  logprobs: null,
  endUser: null,
  serviceTier: null,
  includeUsage: true,
};

/** What the official client of a format reads from a stream: its text, and the names of the calls. */
type Read = () => Promise<{ text: string; calls: string[] }>;

const READS: Readonly<Record<MatrixId, Read>> = {
  async anthropic() {
    const client = new Anthropic({ baseURL: address, apiKey: KEY, maxRetries: 0 });
    const messages = [{ role: "user" as const, content: "Hi" }];
    const { content } = await client.messages
      .stream({ model: "asked", max_tokens: 100, messages })
      .finalMessage();
    return {
      text: content.map((block) => (block.type === "text" ? block.text : "")).join(""),
      calls: content.flatMap((block) => (block.type === "tool_use" ? [block.name] : [])),
    };
  },
  async "openai-chat"() {
    const client = new OpenAI({ baseURL: address, apiKey: KEY, maxRetries: 0 });
    const messages = [{ role: "user" as const, content: "Hi" }];
    const chunks = await client.chat.completions.create({ model: "asked", messages, stream: true });
    let text = "";
    const calls: string[] = [];
    for await (const { choices } of chunks) {
      text += choices[0]?.delta.content ?? "";
      for (const { function: called } of choices[0]?.delta.tool_calls ?? []) {
        if (called?.name) calls.push(called.name);
      }
    }
    return { text, calls };
  },
  async "openai-responses"() {
    const client = new OpenAI({ baseURL: address, apiKey: KEY, maxRetries: 0 });
    const { output } = await client.responses
      .stream({ model: "asked", input: "Hi" })
      .finalResponse();
    return {
      text: output
        .flatMap((item) => (item.type === "message" ? item.content : []))
        .map((part) => (part.type === "output_text" ? part.text : part.refusal))
        .join(""),
      calls: output.flatMap((item) => (item.type === "function_call" ? [item.name] : [])),
    };
  },
  async gemini() {
    const client = new GoogleGenAI({ apiKey: KEY, httpOptions: { baseUrl: address } });
    const pieces = await client.models.generateContentStream({ model: "asked", contents: "Hi" });
    let text = "";
    const calls: string[] = [];
    for await (const { candidates } of pieces) {
      for (const part of candidates?.[0]?.content?.parts ?? []) {
        if (part.text && !part.thought) text += part.text;
        if (part.functionCall?.name) calls.push(part.functionCall.name);
      }
    }
    return { text, calls };
  },
};

function writtenFor(id: MatrixId, events: readonly NeutralEvent[]): Uint8Array {
  const facts = { call: CALL, model: "asked", requestId: "req_1", nowMs: 0, form: "sse" as const };
  return concat(runAll(translatorOf(id).writeEvents(facts), events));
}

/** Half a character cannot travel in UTF-8: it becomes the sign for what is broken. */
const wellFormed = (text: string) => decode(new TextEncoder().encode(text));

it.each(MATRIX_IDS)("writes no stream that the official client of %s cannot read", async (id) => {
  await fc.assert(
    fc.asyncProperty(anyAnswer, async (events) => {
      answer = writtenFor(id, events);
      const read = await READS[id]();
      const { blocks } = gatherAnswer(events);
      const text = blocks.map((block) => (block.kind === "text" ? block.text : "")).join("");
      const calls = blocks.flatMap((block) => (block.kind === "tool-call" ? [block.name] : []));
      expect(wellFormed(read.text)).toBe(wellFormed(text));
      expect(read.calls).toEqual(calls);
    }),
    { numRuns: RUNS },
  );
});

it.each(MATRIX_IDS)("reads its own stream of %s the same wherever it is cut", (id) => {
  fc.assert(
    fc.property(anyAnswer, fc.array(fc.nat(), { maxLength: 5 }), (events, places) => {
      const bytes = writtenFor(id, events);
      const read = (chunks: readonly Uint8Array[]) =>
        runAll(translatorOf(id).readEvents("sse"), chunks);
      const cuts = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
      const pieces = [0, ...cuts].map((from, i) => bytes.subarray(from, cuts[i]));
      expect(gatherAnswer(read(pieces))).toEqual(gatherAnswer(read([bytes])));
    }),
    { numRuns: RUNS },
  );
});
