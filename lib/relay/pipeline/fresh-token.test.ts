import { expect, it } from "vitest";
import { AppError } from "../../shared/errors";
import type { PoolAccount } from "../model";
import { encode } from "../stream/bytes";
import { wholeMessage } from "../testing/anthropic-wire";
import { answering } from "../testing/fake-ports";
import { CALL, HEADERS, JSON_TYPE, play, post } from "../testing/play";
import { sampleAccount } from "../testing/samples";

const SETTINGS = { baseUrl: "https://api.test" };

const subscription = (token: string, over: Partial<PoolAccount> = {}) =>
  sampleAccount("acc_a", {
    provider: "claude-oauth",
    settings: SETTINGS,
    openSecret: () => ({ accessToken: token, refreshToken: "rt" }),
    tokenExpiresAtMs: Number.MAX_SAFE_INTEGER,
    ...over,
  });

const denied = answering(401, [encode('{"error":{"message":"expired"}}')], JSON_TYPE);
const served = answering(200, [wholeMessage()], JSON_TYPE);

it("renews a token that has run out before it sends anything", async () => {
  const asked: string[] = [];
  const { told, sink } = await play({
    pool: [subscription("at_old", { tokenExpiresAtMs: 0 })],
    renewed: async (worn) => {
      asked.push(worn.id);
      return subscription("at_new");
    },
    upstream: served,
  });
  expect(sink.status).toBe(200);
  expect(asked).toEqual(["acc_a"]);
  expect(told.dispatched.map(({ request }) => request.headers.authorization)).toEqual([
    "Bearer at_new",
  ]);
});

it("asks nobody for a token that serves", async () => {
  const { sink } = await play({
    pool: [subscription("at_live")],
    renewed: () => Promise.reject(new Error("must not be asked")),
    upstream: served,
  });
  expect(sink.status).toBe(200);
});

it("renews a rejected token once, and says nothing against the account", async () => {
  let renewals = 0;
  const { told, sink } = await play({
    pool: [subscription("at_revoked")],
    renewed: async () => {
      renewals++;
      return subscription("at_new");
    },
    upstream: (call) =>
      (call.request.headers.authorization === "Bearer at_new" ? served : denied)(call),
  });
  expect(sink.status).toBe(200);
  expect(renewals).toBe(1);
  expect(told.reports.map(({ kind }) => kind)).toEqual(["served"]);
  expect(told.settled[0]?.attempts.map(({ status }) => status)).toEqual([401, 200]);
});

it("renews once more where the first renewal only brought what was revoked meanwhile", async () => {
  const tokens = ["at_revoked_too", "at_new"];
  const { told, sink } = await play({
    pool: [subscription("at_old")],
    renewed: async () => subscription(tokens.shift() ?? ""),
    upstream: (call) =>
      (call.request.headers.authorization === "Bearer at_new" ? served : denied)(call),
  });
  expect(sink.status).toBe(200);
  expect(told.reports.map(({ kind }) => kind)).toEqual(["served"]);
});

it("stops asking when the renewed token is rejected too", async () => {
  let renewals = 0;
  const { told, sink } = await play({
    pool: [subscription("at_old")],
    renewed: async () => {
      renewals++;
      return subscription("at_new");
    },
    upstream: denied,
  });
  expect(sink.status).toBe(502);
  expect(renewals).toBe(2);
  expect(told.dispatched).toHaveLength(3);
  expect(told.reports).toMatchObject([{ kind: "failed", error: { code: "upstream_denied" } }]);
});

it("goes on to another account when the token cannot be renewed, whatever the reason", async () => {
  for (const code of ["upstream_denied", "upstream_silent"] as const) {
    const { told, sink } = await play({
      pool: [subscription("at_old", { tokenExpiresAtMs: 0 }), sampleAccount("acc_b")],
      renewed: () => Promise.reject(new AppError(code, "canary-free sentence")),
      upstream: served,
    });
    expect(sink.status).toBe(200);
    const [settled] = told.settled;
    expect(settled?.attempts.map(({ accountId, failure }) => [accountId, failure])).toEqual([
      ["acc_a", code],
      ["acc_b", null],
    ]);
    // The renewal told it already, once for all who waited for it.
    expect(told.reports).toMatchObject([{ kind: "served", accountId: "acc_b" }]);
  }
});

it("keeps a subscription for the provider's own program, and says so", async () => {
  const { told, sink } = await play(
    { pool: [subscription("at_live")], upstream: served },
    post(CALL, { ...HEADERS, "user-agent": "curl/8.5" }),
  );
  expect(sink.status).toBe(403);
  expect(told.dispatched).toHaveLength(0);
  expect(sink.text()).toContain("API key");
});
