import { expect, it } from "vitest";
import { AppError } from "../../shared/errors";
import { makeKeySecret } from "../../shared/key-format";
import { RELAY_ROUTES } from "../route-table";
import { encode } from "../stream/bytes";
import { wholeMessage } from "../testing/anthropic-wire";
import { answering } from "../testing/fake-ports";
import { fakeRequest } from "../testing/fake-sink";
import { CALL, HEADERS, JSON_TYPE, POOL, play, post, SECRET } from "../testing/play";
import { sampleAccount, sampleKey } from "../testing/samples";

const withKey = (changes: Parameters<typeof sampleKey>[0]) => ({
  keys: { [SECRET]: sampleKey(changes) },
  pool: POOL,
});

it("refuses before anything is asked of an upstream, and records why", async () => {
  const { sink, told } = await play(withKey({ models: { mode: "deny", patterns: ["*opus*"] } }));
  expect(sink.status).toBe(403);
  expect(sink.json()).toMatchObject({
    error: { type: "permission_error", message: expect.stringContaining("/requests/req_1") },
  });
  expect(told.dispatched).toEqual([]);
  expect(told.admitted).toEqual([]);
  expect(told.settled).toEqual([]);
  expect(told.refused).toMatchObject([
    {
      requestId: "req_1",
      key: { id: "key_a" },
      requestedModel: "claude-opus-5-5",
      failure: "forbidden",
      status: 403,
    },
  ]);
});

it("answers a wrong key in the form of the face that was asked", async () => {
  const headers = { "x-goog-api-key": makeKeySecret() };
  const claude = await play({}, post(CALL, headers));
  expect(claude.sink.status).toBe(401);
  expect(claude.sink.json()).toMatchObject({
    type: "error",
    error: { type: "authentication_error" },
  });
  const google = await play(
    {},
    post({}, headers, "/gemini/v1beta/models/gemini-2.5-pro:generateContent"),
  );
  expect(google.sink.status).toBe(401);
  expect(google.sink.json()).toMatchObject({ error: { code: 401, status: "UNAUTHENTICATED" } });
  expect(google.told.refused).toEqual([]);
});

it("answers limits of money and rate as the admission named them", async () => {
  const limit = {
    name: "Daily limit of this key",
    value: 10,
    used: 10,
    unit: "micro-usd",
    resetsAtMs: null,
  } as const;
  const refusals: [AppError, number, string | undefined][] = [
    [new AppError("budget_exhausted", "Daily limit of this key reached.", { limit }), 402, "false"],
    [new AppError("limit_reached", "Too many.", { retryAfterSeconds: 3 }), 429, undefined],
    [new AppError("loop_detected", "Its own ancestor."), 508, "false"],
    [new AppError("unavailable", "Redis is away.", { retryAfterSeconds: 5 }), 503, undefined],
  ];
  for (const [error, status, retry] of refusals) {
    const { sink, told } = await play({
      ports: {
        async admit() {
          throw error;
        },
      },
    });
    expect(sink.status).toBe(status);
    expect(sink.headers["x-should-retry"]).toBe(retry);
    expect(told.refused).toMatchObject([{ failure: error.code, status }]);
    expect(told.settled).toEqual([]);
  }
});

it("refuses bodies that are too large, broken or too deep, in the face's form", async () => {
  const tooLarge = fakeRequest("/api/v1/messages", null, {
    headers: HEADERS,
    async body() {
      throw new AppError("too_large", "The body is larger than 32 MiB.");
    },
  });
  expect((await play({}, tooLarge)).sink.status).toBe(413);
  for (const body of ["{", `{"model":"m","a":${"[".repeat(100)}`, "", "[]"]) {
    const { sink } = await play({}, post(encode(body)));
    expect(sink.status, body).toBe(400);
    expect(sink.json()).toMatchObject({ error: { type: "invalid_request_error" } });
  }
});

it("says by 404, 405 and 400 what is wrong with an address", async () => {
  const status = async (method: string, path: string) => {
    const { sink } = await play({}, fakeRequest(path, {}, { method, headers: HEADERS }));
    return sink.status;
  };
  expect(await status("GET", "/api/v1/nothing")).toBe(404);
  expect(await status("GET", "/api/v1/messages")).toBe(405);
  expect(await status("POST", "/gemini/v1beta/models/a%2fb:generateContent")).toBe(400);
});

it("answers probes without a key, and HEAD without a body", async () => {
  for (const { methods, path, action } of RELAY_ROUTES) {
    if (action !== "probe") continue;
    for (const method of methods) {
      const { sink, told } = await play({}, fakeRequest(path, {}, { method }));
      expect(sink.status).toBe(200);
      expect(sink.writes.length > 0).toBe(method === "GET");
      expect(told.settled.length + told.refused.length).toBe(0);
    }
  }
});

it("names the reasons when no account is left, and when to come back", async () => {
  const state = {
    ...sampleAccount("x").state,
    coolingUntilMs: 1_800_000_030_000,
    coolingReason: "limited",
  };
  const limited = await play({
    pool: [sampleAccount("acc_a", { state }), sampleAccount("acc_b", { enabled: false })],
  });
  expect(limited.sink.status).toBe(429);
  expect(limited.sink.headers["retry-after"]).toBe("30");
  expect(limited.sink.text()).toContain("1 cooling, 1 disabled");
  const none = await play({ pool: [] });
  expect(none.sink.status).toBe(503);
  expect(none.sink.json()).toMatchObject({ error: { type: "overloaded_error" } });
});

it("calls a model that no account serves not found", async () => {
  const account = sampleAccount("acc_a", { modelMap: { entries: [{ from: "sonnet", to: "x" }] } });
  const { sink } = await play({ pool: [account] });
  expect(sink.status).toBe(404);
  expect(sink.text()).toContain("claude-opus-5-5");
});

it("serves an unpriced model, except where a money limit applies", async () => {
  const body = { ...CALL, model: "unknown-1" };
  const limit = { scope: "key:key_a", period: "day", limitMicroUsd: 1n, name: "Daily" } as const;
  const refusing = withKey({ refuseUnrated: true, spendLimits: [limit] });
  const { sink, told } = await play(refusing, post(body));
  expect(sink.status).toBe(403);
  expect(told.admitted).toEqual([]);
  const upstream = answering(200, [wholeMessage("unknown-1")], JSON_TYPE);
  const served = await play({ ...withKey({ refuseUnrated: true }), upstream }, post(body));
  expect(served.told.settled[0]?.attempts[0]).toMatchObject({
    priceName: null,
    chargeMicroUsd: 0n,
  });
  expect(served.told.admitted[0]?.reservationMicroUsd).toBe(0n);
});

it("never answers with the cause of a bug", async () => {
  const { sink, told } = await play({
    ports: {
      findKey() {
        throw new Error("canary: postgres://user:password@db");
      },
    },
  });
  expect(sink.status).toBe(500);
  expect(sink.text()).not.toContain("canary");
  expect(String(told.lines[0]?.cause)).toContain("canary");
});

it("leaves no watcher behind", async () => {
  let watching = 0;
  const request = post();
  request.onLeave = () => {
    watching++;
    return () => {
      watching--;
    };
  };
  await play({ pool: [] }, request);
  expect(watching).toBe(0);
});
