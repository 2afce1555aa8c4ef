import { expect, it } from "vitest";
import type { AdmissionRequest } from "../ports";
import { decode, encode } from "../stream/bytes";
import { streamedBytes } from "../testing/anthropic-wire";
import { answering } from "../testing/fake-ports";
import { fakeRequest } from "../testing/fake-sink";
import { geminiArray, geminiEvents } from "../testing/gemini-wire";
import {
  CALL,
  EVENT_STREAM,
  HEADERS,
  JSON_TYPE,
  play,
  post,
  SECRET,
  STREAMED,
} from "../testing/play";
import { sampleAccount, sampleKey } from "../testing/samples";

const GOOGLE = sampleAccount("acc_g", {
  provider: "gemini-api-key",
  openSecret: () => ({ apiKey: "AIzaSecret" }),
});
const GEMINI_PATH = "/gemini/v1beta/models/gemini-3-pro-preview";
const CONTENTS = { contents: [{ role: "user", parts: [{ text: "Hi" }] }] };
const usage = { promptTokenCount: 50, candidatesTokenCount: 9, totalTokenCount: 59 };
const PIECES = [{ text: "Hé" }, { text: "llo", finish: "STOP", usage }];

const gemini = (method: string, query = "") =>
  fakeRequest(`${GEMINI_PATH}:${method}`, CONTENTS, {
    headers: { "x-goog-api-key": SECRET },
    query: new URLSearchParams(query),
  });

it("passes both stream forms of Gemini, and books them", async () => {
  const forms = [
    ["alt=sse", geminiEvents(PIECES), "text/event-stream", "?alt=sse"],
    ["", geminiArray(PIECES), "application/json", ""],
  ] as const;
  for (const [query, wire, type, sentQuery] of forms) {
    const { sink, told } = await play(
      { pool: [GOOGLE], upstream: answering(200, [wire], { "content-type": type }) },
      gemini("streamGenerateContent", query),
    );
    expect(sink.text()).toBe(decode(wire));
    expect(sink.headers["content-type"]).toContain(type);
    const request = told.dispatched[0]?.request;
    expect(request?.url.href).toBe(
      `http://acc-g.test/v1beta/models/gemini-3-pro-preview:streamGenerateContent${sentQuery}`,
    );
    expect(request?.headers["x-goog-api-key"]).toBe("AIzaSecret");
    expect(told.settled[0]?.attempts[0]).toMatchObject({
      usage: { input: 50, output: 9 },
      costMicroUsd: 140n,
    });
  }
});

it("cuts Gemini's stream visibly when it dies, in both forms", async () => {
  const sse = await play(
    { pool: [GOOGLE], upstream: answering(200, [geminiEvents(PIECES).slice(0, -9)], EVENT_STREAM) },
    gemini("streamGenerateContent", "alt=sse"),
  );
  expect(sse.sink.text()).toContain('data: {"error":');
  expect(sse.sink.ended).toBe("fail");
  const array = await play(
    { pool: [GOOGLE], upstream: answering(200, [geminiArray(PIECES).slice(0, -9)], JSON_TYPE) },
    gemini("streamGenerateContent"),
  );
  expect(array.sink.json()).toMatchObject([{}, { error: { code: 502 } }]);
  expect(array.sink.ended).toBe("fail");
  expect(array.told.settled[0]?.outcome).toBe("cut");
});

it("never sends another maker's model to an account that no map leads to it", async () => {
  const { sink, told } = await play({ pool: [GOOGLE] });
  expect(sink.status).toBe(404);
  expect(told.dispatched).toEqual([]);
  expect(sink.text()).toContain("No account serves the model");
});

it("counts tokens by the upstream, for free: no limit, no slot, no cost", async () => {
  const limit = { scope: "key:key_a", limit: 1, name: "Parallel" };
  const keys = { [SECRET]: sampleKey({ concurrency: [limit] }) };
  const { sink, told } = await play(
    {
      keys,
      pool: [sampleAccount("acc_a", { maxConcurrency: 1 })],
      upstream: answering(200, [encode('{"input_tokens":12}')], JSON_TYPE),
    },
    post(CALL, HEADERS, "/api/v1/messages/count_tokens"),
  );
  expect(sink.json()).toEqual({ input_tokens: 12 });
  expect(told.dispatched[0]?.request.url.pathname).toBe("/v1/messages/count_tokens");
  expect(told.admitted[0]).toMatchObject({
    action: "count",
    reservationMicroUsd: 0n,
    accountLimit: null,
    key: { concurrency: [], spendLimits: [], rateLimits: [] },
  });
  expect(told.settled[0]?.attempts[0]).toMatchObject({ usage: null, chargeMicroUsd: 0n });
});

it("counts locally where the upstream has no counter, and says so", async () => {
  for (const [request, answer] of [
    [post(CALL, HEADERS, "/v1/messages/count_tokens"), { input_tokens: expect.any(Number) }],
    [gemini("countTokens"), { totalTokens: expect.any(Number) }],
  ] as const) {
    const { sink, told } = await play(
      { pool: [sampleAccount("acc_a"), GOOGLE], upstream: answering(404, [encode("nothing")], {}) },
      request,
    );
    expect(sink.status).toBe(200);
    expect(sink.headers["x-relay-estimate"]).toBe("true");
    expect(sink.json()).toEqual(answer);
    expect(told.settled[0]?.outcome).toBe("complete");
  }
});

