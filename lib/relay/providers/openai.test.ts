import { expect, it } from "vitest";
import type { CallFacts, ProtocolId } from "../model";
import { decode } from "../stream/bytes";
import { openaiCompatible } from "./openai-compatible/index";
import { openaiResponses } from "./openai-responses/index";
import type { Provider, SendFacts } from "./provider";

const FACTS: CallFacts = {
  face: "openai-chat",
  protocol: "openai-chat",
  action: "generate",
  model: "asked",
  stream: null,
  session: null,
  maxOutputTokens: null,
  bodyBytes: 0,
  modelSpan: null,
};
const OPENAI = [openaiCompatible, openaiResponses];

const send = (protocol: ProtocolId, changes: Partial<SendFacts> = {}): SendFacts => ({
  action: "generate",
  model: "m-1",
  protocol,
  method: "",
  facts: FACTS,
  forwarded: {},
  query: new URLSearchParams("key=cr_secret&api-version=1"),
  ...changes,
});
const address = (provider: Provider, baseUrl: string, facts = send(provider.protocol)) =>
  provider.address({ baseUrl }, facts).href;

it("adds the path to whatever address was given, and the version where it names none", () => {
  const roots: [given: string, root: string][] = [
    ["https://api.deepseek.com", "https://api.deepseek.com/v1"],
    ["https://api.openai.com/v1", "https://api.openai.com/v1"],
    ["https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1"],
    ["https://api.z.ai/api/paas/v4", "https://api.z.ai/api/paas/v4"],
    ["https://g.test/v1beta/openai", "https://g.test/v1beta/openai"],
    ["https://other.relay/openai", "https://other.relay/openai/v1"],
    ["http://127.0.0.1:11434", "http://127.0.0.1:11434/v1"],
    // A version belongs to the path: one in the host's name says nothing.
    ["https://v1.example.org", "https://v1.example.org/v1"],
    ["https://x.test/v1x", "https://x.test/v1x/v1"],
  ];
  for (const [given, root] of roots) {
    for (const end of ["", "/", "//"]) {
      expect(address(openaiCompatible, given + end), given).toBe(`${root}/chat/completions`);
      expect(address(openaiResponses, given + end), given).toBe(`${root}/responses`);
    }
  }
});

it("takes an address that ends in an endpoint as it is, and finds the other endpoints beside it", () => {
  for (const end of ["", "/"]) {
    const chat = `https://api.perplexity.ai/chat/completions${end}`;
    expect(address(openaiCompatible, chat)).toBe("https://api.perplexity.ai/chat/completions");
    expect(address(openaiCompatible, chat, send("openai-embeddings"))).toBe(
      "https://api.perplexity.ai/embeddings",
    );
    expect(address(openaiResponses, `https://x.test/api/responses${end}`)).toBe(
      "https://x.test/api/responses",
    );
  }
});

it("has a path for every format that it takes, and nothing of the caller's query on it", () => {
  const paths = (provider: Provider) =>
    [provider.protocol, ...provider.also].map(
      (protocol) => new URL(address(provider, "https://x.test", send(protocol))).pathname,
    );
  expect(paths(openaiCompatible)).toEqual([
    "/v1/chat/completions",
    "/v1/embeddings",
    "/v1/images/generations",
  ]);
  expect(paths(openaiResponses)).toEqual([
    "/v1/responses",
    "/v1/responses/compact",
    "/v1/embeddings",
    "/v1/images/generations",
  ]);
  expect(address(openaiResponses, "https://x.test")).not.toContain("?");
});

it("counts where there is an endpoint for it, and says where there is none", () => {
  const count = send("openai-responses", { action: "count" });
  expect(address(openaiResponses, "https://x.test", count)).toBe(
    "https://x.test/v1/responses/input_tokens",
  );
  expect([openaiResponses.counts, openaiCompatible.counts]).toEqual([true, false]);
});

it("answers the same address object for the same call", () => {
  for (const provider of OPENAI) {
    const settings = { baseUrl: "https://x.test" };
    const url = provider.address(settings, send(provider.protocol));
    expect(provider.address({ ...settings }, send(provider.protocol))).toBe(url);
  }
});

it("sends the key as a bearer token and asks OpenAI itself when no address is given", () => {
  for (const provider of OPENAI) {
    expect(
      provider.headers({ apiKey: "sk-1" }, { baseUrl: "https://x.test" }, send(provider.protocol)),
    ).toEqual({
      authorization: "Bearer sk-1",
    });
    expect(provider.secret.safeParse({ apiKey: "a\r\nb" }).success).toBe(false);
    expect(provider.settings.safeParse({ baseUrl: "ftp://x.test" }).success).toBe(false);
  }
  expect(openaiResponses.settings.parse({})).toEqual({ baseUrl: "https://api.openai.com/v1" });
  expect(openaiCompatible.settings.safeParse({}).success).toBe(false);
});

const diagnose = (status: number, body: unknown = "", headers: Record<string, string> = {}) =>
  openaiCompatible.diagnose({
    status,
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
    model: "GPT-5.5",
  });

it("names what each status means for the account", () => {
  const expected: [number, string][] = [
    [400, "upstream_refused"],
    [401, "upstream_denied"],
    [402, "upstream_limited"],
    [403, "upstream_denied"],
    [404, "upstream_refused"],
    [413, "upstream_refused"],
    [422, "upstream_refused"],
    [429, "upstream_limited"],
    [500, "upstream_broken"],
    [502, "upstream_broken"],
    [503, "upstream_busy"],
    [504, "upstream_silent"],
  ];
  for (const [status, code] of expected) expect(diagnose(status).code, `${status}`).toBe(code);
  expect(diagnose(422).status).toBe(422);
});

