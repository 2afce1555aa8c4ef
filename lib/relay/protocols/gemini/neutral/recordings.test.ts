import { expect, it } from "vitest";
import { loadRecordings, type Recording } from "../../../../testing/recordings";
import { isObject } from "../../../../testing/upstream/json";
import type { StreamForm } from "../../../model";
import type { AnswerBlock, NeutralAnswer } from "../../../neutral-answer";
import { concat, decode, encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { cutAt } from "../../../testing/cuts";
import { gatherAnswer } from "../../../translation/answers";
import { codeAssistTranslator } from "../code-assist/translator";
import { jsonSchemaOf } from "./google-schema";
import { geminiTranslator } from "./translator";

const FOLDER = process.env.RECORDINGS_DIR ?? "../shared/recordings";
const recordings = ((await loadRecordings(FOLDER)) ?? []).filter(isGeminiCall);
const leftOut = recordings.length === 0 ? ` (left out: there is no ${FOLDER})` : "";

function isGeminiCall({ protocol, request, response }: Recording): boolean {
  const isCall = /:(generateContent|streamGenerateContent|countTokens)/.test(request.url);
  return protocol === "gemini" && isCall && response.status === 200;
}

const modelOf = (url: string) => /models\/([^:/]+):/.exec(url)?.[1] ?? "";
const isCount = ({ request }: Recording) => request.url.includes(":countTokens");
const formOf = ({ request }: Recording): StreamForm | null =>
  request.url.includes(":stream") ? "sse" : null;

const factsOf = (recording: Recording) => ({
  face: "gemini" as const,
  protocol: "gemini" as const,
  action: "generate" as const,
  model: modelOf(recording.request.url),
  stream: formOf(recording),
  session: null,
  maxOutputTokens: null,
  bodyBytes: 0,
  modelSpan: null,
});

/** Names that hold a client's own data, below which nothing is a field of Google's. */
const FREE = new Set(["args", "response", "parametersJsonSchema", "responseJsonSchema", "labels"]);
const camel = (name: string) =>
  name.replace(/(?!^)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** One spelling for what can be spelled in several ways. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [field(key, inner)])),
  );
}

function field(key: string, value: unknown): [string, unknown] {
  const name = camel(key);
  if (name === "parameters") return ["parametersJsonSchema", jsonSchemaOf(value)];
  if (name === "responseSchema") return ["responseJsonSchema", jsonSchemaOf(value)];
  return [name, FREE.has(name) ? value : normal(value)];
}

function normalRequest(body: unknown): unknown {
  const given = normal(body);
  if (!isObject(given)) return given;
  const { generationConfig, systemInstruction, toolConfig, ...request } = given;
  const tools = Array.isArray(request.tools) ? request.tools : [];
  const functions = tools.some((tool) => isObject(tool) && "functionDeclarations" in tool);
  // The API insists on it as soon as tools of both kinds are given.
  const mixed = functions && tools.length > 1 ? { includeServerSideToolInvocations: true } : {};
  const config = isObject(toolConfig) ? { ...toolConfig, ...mixed } : toolConfig;
  return {
    ...request,
    ...(isObject(generationConfig) && Object.keys(generationConfig).length > 0
      ? { generationConfig }
      : {}),
    // Instructions have no speaker, whatever is written there.
    ...(isObject(systemInstruction)
      ? { systemInstruction: { parts: systemInstruction.parts } }
      : {}),
    ...(config === undefined ? {} : { toolConfig: config }),
  };
}

it(`writes every recorded request back as it was${leftOut}`, () => {
  for (const recording of recordings) {
    const { name, request } = recording;
    if (isCount(recording)) continue;
    const facts = factsOf(recording);
    const call = geminiTranslator.readCall(encode(JSON.stringify(request.body)), facts);
    const written = geminiTranslator.writeCall(call, { model: facts.model, action: "generate" });
    expect(normal(JSON.parse(decode(written.body))), name).toEqual(normalRequest(request.body));
    expect(written.losses, name).toEqual([]);
  }
});

