import { expect, it } from "vitest";
import { loadRecordings, type Recording } from "../../../../testing/recordings";
import type { NeutralEvent } from "../../../neutral-answer";
import { concat, decode, encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { cutAt } from "../../../testing/cuts";
import { gatherAnswer } from "../../../translation/answers";
import { readResponsesUsage } from "../../openai-usage";
import { openaiResponses } from "../index";
import { responsesTranslator } from "./translator";

const FOLDER = process.env.RECORDINGS_DIR ?? "../shared/recordings";
const recordings = await loadRecordings(FOLDER);
const leftOut = recordings === null ? ` (left out: there is no ${FOLDER})` : "";

const CALLS = (recordings ?? []).filter(
  ({ protocol, request }) =>
    protocol === "openai-responses" &&
    request.method === "POST" &&
    /\/responses$/.test(request.url),
);
const ANSWERED = CALLS.filter(({ response }) => response.status === 200);
const isStream = ({ response }: Recording) => /^(event|data|:)/.test(decode(response.bodyBytes));
const WHOLE = ANSWERED.filter((one) => !isStream(one) && isFinished(one));
/** Without those that were cut off, or asked for a part of a stream. */
const STREAMS = ANSWERED.filter(
  (one) => isStream(one) && decode(one.response.bodyBytes).includes("response.completed"),
);

function isFinished({ response }: Recording): boolean {
  const { status } = JSON.parse(decode(response.bodyBytes));
  return status === "completed" || status === "incomplete";
}

/** What JSON means: null, a missing field and an empty list of notes say the same. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, meaning(inner)]);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== null && !isEmpty(inner)));
}
const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

const factsOf = ({ request }: Recording) => {
  const body = encode(JSON.stringify(request.body));
  const route = {
    face: "openai-responses",
    protocol: "openai-responses",
    action: "generate",
    model: null,
    method: "",
  } as const;
  const query = new URLSearchParams();
  const facts = openaiResponses.readCall({ route, headers: {}, query, body, sha256: String });
  return { body, facts };
};
const callOf = (recording: Recording) => {
  const { body, facts } = factsOf(recording);
  return responsesTranslator.readCall(body, facts);
};
const answerFacts = (recording: Recording, model: string) => ({
  call: callOf(recording),
  model,
  requestId: "req_1",
  nowMs: 1_700_000_000_000,
  form: "sse" as const,
});

it(`reads every recorded call and writes it back without loss${leftOut}`, () => {
  for (const recording of CALLS) {
    const call = callOf(recording);
    const written = responsesTranslator.writeCall(call, { model: call.model, action: "generate" });
    const back = meaning(JSON.parse(decode(written.body)));
    const sent = meaning({
      ...(recording.request.body as object),
      ...(call.stream ? {} : { stream: null }),
    });
    expect(back, recording.name).toEqual(sent);
    expect(written.losses, recording.name).toEqual([]);
  }
  if (recordings) expect(CALLS.length).toBeGreaterThan(60);
});

it(`reads every whole answer and writes it back without loss${leftOut}`, () => {
  for (const recording of WHOLE) {
    const stated = JSON.parse(decode(recording.response.bodyBytes));
    const answer = responsesTranslator.readAnswer(recording.response.bodyBytes);
    const written = responsesTranslator.writeAnswer(answer, answerFacts(recording, stated.model));
    expect(meaning(JSON.parse(decode(written.body))), recording.name).toEqual(meaning(stated));
    expect(written.losses, recording.name).toEqual([]);
  }
  if (recordings) expect(WHOLE.length).toBeGreaterThan(40);
});

const eventsOf = (bytes: Uint8Array, places: readonly number[]) =>
  runAll(responsesTranslator.readEvents("sse"), cutAt(bytes, places));
/** Data of all events, by a reader as plain as can be. */
const piecesOf = (bytes: Uint8Array) =>
  decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)));
const lastResponse = (bytes: Uint8Array) =>
  piecesOf(bytes).findLast(({ response }) => response)?.response;
