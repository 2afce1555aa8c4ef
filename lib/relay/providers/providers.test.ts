import fc from "fast-check";
import { expect, it } from "vitest";
import type { CallFacts, StreamForm } from "../model";
import { decode } from "../stream/bytes";
import { claudeConsole } from "./claude-console/index";
import { geminiApiKey } from "./gemini-api-key/index";
import type { Provider, SendFacts } from "./provider";

const FACTS: CallFacts = {
  face: "gemini",
  protocol: "gemini",
  action: "generate",
  model: "asked",
  stream: null,
  session: null,
  maxOutputTokens: null,
  bodyBytes: 0,
  modelSpan: null,
};

const send = (changes: Partial<SendFacts> = {}, stream: StreamForm | null = null): SendFacts => ({
  action: "generate",
  model: "m-1",
  protocol: "gemini",
  method: "",
  facts: { ...FACTS, stream },
  forwarded: {},
  query: new URLSearchParams(),
  ...changes,
});

const address = (provider: Provider, baseUrl: string, facts = send()) =>
  provider.address({ baseUrl }, facts).href;

it("adds Anthropic's path to whatever address was given", () => {
  const expected = "http://127.0.0.1:3456/v1/messages";
  for (const base of ["", "/", "/v1", "/v1/", "/v1/messages", "/v1/messages/"]) {
    expect(address(claudeConsole, `http://127.0.0.1:3456${base}`), base).toBe(expected);
  }
  expect(address(claudeConsole, "https://x.test/claude")).toBe("https://x.test/claude/v1/messages");
  expect(address(claudeConsole, "https://x.test", send({ action: "count" }))).toBe(
    "https://x.test/v1/messages/count_tokens",
  );
});

it("lets only the beta query travel to Anthropic", () => {
  const query = new URLSearchParams("beta=true&key=cr_secret&x=1");
  expect(address(claudeConsole, "https://x.test", send({ query }))).toBe(
    "https://x.test/v1/messages?beta=true",
  );
});

it("takes Google's address in its three forms", () => {
  const expected = "https://g.test/v1beta/models/m-1:generateContent";
  const bases = [
    "https://g.test",
    "https://g.test/",
    "https://g.test/v1beta",
    "https://g.test/v1beta/models",
  ];
  for (const base of bases) expect(address(geminiApiKey, base), base).toBe(expected);
  expect(address(geminiApiKey, "https://g.test/x/{model}/{action}")).toBe(
    "https://g.test/x/m-1/generateContent",
  );
  expect(address(geminiApiKey, "https://g.test/x/{model}:fixed")).toBe(
    "https://g.test/x/m-1:fixed",
  );
});

it("asks Google for the form that the caller asked for, and never names a key in the address", () => {
  const query = new URLSearchParams("alt=sse&key=cr_secret");
  const base = "https://g.test";
  expect(address(geminiApiKey, base, send({ query }, "sse"))).toBe(
    "https://g.test/v1beta/models/m-1:streamGenerateContent?alt=sse",
  );
  expect(address(geminiApiKey, base, send({ query }, "array"))).toBe(
    "https://g.test/v1beta/models/m-1:streamGenerateContent",
  );
  expect(address(geminiApiKey, base, send({ query, action: "count" }))).toBe(
    "https://g.test/v1beta/models/m-1:countTokens",
  );
});

it("asks Google for an embedding by the verb that the caller used", () => {
  const embed = (method: string) =>
    address(geminiApiKey, "https://g.test", send({ protocol: "gemini-embeddings", method }));
  const models = "https://g.test/v1beta/models";
  expect(embed("embedContent")).toBe(`${models}/m-1:embedContent`);
  expect(embed("batchEmbedContents")).toBe(`${models}/m-1:batchEmbedContents`);
});

it("keeps every model name in its place in Google's address", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30 }), (model) => {
      const url = geminiApiKey.address({ baseUrl: "https://g.test" }, send({ model }));
      expect(url.host).toBe("g.test");
      expect(url.search + url.hash).toBe("");
      expect(url.pathname.startsWith("/v1beta/models/")).toBe(true);
      expect(url.pathname.split("/")).toHaveLength(4);
    }),
    { numRuns: 3000 },
  );
});

it("sends the credential in the header that its make asks for", () => {
  const headers = (apiKey: string, forwarded = {}) =>
    claudeConsole.headers({ apiKey }, { baseUrl: "https://x.test" }, send({ forwarded }));
  expect(headers("sk-ant-api03-abc")).toEqual({
    "x-api-key": "sk-ant-api03-abc",
    "anthropic-version": "2023-06-01",
  });
  expect(headers("ccr-key", { "anthropic-version": "v" })).toEqual({
    authorization: "Bearer ccr-key",
  });
  expect(geminiApiKey.headers({ apiKey: "AIzaX" }, {}, send())).toEqual({
    "x-goog-api-key": "AIzaX",
  });
});

it("answers the same address object for the same call, and reads changed settings anew", () => {
  const query = new URLSearchParams("beta=true");
  for (const provider of [claudeConsole, geminiApiKey]) {
    const settings = { baseUrl: "https://x.test" };
    const forms = [send(), send({ action: "count" }), send({ query }), send({}, "sse")];
    for (const form of forms) {
      const url = provider.address(settings, form);
      expect(provider.address(settings, form)).toBe(url);
      expect(provider.address({ ...settings }, form)).toBe(url);
    }
    expect(provider.address({ baseUrl: "https://y.test" }, send()).host).toBe("y.test");
    const other = provider.address(settings, send({ model: "m-2" })).href;
    expect(other.includes("m-2")).toBe(provider === geminiApiKey);
  }
});