it(`carries every recorded request through Code Assist and back${leftOut}`, () => {
  for (const recording of recordings) {
    const { name, request } = recording;
    if (isCount(recording)) continue;
    const facts = factsOf(recording);
    const call = geminiTranslator.readCall(encode(JSON.stringify(request.body)), facts);
    const target = { model: facts.model, action: "generate" } as const;
    const { body } = codeAssistTranslator.writeCall(call, target);
    expect(JSON.parse(decode(body)), name).toMatchObject({ model: facts.model });
    expect(codeAssistTranslator.readCall(body, facts), name).toEqual(call);
  }
});

const answersOf = (wanted: StreamForm | null) =>
  recordings.filter((one) => !isCount(one) && formOf(one) === wanted);

const answerFacts = (recording: Recording, form: StreamForm | null) => {
  const facts = factsOf(recording);
  const call = geminiTranslator.readCall(encode(JSON.stringify(recording.request.body)), facts);
  const answered = JSON.parse(
    formOf(recording)
      ? (/data: (.*)/.exec(decode(recording.response.bodyBytes))?.[1] ?? "{}")
      : decode(recording.response.bodyBytes),
  );
  return { call, model: answered.modelVersion, requestId: "req_1", nowMs: 0, form };
};

/** A response with what Google leaves out at times, and adjacent texts joined. */
function normalAnswer(value: unknown): unknown {
  const response = normal(value);
  if (!isObject(response) || !Array.isArray(response.candidates)) return response;
  const [candidate] = response.candidates;
  const { parts = [] } = candidate.content ?? {};
  const kept = parts.filter((part: Record<string, unknown>) => part.text !== "");
  const content = { parts: kept, role: "model" };
  return { ...response, candidates: [{ index: 0, ...candidate, content }] };
}

it(`writes every recorded answer back as it was${leftOut}`, () => {
  for (const recording of answersOf(null)) {
    const { bodyBytes } = recording.response;
    const answer = geminiTranslator.readAnswer(bodyBytes);
    const written = geminiTranslator.writeAnswer(answer, answerFacts(recording, null));
    expect(normalAnswer(JSON.parse(decode(written.body))), recording.name).toEqual(
      normalAnswer(JSON.parse(decode(bodyBytes))),
    );
    expect(written.losses, recording.name).toEqual([]);
  }
});

/** Written anew, sources are told with the last piece. */
function sourcesLast(answer: NeutralAnswer): NeutralAnswer {
  const isSource = ({ kind }: AnswerBlock) => kind === "hosted-call" || kind === "hosted-result";
  const said = answer.blocks.filter((block) => !isSource(block));
  return { ...answer, blocks: [...said, ...answer.blocks.filter(isSource)] };
}

const CUTS = [[], [1], [7, 100, 101], Array.from({ length: 200 }, (_, i) => i * 37)];

it(`reads every recorded stream alike wherever it is cut, and writes it in both forms${leftOut}`, () => {
  for (const recording of answersOf("sse")) {
    const { bodyBytes } = recording.response;
    const read = (form: StreamForm, chunks: readonly Uint8Array[], of = geminiTranslator) =>
      runAll(of.readEvents(form), chunks);
    const events = read("sse", [bodyBytes]);
    const answer = gatherAnswer(events);
    expect(answer.blocks.length, recording.name).toBeGreaterThan(0);
    expect(answer.usage?.output, recording.name).toBeGreaterThan(0);
    for (const places of CUTS) {
      expect(read("sse", cutAt(bodyBytes, places)), recording.name).toEqual(events);
    }
    for (const form of ["sse", "array"] as const) {
      for (const of of [geminiTranslator, codeAssistTranslator]) {
        const wire = runAll(of.writeEvents(answerFacts(recording, form)), events);
        const again = gatherAnswer(read(form, [concat(wire)], of));
        expect(sourcesLast(again), recording.name).toEqual(sourcesLast(answer));
      }
    }
  }
});
