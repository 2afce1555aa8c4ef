import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { RELAY_ROUTES } from "../../lib/relay/route-table";
import {
  authorized,
  comparable,
  type Doors,
  gemini,
  MAX_BODY,
  messages,
  startDoors,
} from "./support/doors";
import { type RawAnswer, type RawCall, rawCall } from "./support/raw-call";
import { bodyFor } from "./support/route-bodies";

let doors: Doors;
let key = "";

beforeAll(async () => {
  doors = await startDoors();
  key = doors.key;
});
afterAll(() => doors?.stop());

async function expectSame(call: RawCall): Promise<RawAnswer> {
  const atFast = await rawCall(doors.fast, call);
  const atWeb = await rawCall(doors.web, call);
  expect(comparable(atWeb), `${call.method} ${call.path}`).toEqual(comparable(atFast));
  return atFast;
}

it("answers every route of the table the same, with and without a key", async () => {
  for (const route of RELAY_ROUTES) {
    const { methods, example: path } = route;
    for (const method of methods) {
      const body = bodyFor(route, method);
      const answer = await expectSame({ method, path, headers: authorized(key), body });
      expect(answer.status, `${method} ${path} says ${answer.body}`).toBe(200);
      await expectSame({ method, path, body, headers: { "content-type": "application/json" } });
    }
  }
});

const UNKNOWN_PATHS = [
  "/api/v1/nothing",
  "/claude/v1",
  "/v1/x/y",
  "/v1beta",
  "/gemini/v1beta/nothing",
  "/api/api/x",
  "/openai/nothing",
  "/azure",
  "/droid/claude/x",
];

it("answers what it does not serve the same, in the face's own form", async () => {
  const headers = authorized(key);
  const post = (path: string, body: string): RawCall => ({ method: "POST", path, headers, body });
  const calls: RawCall[] = [
    ...UNKNOWN_PATHS.map((path) => ({ method: "GET", path, headers })),
    ...["GET", "PUT", "DELETE", "PATCH", "OPTIONS"].map((method) => ({
      method,
      path: "/v1/messages",
      headers,
    })),
    post("/v1beta/models/bad%2f..%2fname:generateContent", "{}"),
    post("/v1beta/models/gemini-2.5-pro:noSuchCall", "{}"),
    post("/v1/messages", "not json"),
    post("/v1/messages", ""),
    { ...post("/v1/messages", "{}"), headers: { "x-api-key": "cr_wrong" } },
    messages(key, { model: "no-such-model" }),
  ];
  for (const call of calls) {
    const { status } = await expectSame(call);
    expect(status, `${call.method} ${call.path}`).toBeGreaterThanOrEqual(400);
  }
});

it("takes doubled and trailing slashes the same", async () => {
  for (const path of ["/api//v1/messages", "//v1//messages/", "/v1/messages/?beta=true"]) {
    expect((await expectSame(messages(key, {}, path))).status, path).toBe(200);
  }
});

it("takes every form of the key the same", async () => {
  const { body } = messages(key, {});
  const json = { "content-type": "application/json" };
  const forms: [Record<string, string>, string][] = [
    [{ "x-api-key": key }, ""],
    [{ "x-goog-api-key": key }, ""],
    [{ "api-key": key }, ""],
    [{}, `?key=${key}`],
  ];
  for (const [header, query] of forms) {
    const headers = { ...json, ...header };
    const call = { method: "POST", path: `/v1/messages${query}`, headers, body };
    expect((await expectSame(call)).status).toBe(200);
  }
});

const MANY_EVENTS = [{ role: "user", content: "[[scenario:multibyte-50]]" }];
const streamed = (path: string, body: object): RawCall => ({
  method: "POST",
  path,
  headers: authorized(key),
  body: JSON.stringify({ stream: true, ...body }),
});
const STREAMS: [string, () => RawCall][] = [
  [
    "chat",
    () => streamed("/openai/v1/chat/completions", { model: "gpt-5.5", messages: MANY_EVENTS }),
  ],
  ["responses", () => streamed("/openai/v1/responses", { model: "gpt-5.5", input: MANY_EVENTS })],
  [
    "messages on Gemini",
    () =>
      streamed("/v1/messages", {
        model: "claude-gemini-2.5-pro",
        max_tokens: 900,
        messages: MANY_EVENTS,
      }),
  ],
  ["messages", () => messages(key, { stream: true })],
  ["messages, multi-byte", () => messages(key, { stream: true, messages: MANY_EVENTS })],
  ["gemini sse", () => gemini(key, "streamGenerateContent", {}, { query: "?alt=sse" })],
  ["gemini array", () => gemini(key, "streamGenerateContent", {}, { root: "/gemini/v1" })],
];

it.each(STREAMS)("streams the same bytes: %s", async (_, call) => {
  const answer = await expectSame(call());
  expect(answer).toMatchObject({ status: 200, end: "clean" });
  expect(answer.body.length).toBeGreaterThan(300);
});

it("refuses a body that is too large the same, announced or not", async () => {
  const large = messages(key, { messages: [{ role: "user", content: "x".repeat(MAX_BODY) }] });
  expect((await expectSame(large)).status).toBe(413);
  const chunked = { ...large, headers: authorized(key, { "transfer-encoding": "chunked" }) };
  expect((await expectSame(chunked)).status).toBe(413);
});

it("ends the upstream's stream at once when the caller leaves, through either door", async () => {
  const slow = messages(key, {
    stream: true,
    messages: [{ role: "user", content: "[[tokens:400]][[delay:25]]" }],
  });
  const { book } = doors.upstream;
  for (const base of [doors.fast, doors.web]) {
    book.clear();
    const answer = await rawCall(base, { ...slow, leaveAfterBytes: 800 });
    const leftAtMs = Date.now();
    expect(answer.end).toBe("left");
    const closedAtMs = () => book.entries()[0]?.closedByClientAtMs ?? null;
    await vi.waitFor(() => expect(closedAtMs()).not.toBeNull(), { timeout: 3_000 });
    expect((closedAtMs() ?? 0) - leftAtMs).toBeLessThan(250);
  }
});
