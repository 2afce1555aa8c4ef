import { expect, it } from "vitest";
import { NO_USAGE, type Usage } from "../model";
import type { AttemptRecord } from "../ports";
import { encode } from "../stream/bytes";
import { event, streamedBytes } from "../testing/anthropic-wire";
import { answering } from "../testing/fake-ports";
import { fakeRequest } from "../testing/fake-sink";
import { geminiEvents } from "../testing/gemini-wire";
import { EVENT_STREAM, JSON_TYPE, play, post, SECRET, STREAMED } from "../testing/play";
import { sampleAccount, sampleKey } from "../testing/samples";

/** The record of the only try at an upstream that answers these events. */
async function recordOf(
  events: string,
  world: Parameters<typeof play>[0] = {},
): Promise<AttemptRecord> {
  const upstream = answering(200, [encode(events)], EVENT_STREAM);
  const { told } = await play({ upstream, ...world }, post(STREAMED));
  const [record] = told.settled[0]?.attempts ?? [];
  if (!record) throw new Error("There is no attempt.");
  return record;
}

const start = (usage: unknown) =>
  event("message_start", { message: { model: "claude-opus-5-5", usage } });
const delta = (text: string) =>
  event("content_block_delta", { delta: { type: "text_delta", text } });
const stop = (usage: unknown) => event("message_delta", { usage }) + event("message_stop");

it("books what a complete answer states, zero included", async () => {
  const zero = await recordOf(
    start({ input_tokens: 0, output_tokens: 0 }) + stop({ output_tokens: 0 }),
  );
  expect(zero).toMatchObject({
    usage: { input: 0, output: 0 },
    estimated: false,
    costMicroUsd: 0n,
  });
  const some = await recordOf(start({ input_tokens: 4 }) + delta("x") + stop({ output_tokens: 2 }));
  expect(some).toMatchObject({
    usage: { input: 4, output: 2 },
    estimated: false,
    costMicroUsd: 70n,
  });
});

it("estimates what a complete answer leaves unsaid, and says that it did", async () => {
  const silent = await recordOf(
    event("message_start", { message: {} }) + delta("abcdefgh") + stop({}),
  );
  const input = Math.ceil(JSON.stringify(STREAMED).length / 4);
  expect(silent).toMatchObject({ usage: { ...NO_USAGE, input, output: 2 }, estimated: true });
});

it("never prices the placeholder that a stream begins with", async () => {
  const cut = await recordOf(
    start({ input_tokens: 10, output_tokens: 1 }) + delta("a".repeat(400)),
  );
  expect(cut).toMatchObject({ usage: { input: 10, output: 100 }, estimated: true });
});

it("books a failed try without usage as free", async () => {
  const upstream = answering(500, [encode("{}")], JSON_TYPE);
  const { told } = await play({ upstream });
  expect(told.settled[0]?.attempts[0]).toMatchObject({
    usage: null,
    priceBookId: null,
    costMicroUsd: 0n,
    chargeMicroUsd: 0n,
    status: 500,
  });
});

it("multiplies the charge by the plan's and the key's rate, and leaves the cost", async () => {
  const keys = { [SECRET]: sampleKey({ planRatePpm: 2_000_000n, keyRatePpm: 250_000n }) };
  const record = await recordOf(start({ input_tokens: 100 }) + stop({ output_tokens: 20 }), {
    keys,
  });
  expect(record).toMatchObject({ costMicroUsd: 1000n, chargeMicroUsd: 500n });
});

it("finds the price by the name that was sent, else by the one that was reported", async () => {
  const mapped = (to: string) => [
    sampleAccount("acc_a", { modelMap: { entries: [{ from: "*", to }] } }),
  ];
  const router = await recordOf(start({ input_tokens: 1 }) + stop({ output_tokens: 1 }), {
    pool: mapped("gemini,gemini-3-pro"),
  });
  expect(router).toMatchObject({ sentModel: "gemini,gemini-3-pro", priceName: "claude-opus-5-5" });
  const known = await recordOf(start({ input_tokens: 1 }) + stop({ output_tokens: 1 }), {
    pool: mapped("gemini-3-pro"),
  });
  expect(known).toMatchObject({ priceName: "gemini-3-pro", reportedModel: "claude-opus-5-5" });
});

it("marks a model without a price as unrated, and keeps its usage", async () => {
  const wire = event("message_start", {
    message: { model: "unknown-2", usage: { input_tokens: 5 } },
  });
  const pool = [
    sampleAccount("acc_a", { modelMap: { entries: [{ from: "*", to: "unknown-1" }] } }),
  ];
  const record = await recordOf(wire + stop({ output_tokens: 1 }), { pool });
  expect(record).toMatchObject({
    priceBookId: "book_a",
    priceName: null,
    costMicroUsd: 0n,
    usage: { input: 5 },
  });
});

it("reserves at least what is charged in the end", async () => {
  const body = { ...STREAMED, max_tokens: 25 };
  const { told } = await play(
    { upstream: answering(200, [streamedBytes({ input: 60 })], EVENT_STREAM) },
    post(body),
  );
  const charged = told.settled[0]?.attempts[0]?.chargeMicroUsd ?? 0n;
  expect(charged).toBeGreaterThan(0n);
  expect(told.admitted[0]?.reservationMicroUsd).toBeGreaterThanOrEqual(charged);
});

it("books the last usage that a cut Gemini stream stated", async () => {
  const usage = { promptTokenCount: 30, candidatesTokenCount: 4, thoughtsTokenCount: 2 };
  const wire = geminiEvents([{ text: "abc", usage }]);
  const request = fakeRequest(
    "/gemini/v1beta/models/gemini-3-pro:streamGenerateContent",
    { contents: [] },
    {
      headers: { "x-goog-api-key": SECRET },
      query: new URLSearchParams("alt=sse"),
    },
  );
  const pool = [
    sampleAccount("acc_g", { provider: "gemini-api-key", openSecret: () => ({ apiKey: "AIzaX" }) }),
  ];
  const { told } = await play({ pool, upstream: answering(200, [wire], EVENT_STREAM) }, request);
  const expected: Partial<Usage> = { input: 30, output: 6, reasoning: 2 };
  expect(told.settled[0]).toMatchObject({
    outcome: "cut",
    attempts: [{ estimated: true, usage: expected }],
  });
});
