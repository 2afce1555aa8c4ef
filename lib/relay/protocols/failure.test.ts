import { expect, it } from "vitest";
import { AppError, FAILURES, type FailureCode } from "../../shared/errors";
import { decode, encode, latin1, utf8 } from "../stream/bytes";
import { jsonArrayCutter, objectStart } from "../stream/json-array";
import { readSseFrame } from "../stream/sse";
import { anthropic } from "./anthropic/index";
import { gemini } from "./gemini/index";

const CONTEXT = { requestId: "req_1", storyUrl: "https://portal.test/requests/req_1" };
const CODES = Object.keys(FAILURES) as FailureCode[];

const rendered = (protocol: typeof anthropic, error: AppError) => {
  const { status, headers, body } = protocol.failure(error, CONTEXT);
  return { status, headers, json: JSON.parse(decode(body)) };
};

it("renders every code as Anthropic does, with the table's status", () => {
  for (const code of CODES) {
    const error = new AppError(code, "A sentence.");
    const { status, headers, json } = rendered(anthropic, error);
    expect(status, code).toBe(FAILURES[code].status || 502);
    expect(headers["request-id"]).toBe("req_1");
    expect(json).toEqual({
      type: "error",
      error: {
        type: expect.stringMatching(/^[a-z_]+$/),
        message: `A sentence. (${CONTEXT.storyUrl})`,
      },
      request_id: "req_1",
    });
  }
});

it("renders every code as Google does, with the table's status", () => {
  for (const code of CODES) {
    const { status, headers, json } = rendered(gemini, new AppError(code, "A sentence."));
    expect(status, code).toBe(FAILURES[code].status || 502);
    expect(headers["x-relay-story"]).toBe(CONTEXT.storyUrl);
    expect(json.error).toMatchObject({
      code: status,
      status: expect.stringMatching(/^[A-Z_]+$/),
      details: [{ reason: code.toUpperCase(), metadata: { requestId: "req_1" } }],
    });
  }
});

it("renders every code inside a stream, as one whole event of it", () => {
  for (const code of CODES) {
    const error = new AppError(code, 'A "sentence"\nwith a break.');
    const event = readSseFrame(latin1(anthropic.failureInBand(error, "sse", CONTEXT)));
    expect(event?.event).toBe("error");
    expect(JSON.parse(utf8(event?.data ?? ""))).toMatchObject({ type: "error" });
    const data = readSseFrame(latin1(gemini.failureInBand(error, "sse", CONTEXT)))?.data;
    expect(JSON.parse(utf8(data ?? "")).error.message).toContain('A "sentence"\nwith');
  }
});

it("ends Gemini's array with the failure as its last element", () => {
  const error = new AppError("upstream_broken", "Broken.");
  const wire = `[{"a":1}${decode(gemini.failureInBand(error, "array", CONTEXT))}`;
  expect(JSON.parse(wire)).toMatchObject([{ a: 1 }, { error: { code: 502 } }]);
  const frames: Uint8Array[] = [];
  const cutter = jsonArrayCutter((frame) => frames.push(frame));
  cutter.push(encode(wire));
  expect(cutter.closed()).toBe(true);
  expect(frames.filter((frame) => objectStart(frame) >= 0)).toHaveLength(2);
});

it("says by headers when and whether to try again", () => {
  const headersOf = (error: AppError) => rendered(anthropic, error).headers;
  expect(headersOf(new AppError("limit_reached", "x", { retryAfterSeconds: 4.2 }))).toMatchObject({
    "retry-after": "5",
  });
  expect(headersOf(new AppError("limit_reached", "x"))["x-should-retry"]).toBeUndefined();
  expect(headersOf(new AppError("budget_exhausted", "x"))["x-should-retry"]).toBe("false");
  expect(headersOf(new AppError("forbidden", "x"))["x-should-retry"]).toBe("false");
  expect(headersOf(new AppError("upstream_busy", "x"))["x-should-retry"]).toBeUndefined();
  expect(headersOf(new AppError("upstream_refused", "x"))["x-should-retry"]).toBeUndefined();
  expect(headersOf(new AppError("limit_reached", "x", { shouldRetry: false }))).toMatchObject({
    "x-should-retry": "false",
  });
});

it("tells Google's clients the waiting time where they look for it", () => {
  const { json } = rendered(
    gemini,
    new AppError("no_account", "x", { status: 429, retryAfterSeconds: 7 }),
  );
  expect(json.error).toMatchObject({ code: 429, status: "RESOURCE_EXHAUSTED" });
  expect(json.error.details[1]).toEqual({
    "@type": "type.googleapis.com/google.rpc.RetryInfo",
    retryDelay: "7s",
  });
});

it("passes an upstream's own refusal on as it is", () => {
  const bytes = encode('{"error":{"message":"theirs"}}');
  const body = { contentType: "application/json; charset=x", bytes };
  const error = new AppError("upstream_refused", "ours", { status: 422, body });
  for (const protocol of [anthropic, gemini]) {
    const answer = protocol.failure(error, CONTEXT);
    expect(answer.status).toBe(422);
    expect(answer.body).toBe(bytes);
    expect(answer.headers["content-type"]).toBe("application/json; charset=x");
    expect(answer.headers["request-id"]).toBe("req_1");
  }
});

it("names no page where there is none", () => {
  const error = new AppError("internal", "A sentence.");
  const { body, headers } = anthropic.failure(error, { requestId: "req_1", storyUrl: null });
  expect(JSON.parse(decode(body)).error.message).toBe("A sentence.");
  expect(headers).not.toHaveProperty("x-relay-story");
});
