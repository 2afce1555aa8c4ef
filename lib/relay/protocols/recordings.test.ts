import { expect, it } from "vitest";
import { loadRecordings, type Recording } from "../../testing/recordings";
import type { StreamForm, Usage } from "../model";
import { concat, decode } from "../stream/bytes";
import { runAll } from "../stream/machine";
import { cutAt } from "../testing/cuts";
import type { Protocol } from "./protocol";
import { protocolOf } from "./registry";

const FOLDER = process.env.RECORDINGS_DIR ?? "../shared/recordings";
const recordings = await loadRecordings(FOLDER);
const leftOut = recordings === null ? ` (left out: there is no ${FOLDER})` : "";

interface Answer {
  name: string;
  protocol: Protocol;
  stream: StreamForm | null;
  bytes: Uint8Array;
}

/** Successful answers of the two protocols that carry usage. */
const ANSWERS: Answer[] = (recordings ?? []).flatMap((recording) => {
  const { protocol, response, name, request } = recording;
  if (protocol !== "anthropic" && protocol !== "gemini") return [];
  if (response.status !== 200 || !isModelCall(recording)) return [];
  const stream = decode(response.bodyBytes).match(/^(event|data):/) ? "sse" : null;
  const called = request.url.includes("anthropic") ? "anthropic" : "gemini";
  return [{ name, protocol: protocolOf(called), stream, bytes: response.bodyBytes }];
});

function isModelCall({ request: { url } }: Recording): boolean {
  return /(api\.anthropic\.com\/v1\/messages(\?|$))|(:(stream)?generateContent)/i.test(url);
}

const FACTS = {
  action: "generate",
  model: "asked-name",
  session: null,
  maxOutputTokens: null,
  bodyBytes: 0,
  modelSpan: null,
} as const;
const factsOf = ({ protocol, stream }: Answer) => ({
  ...FACTS,
  face: protocol.id === "gemini" ? ("gemini" as const) : ("anthropic" as const),
  protocol: protocol.id,
  stream,
});

const metered = (answer: Answer, chunks: readonly Uint8Array[]) => {
  const meter = answer.protocol.meter(factsOf(answer));
  for (const chunk of chunks) meter.push(chunk);
  meter.end();
  return { usage: meter.usage(), complete: meter.complete(), model: meter.reportedModel() };
};

/** The JSON objects of an answer, by a reader as plain as can be. */
function objectsOf({ stream, bytes }: Answer): Record<string, never>[] {
  const text = decode(bytes);
  if (!stream) return [JSON.parse(text)];
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => JSON.parse(line.slice(5)));
}

/** What the answer states, added up without any of the meter's code. */
function statedOf(answer: Answer): Partial<Usage> | null {
  const objects = objectsOf(answer) as Record<string, Record<string, Record<string, number>>>[];
  if (answer.protocol.id === "gemini") {
    const last = objects.map(({ usageMetadata }) => usageMetadata).findLast(Boolean) as unknown as
      | Record<string, number>
      | undefined;
    if (!last || last.promptTokenCount === undefined) return null;
    const output = (last.candidatesTokenCount ?? 0) + (last.thoughtsTokenCount ?? 0);
    const input = last.promptTokenCount - (last.cachedContentTokenCount ?? 0);
    return {
      input: input + (last.toolUsePromptTokenCount ?? 0),
      ...(output > 0 ? { output } : {}),
    };
  }
  const merged = Object.assign({}, ...objects.map(({ usage, message }) => message?.usage ?? usage));
  return {
    input: merged.input_tokens,
    output: merged.output_tokens,
    cacheRead: merged.cache_read_input_tokens,
  };
}

const CUTS = [[], [1], [7, 100, 101], Array.from({ length: 400 }, (_, i) => i * 37)];

it(`meters every recorded answer to exactly what it states${leftOut}`, () => {
  for (const answer of ANSWERS) {
    const stated = statedOf(answer);
    for (const places of CUTS) {
      const { usage, complete } = metered(answer, cutAt(answer.bytes, places));
      expect(complete, answer.name).toBe(true);
      if (stated === null) expect(usage, answer.name).toBeNull();
      else expect(usage, answer.name).toMatchObject(stated);
    }
  }
  if (recordings) expect(ANSWERS.length).toBeGreaterThan(80);
});

it(`restores the model in every recorded answer and changes nothing else${leftOut}`, () => {
  for (const answer of ANSWERS) {
    const { model } = metered(answer, [answer.bytes]);
    const restored = runAll(
      answer.protocol.restoreModel(factsOf(answer)),
      cutAt(answer.bytes, [5, 333, 999]),
    );
    const field = answer.protocol.id === "gemini" ? "modelVersion" : "model";
    const text = decode(answer.bytes);
    const back = decode(concat(restored)).replaceAll(`"asked-name"`, `"${model}"`);
    expect(back, answer.name).toBe(text);
    if (model)
      expect(decode(concat(restored)), answer.name).toMatch(
        new RegExp(`"${field}":\\s?"asked-name"`),
      );
  }
});

it(`reads every recorded request${leftOut}`, () => {
  for (const { protocol, request, name } of recordings ?? []) {
    if (protocol !== "anthropic" || !request.url.includes("/v1/messages")) continue;
    const body = new TextEncoder().encode(JSON.stringify(request.body));
    const route = {
      face: "anthropic",
      protocol,
      action: "generate",
      model: null,
      method: "",
    } as const;
    const source = { route, headers: {}, query: new URLSearchParams(), body, sha256: String };
    const facts = protocolOf(protocol).readCall(source);
    expect(request.body, name).toMatchObject({ model: facts.model });
    expect(facts.session, name).not.toBeNull();
  }
});
