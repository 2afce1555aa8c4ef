import { EventStreamCodec } from "@smithy/eventstream-codec";
import { describe, expect, it } from "vitest";
import { isSigned } from "../../../testing/sigv4";
import { mapModel } from "../../mapping";
import { concat, decode, encode } from "../../stream/bytes";
import { runAll } from "../../stream/machine";
import { everyCut } from "../../testing/cuts";
import { sampleSend } from "../../testing/sample-send";
import { formFields } from "../form";
import { eventStreamUnwrapper } from "./event-stream";
import { bedrock } from "./index";
import { BEDROCK_MODELS } from "./models";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const KEY = { id: "AKIATEST", secret: "s3cret/with+signs=" };
const MODEL = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
const codec = new EventStreamCodec(decode, encode);

const frame = (headers: Record<string, string>, content: object) =>
  codec.encode({
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, { type: "string" as const, value }]),
    ),
    body: encode(JSON.stringify(content)),
  });
const chunk = (event: object) =>
  frame(
    { ":message-type": "event", ":event-type": "chunk" },
    { bytes: Buffer.from(JSON.stringify(event)).toString("base64"), p: "abc" },
  );
const EVENTS = [
  { type: "message_start", message: { id: "msg_1" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Grüße 你好" } },
  { type: "message_stop", "amazon-bedrock-invocationMetrics": { inputTokenCount: 3 } },
];

describe("event stream", () => {
  it("becomes server-sent events, wherever it is cut", () => {
    const bytes = concat(EVENTS.map(chunk));
    const expected = EVENTS.map(
      (event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
    ).join("");
    for (const pieces of everyCut(bytes, 17)) {
      expect(decode(concat(runAll(eventStreamUnwrapper(), pieces)))).toBe(expected);
    }
  });

  it("ends with an error event where AWS ends it with an exception", () => {
    const exception = { ":message-type": "exception", ":exception-type": "throttlingException" };
    const bytes = concat([chunk(EVENTS[0] ?? {}), frame(exception, { message: "Too many." })]);
    const [, last] = runAll(eventStreamUnwrapper(), [bytes]).map(decode);
    expect(last).toBe(
      'event: error\ndata: {"type":"error","error":{"type":"rate_limit_error","message":"Too many."}}\n\n',
    );
  });

  it("is the upstream's failure when a byte is wrong or the end is missing", () => {
    const bytes = chunk(EVENTS[0] ?? {});
    const broken = bytes.slice();
    broken[20] = (broken[20] ?? 0) ^ 1;
    expect(() => runAll(eventStreamUnwrapper(), [broken])).toThrow(/event stream/);
    expect(() => runAll(eventStreamUnwrapper(), [bytes.subarray(0, -1)])).toThrow(/broke off/);
    expect(() => runAll(eventStreamUnwrapper(), [encode("<html>no frames</html>")])).toThrow();
  });
});

const SECRET = { accessKeyId: KEY.id, secretAccessKey: KEY.secret };
const settings = { region: "eu-west-1" };
const send = (stream: "sse" | null, changes: Parameters<typeof sampleSend>[0] = {}) => {
  const plain = sampleSend({ model: MODEL, ...changes });
  return { ...plain, facts: { ...plain.facts, stream } };
};

it("calls the model by its path, in the region's own runtime", () => {
  const path = "/model/global.anthropic.claude-haiku-4-5-20251001-v1%3A0";
  expect(bedrock.address(settings, send(null)).href).toBe(
    `https://bedrock-runtime.eu-west-1.amazonaws.com${path}/invoke`,
  );
  expect(bedrock.address({ ...settings, baseUrl: "http://b.test/" }, send("sse")).href).toBe(
    `http://b.test${path}/invoke-with-response-stream`,
  );
});

it("moves version and known betas into the body, takes model and stream out, and keeps the rest", () => {
  const body = encode('{"model":"x","max_tokens":5, "messages" : [ ],"stream":true}');
  const flags = "claude-code-20250219, interleaved-thinking-2025-05-14,context-1m-2025-08-07";
  const wire = bedrock.wire(settings, SECRET);
  const sent = (header?: string) =>
    decode(
      wire?.body(body, send("sse", { forwarded: header ? { "anthropic-beta": header } : {} })) ??
        encode(""),
    );
  expect(JSON.parse(sent(flags))).toEqual({
    anthropic_version: "bedrock-2023-05-31",
    anthropic_beta: ["interleaved-thinking-2025-05-14", "context-1m-2025-08-07"],
    max_tokens: 5,
    messages: [],
  });
  expect(JSON.parse(sent())).not.toHaveProperty("anthropic_beta");
  expect(sent()).toContain('"max_tokens":5, "messages" : [ ]');
});

it("signs what is sent, so that any change of it shows", async () => {
  const url = bedrock.address(settings, send(null));
  const body = encode('{"messages":[]}');
  const request = { method: "POST", url, headers: {}, body, nowMs: NOW };
  const signed = await bedrock.sign?.({ ...SECRET, sessionToken: "t0ken" }, settings, request);
  const headers = { host: url.host, ...signed };
  const call = { method: "POST", url, headers, body: Buffer.from(body) };
  const holds = (changes: object, by = KEY) =>
    isSigned({ ...call, ...changes }, by, "eu-west-1", "bedrock", NOW);
  expect(holds({})).toBe(true);
  expect(headers).toHaveProperty("x-amz-security-token", "t0ken");
  expect(holds({ body: Buffer.from("{}") })).toBe(false);
  expect(holds({ url: new URL("/model/other/invoke", url) })).toBe(false);
  expect(holds({}, { ...KEY, secret: "other" })).toBe(false);
  expect(JSON.stringify(headers)).not.toContain(KEY.secret);
});

it("sends an API key as a bearer and signs nothing", async () => {
  const secret = { apiKey: "ABSKtest" };
  const url = bedrock.address(settings, send(null));
  const request = { method: "POST", url, headers: {}, body: encode("{}"), nowMs: NOW };
  expect(await bedrock.sign?.(secret, settings, request)).toEqual({});
  expect(bedrock.headers(secret, settings, send(null))).toEqual({
    authorization: "Bearer ABSKtest",
  });
});

it("maps Claude's names in every form that clients use, and the asked model wins", () => {
  const mapped = (name: string) => mapModel(BEDROCK_MODELS, name)?.model;
  expect(mapped("claude-sonnet-4-5-20250929[1m]")).toBe(
    "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
  );
  expect(mapped("claude-haiku-4-5")).toBe(MODEL);
  expect(mapped("claude-opus-4-5")).not.toBe(mapped("claude-opus-4-6"));
  expect(mapped("claude-3-opus-latest")).toBe("global.anthropic.claude-opus-5-5");
  expect(mapped("gpt-5.5")).toBeUndefined();
});

it("names Bedrock's failures", () => {
  const named = (status: number, kind: string, message = "") =>
    bedrock.diagnose({
      status,
      headers: { "x-amzn-errortype": kind },
      body: JSON.stringify({ message }),
      model: MODEL,
    });
  const limited = named(429, "ThrottlingException", "Too many requests");
  expect(limited).toMatchObject({ code: "upstream_limited", detail: { family: "haiku" } });
  expect(named(429, "ThrottlingException", "Too many tokens per day").detail).toMatchObject({
    retryAfterSeconds: 900,
  });
  expect(named(429, "ModelNotReadyException").code).toBe("upstream_busy");
  expect(named(403, "AccessDeniedException", "Not authorized.").code).toBe("upstream_denied");
  const noAccess = "You don't have access to the model with the specified model ID.";
  expect(named(403, "AccessDeniedException", noAccess).code).toBe("upstream_lacks_model");
  expect(named(400, "ValidationException", "max_tokens: Field required").code).toBe(
    "upstream_refused",
  );
  expect(named(503, "ServiceUnavailableException").code).toBe("upstream_busy");
});

it("asks for a key or for an access key, each with a word to it", () => {
  expect(formFields(bedrock.secret).map(({ label }) => label)).toEqual([
    "Bedrock API key",
    "Access key id",
    "Secret access key",
    "Session token",
  ]);
  expect(bedrock.secret.safeParse({ accessKeyId: "AKIA" }).success).toBe(false);
  expect(formFields(bedrock.settings).map(({ label, kind }) => [label, kind])).toEqual([
    ["Region", "text"],
    ["Endpoint", "url"],
  ]);
});