it("refuses keys that could split a header, and addresses that are no plain http addresses", () => {
  for (const apiKey of ["", "a b", "a\r\nb", "é", "a\u0000"]) {
    expect(claudeConsole.secret.safeParse({ apiKey }).success, JSON.stringify(apiKey)).toBe(false);
  }
  const bases = [
    "",
    "x.test",
    "ftp://x.test",
    "file:///etc",
    "http://u:p@x.test",
    "http://x.test/?a=1",
    "http://x.test/#a",
    "javascript:1",
  ];
  for (const baseUrl of bases) {
    expect(claudeConsole.settings.safeParse({ baseUrl }).success, baseUrl).toBe(false);
    expect(geminiApiKey.settings.safeParse({ baseUrl }).success, baseUrl).toBe(false);
  }
  expect(
    geminiApiKey.settings.safeParse({ baseUrl: "http://127.0.0.1:1/{model}:{action}" }).success,
  ).toBe(true);
  expect(claudeConsole.settings.parse({})).toEqual({ baseUrl: "https://api.anthropic.com" });
});

const diagnose = (
  provider: Provider,
  status: number,
  headers: Record<string, string> = {},
  body = "",
  model = "claude-opus-5-5",
) => provider.diagnose({ status, headers, body, model });

it("names what each status means for the account", () => {
  const expected: [number, string][] = [
    [302, "upstream_broken"],
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
    [529, "upstream_busy"],
  ];
  for (const [status, code] of expected) {
    for (const provider of [claudeConsole, geminiApiKey]) {
      expect(diagnose(provider, status).code, `${provider.id} ${status}`).toBe(code);
    }
  }
  expect(diagnose(claudeConsole, 422).status).toBe(422);
  expect(diagnose(geminiApiKey, 503).status).toBe(503);
});

it("quotes the upstream's sentence when the request itself is wrong", () => {
  const body = '{"error":{"message":"max_tokens: \\"too\\" big"}}';
  expect(diagnose(claudeConsole, 400, {}, body).message).toBe('max_tokens: "too" big');
  expect(diagnose(claudeConsole, 400, {}, "<html>").message).toContain("400");
});

it("knows the account's own faults behind a 400", () => {
  const google = '{"error":{"code":400,"details":[{"reason":"API_KEY_INVALID"}]}}';
  expect(diagnose(geminiApiKey, 400, {}, google).code).toBe("upstream_denied");
  const credit =
    '{"error":{"message":"Your credit balance is too low to access the Anthropic API."}}';
  expect(diagnose(claudeConsole, 400, {}, credit)).toMatchObject({
    code: "upstream_limited",
    detail: { family: null },
  });
});

it("limits the class of models, or the account where the window is the account's", () => {
  const family = (headers: Record<string, string>) =>
    diagnose(claudeConsole, 429, headers).detail.family;
  const claim = "anthropic-ratelimit-unified-representative-claim";
  expect(family({})).toBe("opus");
  expect(family({ [claim]: "five_hour" })).toBeNull();
  expect(family({ [claim]: "seven_day" })).toBeNull();
  expect(family({ [claim]: "seven_day_sonnet" })).toBe("sonnet");
  const violation =
    '{"details":[{"quotaDimensions":{"location":"global","model":"gemini-2.5-pro"}}]}';
  expect(diagnose(geminiApiKey, 429, {}, violation, "x").detail.family).toBe("gemini-2.5-pro");
  expect(diagnose(geminiApiKey, 429, {}, "", "Gemini-3").detail.family).toBe("gemini-3");
});

it("reads when the quota is back, in every way that it is told", () => {
  const detail = (headers: Record<string, string>, body = "") =>
    diagnose(claudeConsole, 429, headers, body).detail;
  expect(detail({ "retry-after": "17" }).retryAfterSeconds).toBe(17);
  const dates = {
    "retry-after": "Mon, 23 Nov 2026 10:00:30 GMT",
    date: "Mon, 23 Nov 2026 10:00:00 GMT",
  };
  expect(detail(dates).retryAfterSeconds).toBe(30);
  expect(detail({ "anthropic-ratelimit-unified-reset": "1800000000" }).resetAtMs).toBe(
    1_800_000_000_000,
  );
  const windows = {
    "anthropic-ratelimit-tokens-remaining": "0",
    "anthropic-ratelimit-tokens-reset": "2026-11-23T10:00:00Z",
    "anthropic-ratelimit-requests-remaining": "5",
    "anthropic-ratelimit-requests-reset": "2026-11-23T23:00:00Z",
  };
  expect(detail(windows).resetAtMs).toBe(Date.parse("2026-11-23T10:00:00Z"));
  const google = '{"error":{"details":[{"@type":"x.RetryInfo","retryDelay":"42.5s"}]}}';
  expect(diagnose(geminiApiKey, 429, {}, google).detail.retryAfterSeconds).toBe(42.5);
  expect(
    detail({}, JSON.stringify({ error: { message: `Error: ${google}` } })).retryAfterSeconds,
  ).toBe(42.5);
  expect(detail({ "retry-after": "soon" }).retryAfterSeconds).toBeUndefined();
});

it("probes with a small body, asking for the mapped model", () => {
  const map = { entries: [{ from: "opus", to: "mapped" }] };
  for (const provider of [claudeConsole, geminiApiKey]) {
    const probe = provider.probe({ baseUrl: "https://x.test" }, map);
    expect(probe.model).toBe("mapped");
    expect(JSON.parse(decode(probe.body ?? new Uint8Array()))).toBeTypeOf("object");
    expect(provider.probe({ baseUrl: "https://x.test" }, { entries: [] }).model).not.toBe("");
  }
});
