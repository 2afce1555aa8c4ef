import { expect, it } from "vitest";
import { encode } from "../stream/bytes";
import { fakeRequest } from "../testing/fake-sink";
import { HEADERS, play, SECRET } from "../testing/play";
import { sampleKey } from "../testing/samples";

const get = (path: string, headers = HEADERS) =>
  fakeRequest(path, null, { method: "GET", headers });
const use = (requests: number, chargeMicroUsd: bigint) => ({
  requests,
  inputTokens: 10 * requests,
  cacheReadTokens: 5,
  cacheWriteTokens: 0,
  outputTokens: 2 * requests,
  chargeMicroUsd,
});
const STANDING = {
  createdAtMs: Date.UTC(2026, 10, 1),
  today: use(1, 1_500_000n),
  month: use(2, 2_000_000n),
  total: use(3, 3_250_000n),
};
const WORLD = { ports: { standing: async () => STANDING } };

it("tells a caller who its key is, what it used and what it may", async () => {
  const spendLimits = [
    { scope: "key:key_a", period: "day", limitMicroUsd: 5_000_000n, name: "Daily limit" } as const,
  ];
  const keys = { [SECRET]: sampleKey({ spendLimits }) };
  const me = await play({ ...WORLD, keys }, get("/api/v1/me"));
  expect(me.sink.json()).toMatchObject({ type: "user", created_at: "2026-11-01T00:00:00.000Z" });
  const used = await play({ ...WORLD, keys }, get("/openai/v1/usage"));
  expect(used.sink.json()).toMatchObject({
    today: { requests: 1, cost_usd: 1.5 },
    total: { requests: 3, input_tokens: 30, cost_usd: 3.25 },
    limits: [{ name: "Daily limit", period: "day", cost_usd: 5 }],
  });
  const info = await play({ ...WORLD, keys }, get("/gemini/key-info"));
  expect(info.sink.json()).toMatchObject({ object: "key", usage: { month: { requests: 2 } } });
});

it("asks no upstream and books nothing for it", async () => {
  const { told } = await play(WORLD, get("/api/v1/usage"));
  expect([told.dispatched, told.admitted, told.settled]).toEqual([[], [], []]);
});

it("answers only whoever has a key", async () => {
  const { sink } = await play(
    WORLD,
    get("/api/v1/usage", { "x-api-key": "cr_no", "user-agent": "x" }),
  );
  expect(sink.status).toBe(401);
});

it("takes gemini-cli on board without any account of Google's", async () => {
  const path = "/gemini/v1internal:loadCodeAssist";
  const body = encode('{"metadata":{"pluginType":"GEMINI"}}');
  const { sink } = await play({ pool: [] }, fakeRequest(path, body, { headers: HEADERS }));
  expect(sink.json()).toMatchObject({
    currentTier: { id: "standard-tier" },
    cloudaicompanionProject: "relay-portal",
  });
  const board = await play(
    { pool: [] },
    fakeRequest("/gemini/v1internal:onboardUser", body, { headers: HEADERS }),
  );
  expect(board.sink.json()).toMatchObject({ done: true });
  const spelled = "/gemini/v1beta/models/gemini-2.5-pro:loadCodeAssist";
  const other = await play({ pool: [] }, fakeRequest(spelled, body, { headers: HEADERS }));
  expect(other.sink.json()).toEqual(sink.json());
});
