import { expect, it } from "vitest";
import { loadRecordings } from "../../../../testing/recordings";
import type { CallFacts } from "../../../model";
import { concat, decode, encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { cutAt, everyCut } from "../../../testing/cuts";
import { gatherAnswer } from "../../../translation/answers";
import { anthropicTranslator as translator } from "./translator";
import { isObject } from "./wire";

const FOLDER = process.env.RECORDINGS_DIR ?? "../shared/recordings";
const recordings = await loadRecordings(FOLDER);
const leftOut = recordings === null ? ` (left out: there is no ${FOLDER})` : "";

const calls = (recordings ?? []).filter(
  ({ protocol, request }) => protocol === "anthropic" && request.url.includes("/v1/messages"),
);
const answers = calls.filter(({ response }) => response.status === 200);
const isStream = (bytes: Uint8Array) => decode(bytes).startsWith("event:");

function factsOf(body: unknown): CallFacts {
  const { model, stream } = body as { model: string; stream?: boolean };
  return {
    face: "anthropic",
    protocol: "anthropic",
    action: "generate",
    model,
    stream: stream ? "sse" : null,
    session: null,
    maxOutputTokens: null,
    bodyBytes: 0,
    modelSpan: null,
  };
}

function bytesOf(body: unknown): Uint8Array {
  return encode(JSON.stringify(body));
}

/** Texts and one block of it, five minutes and no time, false and nothing say the same. */
function plain(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => plain(one));
  if (key === "content" && typeof value === "string") return [{ type: "text", text: value }];
  if (key === "system" && typeof value === "string") return [{ type: "text", text: value }];
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name, one]) => !isDefault(name, one));
  const own = kept.map(([name, one]) => [name, isWire(value) ? plain(one, name) : one]);
  return Object.fromEntries(own);
}

/** Results of the provider's own tools say by themselves what their `content` is. */
function isWire({ type }: Record<string, unknown>): boolean {
  return type === undefined || !/^(?!tool_result).*_result$|compaction|thinking/.test(String(type));
}

function isDefault(name: string, value: unknown): boolean {
  if (value === null) return true;
  if (name === "ttl") return value === "5m";
  return value === false && ["stream", "is_error"].includes(name);
}

it(`reads every recorded call and writes it back as it was${leftOut}`, () => {
  for (const { request, name } of calls) {
    const isCount = request.url.includes("count_tokens");
    const target = {
      model: factsOf(request.body).model,
      action: isCount ? ("count" as const) : ("generate" as const),
    };
    const call = translator.readCall(bytesOf(request.body), factsOf(request.body));
    const { body, losses } = translator.writeCall(call, target);
    expect(plain(JSON.parse(decode(body))), name).toEqual(plain(request.body));
    expect(losses, name).toEqual([]);
  }
  if (recordings) expect(calls.length).toBeGreaterThan(30);
});

it(`reads every recorded whole answer and writes it back as it was${leftOut}`, () => {
  for (const { request, response, name } of answers) {
    if (isStream(response.bodyBytes)) continue;
    const facts = answerFacts(request.body);
    if (request.url.includes("count_tokens")) {
      const { input_tokens } = JSON.parse(decode(response.bodyBytes));
      expect(translator.readCount(response.bodyBytes), name).toBe(input_tokens);
      continue;
    }
    const answer = translator.readAnswer(response.bodyBytes);
    const { body, losses } = translator.writeAnswer(answer, {
      ...facts,
      model: answer.model ?? "",
    });
    expect(plain(JSON.parse(decode(body))), name).toEqual(
      plain(JSON.parse(decode(response.bodyBytes))),
    );
    expect(losses, name).toEqual([]);
  }
});

it(`reads every recorded stream and writes one that says the same${leftOut}`, () => {
  for (const { request, response, name } of answers) {
    if (!isStream(response.bodyBytes)) continue;
    const events = runAll(translator.readEvents("sse"), [response.bodyBytes]);
    const { model } = gatherAnswer(events);
    const facts = { ...answerFacts(request.body), model: model ?? "" };
    const written = concat(runAll(translator.writeEvents(facts), events));
    const again = runAll(translator.readEvents("sse"), [written]);
    expect(again, name).toEqual(events);
  }
});

const PLACES = [[1], [7, 100, 101], Array.from({ length: 400 }, (_, i) => i * 37)];

it(`reads the same events wherever a recorded stream is cut${leftOut}`, () => {
  for (const { response, name } of answers) {
    const bytes = response.bodyBytes;
    if (!isStream(bytes)) continue;
    const whole = runAll(translator.readEvents("sse"), [bytes]);
    for (const places of PLACES) {
      const events = runAll(translator.readEvents("sse"), cutAt(bytes, places));
      expect(events, name).toEqual(whole);
    }
    for (const chunks of everyCut(bytes, Math.ceil(bytes.length / 12))) {
      expect(runAll(translator.readEvents("sse"), chunks), name).toEqual(whole);
    }
  }
});

function answerFacts(body: unknown) {
  const call = translator.readCall(bytesOf(body), factsOf(body));
  return { call, model: call.model, requestId: "req_1", nowMs: 0, form: "sse" as const };
}