it("lets an account rest for long whose money is used up, all of it and not one model", () => {
  const empty = [
    diagnose(429, { error: { type: "insufficient_quota", code: "credit_balance_exhausted" } }),
    diagnose(429, { error: { type: "insufficient_quota", code: "insufficient_quota" } }),
    diagnose(429, { error: { code: "organization_spend_limit_exceeded" } }),
    diagnose(429, { error: { type: "exceeded_current_quota_error" } }),
    diagnose(429, { error: { code: "1113", message: "余额不足" } }),
    diagnose(402, { error: { code: 402, message: "Insufficient credits" } }),
  ];
  for (const error of empty) {
    expect(error).toMatchObject({
      code: "upstream_limited",
      detail: { family: null, retryAfterSeconds: 1800 },
    });
  }
  expect(diagnose(402, "", { "retry-after": "60" }).detail.retryAfterSeconds).toBe(60);
});

it("limits the one model whose rate is used up, until the moment that is told", () => {
  const reached = { error: { type: "tokens", code: "rate_limit_exceeded" } };
  const detail = (headers: Record<string, string>, body: unknown = reached) =>
    diagnose(429, body, headers).detail;
  expect(detail({})).toEqual({ family: "gpt-5.5" });
  expect(detail({ "retry-after": "17" })).toEqual({ family: "gpt-5.5", retryAfterSeconds: 17 });
  const usedUp = (reset: string) =>
    detail({
      "x-ratelimit-remaining-tokens": "0",
      "x-ratelimit-reset-tokens": reset,
      "x-ratelimit-remaining-requests": "9",
      "x-ratelimit-reset-requests": "23h",
    }).retryAfterSeconds;
  expect(usedUp("6m0s")).toBe(360);
  expect(usedUp("12ms")).toBeCloseTo(0.012);
  expect(usedUp("1h2m3.5s")).toBe(3723.5);
  expect(usedUp("7")).toBe(7);
  expect(usedUp("soon")).toBeUndefined();
  expect(detail({ "x-ratelimit-reset": "1800000000" }).resetAtMs).toBe(1_800_000_000_000);
  const router = { error: { metadata: { headers: { "X-RateLimit-Reset": "1800000000000" } } } };
  expect(detail({}, router).resetAtMs).toBe(1_800_000_000_000);
  expect(detail({ "x-ratelimit-reset": "30" }).resetAtMs).toBeUndefined();
});

it("asks elsewhere for a model that this account lacks, and holds nothing against the account", () => {
  const answers = [
    diagnose(404, { error: { message: "The model does not exist", code: "model_not_found" } }),
    diagnose(403, { error: { message: "No access to model", code: "model_not_found" } }),
    diagnose(400, { error: { message: "The model 'x' does not exist.", code: "invalid_value" } }),
    diagnose(400, { error: { message: "Model Not Exist", code: "invalid_request_error" } }),
    diagnose(400, { error: { message: "x/y is not a valid model ID", code: 400 } }),
  ];
  for (const error of answers) {
    expect(error.code).toBe("upstream_lacks_model");
    expect(error.status).toBe(404);
    expect(error.message).toMatch(/model/i);
  }
});

it("never stops an account for what a caller wrote", () => {
  const flagged = { error: { code: 403, message: "Your input was flagged", metadata: {} } };
  expect(diagnose(403, flagged)).toMatchObject({
    code: "upstream_refused",
    status: 403,
    message: "Your input was flagged",
  });
  const sentence = "Request too large for gpt-5.5 on tokens per min (TPM): Limit 30000";
  const large = { error: { message: sentence, type: "tokens", code: "rate_limit_exceeded" } };
  expect(diagnose(429, large)).toMatchObject({
    code: "upstream_refused",
    status: 429,
    detail: { shouldRetry: false },
  });
  const key = { error: { message: "Country, region, or territory not supported" } };
  expect(diagnose(403, key).code).toBe("upstream_denied");
});

it("probes with a small body that every server understands", () => {
  const map = { entries: [{ from: "gpt-*", to: "deepseek-chat" }] };
  for (const provider of OPENAI) {
    const probe = provider.probe({ baseUrl: "https://x.test" }, map);
    expect(probe.model).toBe("deepseek-chat");
    expect(JSON.parse(decode(probe.body ?? new Uint8Array()))).toMatchObject({
      model: "deepseek-chat",
    });
    expect(provider.probe({ baseUrl: "https://x.test" }, { entries: [] }).model).not.toBe("");
  }
});

it("asks a known maker for a model that it has when nothing is mapped", () => {
  const asked = (baseUrl: string) => openaiCompatible.probe({ baseUrl }, { entries: [] }).model;
  expect(asked("https://api.deepseek.com/v1")).toMatch(/^deepseek-/);
  expect(asked("https://openrouter.ai/api/v1")).toContain("/");
  expect(asked("https://api.x.ai")).toMatch(/^grok-/);
  expect(asked("https://box.ai/v1")).toMatch(/^gpt-/);
  expect(asked("http://127.0.0.1:11434")).toMatch(/^gpt-/);
});