const KNOWN = ["claude-opus-5-5", "claude-haiku-5-5"].map((id) => ({
  id,
  displayName: id,
  createdAtMs: 0,
  inputTokenLimit: null,
  outputTokenLimit: null,
}));
const list = async (world: Parameters<typeof play>[0], path = "/api/v1/models", query = "") => {
  const knownModels = () => KNOWN;
  const request = fakeRequest(
    path,
    {},
    { method: "GET", headers: HEADERS, query: new URLSearchParams(query) },
  );
  return (await play({ ...world, ports: { knownModels } }, request)).sink;
};

it("lists what this key can really use now, in the shape of the face", async () => {
  const entries = [
    { from: "claude-gemini-3-pro", to: "gemini-3-pro" },
    { from: "claude-haiku-*", to: "x" },
  ];
  const mapped = sampleAccount("acc_a", { modelMap: { entries } });
  const ids = (sink: { json(): unknown }) => {
    const { data } = sink.json() as { data: { id: string }[] };
    return data.map(({ id }) => id);
  };
  expect(ids(await list({ pool: [mapped] }))).toEqual(["claude-gemini-3-pro", "claude-haiku-5-5"]);
  expect(ids(await list({ pool: [sampleAccount("acc_a")] }))).toEqual([
    "claude-haiku-5-5",
    "claude-opus-5-5",
  ]);
  expect(ids(await list({ pool: [{ ...mapped, enabled: false }] }))).toEqual([]);
  const keys = { [SECRET]: sampleKey({ models: { mode: "allow", patterns: ["*haiku*"] } }) };
  expect(ids(await list({ keys, pool: [mapped] }))).toEqual(["claude-haiku-5-5"]);
  const google = await list({ pool: [GOOGLE] }, "/gemini/v1beta/models");
  expect(google.json()).toMatchObject({ models: [{ name: "models/claude-haiku-5-5" }, {}] });
});

it("pages through models and shows a single one", async () => {
  const pool = [sampleAccount("acc_a")];
  const first = await list({ pool }, "/api/v1/models", "limit=1");
  expect(first.json()).toMatchObject({ has_more: true, last_id: "claude-haiku-5-5" });
  const second = await list({ pool }, "/api/v1/models", "limit=1&after_id=claude-haiku-5-5");
  expect(second.json()).toMatchObject({ has_more: false, first_id: "claude-opus-5-5" });
  const google = await list({ pool: [GOOGLE] }, "/gemini/v1beta/models", "pageSize=1");
  expect(google.json()).toMatchObject({ nextPageToken: "claude-opus-5-5" });
  expect((await list({ pool }, "/api/v1/models/claude-opus-5-5")).json()).toMatchObject({
    type: "model",
  });
  expect((await list({ pool }, "/api/v1/models/unknown")).status).toBe(404);
});

const LEADS_BACK = { returnKeyId: "key_r", returnPayerTag: "{usr_r}" };

it("leaves a trace for the second hop, and sends the hop header only where it leads back", async () => {
  const upstream = answering(200, [streamedBytes()], EVENT_STREAM);
  const ticket = { hopHeader: "signed" };
  const back = await play(
    { pool: [sampleAccount("acc_a", { leadsBack: LEADS_BACK })], upstream, ticket },
    post(STREAMED),
  );
  expect(back.told.dispatched[0]?.request.headers["x-relay-hop"]).toBe("signed");
  expect(back.told.admitted[0]?.leavesHop).toMatchObject(LEADS_BACK);
  const plain = await play({ upstream, ticket }, post(STREAMED));
  expect(plain.told.dispatched[0]?.request.headers).not.toHaveProperty("x-relay-hop");
  expect(plain.told.admitted[0]?.leavesHop).toBeNull();
});

it("claims the same trace at the second hop, keeps its tokens and charges nothing", async () => {
  const pool = [sampleAccount("acc_a", { leadsBack: LEADS_BACK }), GOOGLE];
  const upstream = answering(200, [streamedBytes()], EVENT_STREAM);
  const first = await play({ pool, upstream }, post(STREAMED));
  const keys = { [SECRET]: sampleKey({ id: "key_r", returnKeyOf: ["acc_a"] }) };
  const second = await play(
    {
      keys,
      pool,
      ticket: { passThroughOf: "req_0", depth: 2 },
      upstream: answering(200, [geminiEvents(PIECES)], EVENT_STREAM),
    },
    gemini("streamGenerateContent", "alt=sse"),
  );
  const left = (told: { admitted: AdmissionRequest[] }) => told.admitted[0];
  const fingerprint = left(first.told)?.leavesHop?.fingerprint;
  expect(fingerprint).toBeTruthy();
  expect(left(second.told)?.claimsHop).toEqual({ header: null, fingerprint });
  expect(second.told.settled[0]).toMatchObject({
    passThroughOf: "req_0",
    attempts: [{ usage: { input: 50, output: 9 }, costMicroUsd: 140n, chargeMicroUsd: 0n }],
  });
});

it("carries a limit of the inner hop to the outside with its waiting time", async () => {
  const inner = {
    error: { message: 'Error from provider: {"error":{"details":[{"retryDelay":"7s"}]}}' },
  };
  const { sink } = await play({
    upstream: answering(429, [encode(JSON.stringify(inner))], JSON_TYPE),
  });
  expect(sink.status).toBe(429);
  expect(sink.headers["retry-after"]).toBe("7");
  expect(sink.json()).toMatchObject({ type: "error", error: { type: "rate_limit_error" } });
});