const doneItems = (bytes: Uint8Array): object[] =>
  piecesOf(bytes)
    .filter(({ type }) => type === "response.output_item.done")
    .sort((a, b) => a.output_index - b.output_index)
    .map(({ item }) => item);

/** What items say, without their names, which are new in each answer. Raw thoughts become a summary. */
const told = (items: readonly object[]) =>
  items.map((item) => {
    const { id, phase, status, content, ...rest } = item as Record<string, unknown>;
    if (rest.type !== "reasoning") return meaning({ ...rest, content });
    const parts = [rest.summary, content].flat() as ({ text: string } | undefined)[];
    return { ...rest, summary: parts.flatMap((part) => part?.text ?? []).join("\n\n") };
  });

it(`reads every recorded stream, and writes one that tells the same${leftOut}`, () => {
  for (const recording of STREAMS) {
    const { bodyBytes } = recording.response;
    const stated = lastResponse(bodyBytes);
    const events = eventsOf(bodyBytes, []);
    const answer = gatherAnswer(events);
    expect(answer.model, recording.name).toBe(stated?.model);
    expect(answer.usage, recording.name).toEqual(readResponsesUsage(stated?.usage));
    const facts = answerFacts(recording, "asked-name");
    const back = concat(runAll(responsesTranslator.writeEvents(facts), events));
    const again = lastResponse(back);
    expect(again, recording.name).toMatchObject({ model: "asked-name", status: stated?.status });
    expect(told(again.output), recording.name).toEqual(told(doneItems(bodyBytes)));
    expect(again.output, recording.name).toEqual(doneItems(back));
    expect(gatherAnswer(eventsOf(back, [])).finish, recording.name).toBe(answer.finish);
  }
  if (recordings) expect(STREAMS.length).toBeGreaterThan(5);
});

it(`reads the same events wherever a recorded stream is cut${leftOut}`, () => {
  for (const { response, name } of STREAMS) {
    const whole: NeutralEvent[] = eventsOf(response.bodyBytes, []);
    for (const places of [[1], [7, 100, 101], Array.from({ length: 900 }, (_, i) => i * 53)]) {
      expect(eventsOf(response.bodyBytes, places), name).toEqual(whole);
    }
  }
});

it(`meters every recorded answer to exactly what it states${leftOut}`, () => {
  for (const recording of [...WHOLE, ...STREAMS]) {
    const { bodyBytes } = recording.response;
    const stream = isStream(recording) ? ("sse" as const) : null;
    const stated = stream ? lastResponse(bodyBytes) : JSON.parse(decode(bodyBytes));
    for (const places of [[], [5, 333, 999], Array.from({ length: 400 }, (_, i) => i * 37)]) {
      const meter = openaiResponses.meter({ ...factsOf(recording).facts, stream });
      for (const chunk of cutAt(bodyBytes, places)) meter.push(chunk);
      meter.end();
      const usage = readResponsesUsage(stated.usage);
      expect(meter.usage(), recording.name).toEqual({
        ...usage,
        webSearches: meter.usage()?.webSearches,
      });
      expect(meter.complete(), recording.name).toBe(true);
      expect(meter.reportedModel(), recording.name).toBe(stated.model);
      expect(meter.deliveredChars(), recording.name).toBeGreaterThan(0);
      expect(meter.inBandError(), recording.name).toBeNull();
    }
  }
});

it(`restores the model in every recorded answer and changes nothing else${leftOut}`, () => {
  for (const recording of [...WHOLE, ...STREAMS]) {
    const { bodyBytes } = recording.response;
    const stream = isStream(recording) ? ("sse" as const) : null;
    const { facts } = factsOf(recording);
    const mapper = openaiResponses.restoreModel({ ...facts, stream, model: "asked-name" });
    const restored = decode(concat(runAll(mapper, cutAt(bodyBytes, [5, 333, 999]))));
    const stated = stream ? lastResponse(bodyBytes) : JSON.parse(decode(bodyBytes));
    expect(restored, recording.name).toContain("asked-name");
    const back = restored.replaceAll(`"asked-name"`, `"${stated.model}"`);
    expect(back, recording.name).toBe(decode(bodyBytes));
  }
});
