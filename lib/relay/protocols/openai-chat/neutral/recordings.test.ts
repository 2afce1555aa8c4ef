import { expect, it } from "vitest";
import { loadRecordings, type Recording } from "../../../../testing/recordings";
import type { NeutralEvent } from "../../../neutral-answer";
import { concat, decode, encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { cutAt } from "../../../testing/cuts";
import { gatherAnswer } from "../../../translation/answers";
import { readChatUsage } from "../../openai-usage";
import { openaiChat } from "../index";
import { chatTranslator } from "./translator";

const FOLDER = process.env.RECORDINGS_DIR ?? "../shared/recordings";
const recordings = await loadRecordings(FOLDER);
const leftOut = recordings === null ? ` (left out: there is no ${FOLDER})` : "";

const CALLS = (recordings ?? []).filter(
  ({ protocol, request }) =>
    protocol === "openai-chat" &&
    request.method === "POST" &&
    /\/chat\/completions$/.test(request.url),
);
const ANSWERED = CALLS.filter(({ response }) => response.status === 200);
const isStream = ({ response }: Recording) => /^(event|data|:)/.test(decode(response.bodyBytes));
/** One server answered with a plain text. */
const WHOLE = ANSWERED.filter(({ response }) => /^\s*\{/.test(decode(response.bodyBytes)));
const STREAMS = ANSWERED.filter(isStream);

/** What JSON means: null, a missing field and an empty list say the same, and so do a text and its one part. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, meaning(inner)]);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== null && !isEmpty(inner)));
}
const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

const callOf = ({ request }: Recording) => {
  const body = encode(JSON.stringify(request.body));
  const route = {
    face: "openai-chat",
    protocol: "openai-chat",
    action: "generate",
    model: null,
    method: "",
  } as const;
  const query = new URLSearchParams();
  const facts = openaiChat.readCall({ route, headers: {}, query, body, sha256: String });
  return chatTranslator.readCall(body, facts);
};
const answerFacts = (recording: Recording, model: string) => ({
  call: { ...callOf(recording), includeUsage: true },
  model,
  requestId: "req_1",
  nowMs: 1_700_000_000_000,
  form: "sse" as const,
});

it(`reads every recorded call and writes it back without loss${leftOut}`, () => {
  for (const recording of CALLS) {
    const call = callOf(recording);
    const written = chatTranslator.writeCall(call, { model: call.model, action: "generate" });
    const { stream, ...sent } = recording.request.body as Record<string, unknown>;
    const asked = stream ? { stream, stream_options: { include_usage: true } } : {};
    const back = JSON.parse(decode(written.body));
    expect(meaning(back), recording.name).toEqual(meaning({ ...sent, ...asked }));
    expect(written.losses, recording.name).toEqual([]);
  }
  if (recordings) expect(CALLS.length).toBeGreaterThan(25);
});

const MADE_ID = "call_3SE-aKjdCcCEz7IPxpqjCA_0";

it(`reads every whole answer and writes it back without loss${leftOut}`, () => {
  for (const recording of WHOLE) {
    // Google's calls have no id here: each gets one. Of two names for thoughts one is written.
    const text = decode(recording.response.bodyBytes).replace('"id":""', `"id":"${MADE_ID}"`);
    const stated = JSON.parse(text.replace('"reasoning":', '"reasoning_content":'));
    const answer = chatTranslator.readAnswer(recording.response.bodyBytes);
    const written = chatTranslator.writeAnswer(answer, answerFacts(recording, stated.model));
    expect(meaning(JSON.parse(decode(written.body))), recording.name).toEqual(meaning(stated));
    expect(written.losses, recording.name).toEqual([]);
  }
  if (recordings) expect(WHOLE.length).toBeGreaterThan(20);
});

const eventsOf = (bytes: Uint8Array, places: readonly number[]) =>
  runAll(chatTranslator.readEvents("sse"), cutAt(bytes, places));
/** Data of all chunks, by a reader as plain as can be. */
const chunksOf = (bytes: Uint8Array) =>
  decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)));
const contentOf = (bytes: Uint8Array) =>
  chunksOf(bytes)
    .map(({ choices }) => choices[0]?.delta.content ?? "")
    .join("");

it(`reads every recorded stream, and writes one that tells the same${leftOut}`, () => {
  for (const recording of STREAMS) {
    const { bodyBytes } = recording.response;
    const events = eventsOf(bodyBytes, []);
    const answer = gatherAnswer(events);
    expect(answer.usage, recording.name).toEqual(
      readChatUsage(chunksOf(bodyBytes).findLast(({ usage }) => usage)?.usage),
    );
    const facts = answerFacts(recording, "asked-name");
    const back = concat(runAll(chatTranslator.writeEvents(facts), events));
    expect(contentOf(back), recording.name).toBe(contentOf(bodyBytes));
    expect(eventsOf(back, [])).toEqual(
      events.map((event) => (event.kind === "start" ? { ...event, model: "asked-name" } : event)),
    );
  }
  if (recordings) expect(STREAMS.length).toBeGreaterThan(0);
});

it(`reads the same events wherever a recorded stream is cut${leftOut}`, () => {
  for (const { response, name } of STREAMS) {
    const whole: NeutralEvent[] = eventsOf(response.bodyBytes, []);
    for (const places of [[1], [7, 100, 101], Array.from({ length: 900 }, (_, i) => i * 53)]) {
      expect(eventsOf(response.bodyBytes, places), name).toEqual(whole);
    }
  }
});
