import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_GEMINI_KEY } from "../../lib/testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { type Router, startRouter } from "./clients/router";
import { runClient } from "./clients/run";
import { type Portal, startPortal } from "./support/portal";
import { type RequestRecord, total, untilRecorded } from "./support/records";

/**
 * The founding guide with the real programs: Claude Code → portal → claude-code-router → portal →
 * Gemini (a strict fake on loopback), as docs/claude-code-on-gemini.md tells an admin to set it up.
 */
let upstream: FakeUpstream;
let portal: Portal;
let router: Router;
let userIds: string[];
let keys: string[];
let routerOwnerId: string;

const USERS = ["ada@example.com", "grace@example.com"];
const PROMPTS = ["Count the apples, then report.", "Count the pears, then report."];

beforeAll(async () => {
  upstream = await startFakeUpstream();
  portal = await startPortal({ relayOnly: true });
  routerOwnerId = (await portal.createUser("router@example.com")).id;
  const returnKey = await portal.createKey("router@example.com", "ccr-return");
  userIds = [];
  keys = [];
  for (const email of USERS) {
    userIds.push((await portal.createUser(email)).id);
    keys.push(await portal.createKey(email, "laptop"));
  }
  await portal.allowHost(`127.0.0.1:${upstream.port}`);
  await portal.addAccount({
    provider: "gemini-api-key",
    name: "Gemini",
    settings: { baseUrl: upstream.url },
    secrets: { apiKey: FAKE_GEMINI_KEY },
  });
  router = await startRouter({ portalUrl: portal.url, returnKey });
  await portal.allowHost(new URL(router.url).host);
  await portal.addAccount({
    provider: "claude-console",
    name: "CCR-Gemini3",
    settings: { baseUrl: router.url },
    secrets: { apiKey: router.apiKey },
    map: {
      "claude-opus-4-1-20250805": "gemini-3-pro-preview",
      "claude-sonnet-4-5-20250929": "gemini-3-pro-preview",
      "claude-haiku-4-5-20251001": "gemini-2.5-flash",
    },
    flags: ["--leads-back", returnKey],
  });
});

afterAll(async () => {
  await router?.stop();
  await portal?.stop();
  await upstream?.close();
});

const claude = (key: string, prompt: string) =>
  runClient("claude-code", {
    args: ["-p", prompt, "--allowedTools", "Bash", "--output-format", "json"],
    env: { ANTHROPIC_BASE_URL: `${portal.url}/api/`, ANTHROPIC_AUTH_TOKEN: key },
  });

it("answers two users at once through both hops, bills one hop of each pair, and to the right user", async () => {
  const runs = await Promise.all(PROMPTS.map((prompt, i) => claude(keys[i] ?? "", prompt)));
  const answers = runs.map((run) => {
    expect(run.exitCode, run.stderr + run.stdout).toBe(0);
    return String(JSON.parse(run.stdout).result);
  });
  for (const answer of answers) expect(answer).toMatch(/The tools answered: \d{4} \| \d{4}/);
  expect(answers[0]).not.toBe(answers[1]);

  const served = upstream.book.entries().filter((entry) => entry.plannedUsage !== null);
  expect(served.length).toBeGreaterThanOrEqual(6);
  expect(served.map((entry) => entry.status)).toEqual(served.map(() => 200));
  const records = await untilRecorded(portal, served.length * 2);
  expect(records).toHaveLength(served.length * 2);
  expect(records.map((record) => record.outcome)).toEqual(records.map(() => "complete"));

  const first = records.filter((record) => record.face === "anthropic");
  const second = records.filter((record) => record.face === "gemini");
  expectPaired(first, second);
  expect(second.every((record) => record.userId === routerOwnerId)).toBe(true);
  expect(total(second, "chargeMicroUsd")).toBe(0);
  for (const id of userIds) {
    const own = first.filter((record) => record.userId === id);
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(total(own, "chargeMicroUsd")).toBeGreaterThan(0);
  }
  expectBook(second);
  expectBook(first);
});

/** Each second hop names a first hop of its own, and every first hop is named. */
function expectPaired(first: readonly RequestRecord[], second: readonly RequestRecord[]): void {
  const named = second.map((record) => record.passThroughOf).sort();
  expect(named).toEqual(first.map((record) => record.requestId).sort());
  expect(first.every((record) => record.passThroughOf === null)).toBe(true);
  expect(first.every((record) => record.sentModel === "gemini-3-pro-preview")).toBe(true);
}

/** The records' tokens are the upstream's own. */
function expectBook(records: readonly RequestRecord[]): void {
  const { planned } = upstream.book.totals();
  expect(total(records, "inputTokens") + total(records, "cacheReadTokens")).toBe(
    planned.input + planned.cacheRead,
  );
  expect(total(records, "outputTokens")).toBe(planned.output);
}

it("keeps Gemini's 429 a 429 in Anthropic's envelope, with retry-after, through both hops", async () => {
  upstream.faults.add({ faults: [{ kind: "status", status: 429, retryAfterSeconds: 7 }] });
  try {
    const answer = await fetch(`${portal.url}/api/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": keys[0] ?? "", "content-type": "application/json" },
      body: JSON.stringify({
        model: "claude-opus-5-5",
        max_tokens: 50,
        messages: [{ role: "user", content: "Hello" }],
      }),
    });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({
      type: "error",
      error: { type: "rate_limit_error" },
    });
  } finally {
    upstream.faults.clear();
  }
});
