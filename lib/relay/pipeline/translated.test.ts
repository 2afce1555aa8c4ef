import { expect, it } from "vitest";
import { decode, encode } from "../stream/bytes";
import { answering } from "../testing/fake-ports";
import { fakeRequest } from "../testing/fake-sink";
import { type GeminiPiece, geminiEvents, piece } from "../testing/gemini-wire";
import {
  CALL,
  EVENT_STREAM,
  HEADERS,
  JSON_TYPE,
  play,
  playUntilSent,
  post,
  STREAMED,
} from "../testing/play";
import { sampleAccount } from "../testing/samples";

const GOOGLE = sampleAccount("acc_g", {
  provider: "gemini-api-key",
  openSecret: () => ({ apiKey: "AIzaSecret" }),
  modelMap: { entries: [{ from: "opus", to: "gemini-3-pro-preview" }] },
});
const USAGE = { promptTokenCount: 50, candidatesTokenCount: 9, totalTokenCount: 59 };
const PIECES: GeminiPiece[] = [{ text: "Hé" }, { text: "llo 世界", finish: "STOP", usage: USAGE }];

const streaming = (bytes: Uint8Array) => answering(200, [bytes], EVENT_STREAM);
const whole = (status: number, body: Uint8Array) => answering(status, [body], JSON_TYPE);
const sentBody = (body: Uint8Array | null | undefined) =>
  JSON.parse(decode(body ?? encode("null")));
const eventsOf = (text: string) =>
  text
    .split("\n\n")
    .filter(Boolean)
    .map((frame) => JSON.parse(frame.slice(frame.indexOf("data: ") + 6)));

it("asks Gemini for a Claude client, and answers its stream in its own events", async () => {
  const { sink, told } = await play(
    { pool: [GOOGLE], upstream: streaming(geminiEvents(PIECES)) },
    post({ ...STREAMED, system: "Be brief." }),
  );
  const [{ request } = { request: null }] = told.dispatched;
  expect(request?.url.href).toContain("/models/gemini-3-pro-preview:streamGenerateContent?alt=sse");
  expect(sentBody(request?.body)).toMatchObject({
    contents: [{ role: "user", parts: [{ text: "Hi" }] }],
    systemInstruction: { parts: [{ text: "Be brief." }] },
    generationConfig: { maxOutputTokens: 10 },
  });
  expect(request?.headers).not.toHaveProperty("anthropic-version");
  expect(sink.headers["content-type"]).toContain("text/event-stream");
  const events = eventsOf(sink.text());
  expect(events[0]).toMatchObject({ type: "message_start", message: { model: CALL.model } });
  expect(events.at(-1)).toEqual({ type: "message_stop" });
  const text = events.map(({ delta }) => delta?.text ?? "").join("");
  expect(text).toBe("Héllo 世界");
  expect(sink.ended).toBe("end");
});

it("books what the upstream stated, by the name that was sent", async () => {
  const { told } = await play(
    { pool: [GOOGLE], upstream: streaming(geminiEvents(PIECES)) },
    post(STREAMED),
  );
  expect(told.settled).toMatchObject([
    { status: 200, outcome: "complete", face: "anthropic", requestedModel: "claude-opus-5-5" },
  ]);
  expect(told.settled[0]?.attempts).toMatchObject([
    { sentModel: "gemini-3-pro-preview", estimated: false, usage: { input: 50, output: 9 } },
  ]);
});

it("gives the same stream wherever the upstream's bytes are cut", async () => {
  const bytes = geminiEvents(PIECES);
  const uncut = await play({ pool: [GOOGLE], upstream: streaming(bytes) }, post(STREAMED));
  for (let at = 1; at < bytes.length; at += 7) {
    const { call, done, sink } = await playUntilSent({ pool: [GOOGLE], upstream: () => {} });
    call.handler.onHead(200, EVENT_STREAM);
    call.handler.onData(bytes.subarray(0, at));
    call.handler.onData(bytes.subarray(at));
    call.handler.onEnd();
    await done;
    expect(sink.text(), `cut at ${at}`).toBe(uncut.sink.text());
  }
});

it("answers a whole message, and streams one that the upstream sent whole", async () => {
  const body = encode(JSON.stringify(piece({ text: "Hi!", finish: "STOP", usage: USAGE })));
  const upstream = whole(200, body);
  const { sink } = await play({ pool: [GOOGLE], upstream }, post());
  expect(sink.json()).toMatchObject({
    type: "message",
    model: CALL.model,
    content: [{ type: "text", text: "Hi!" }],
    stop_reason: "end_turn",
    usage: { input_tokens: 50, output_tokens: 9 },
  });
  const streamed = await play({ pool: [GOOGLE], upstream }, post(STREAMED));
  expect(eventsOf(streamed.sink.text()).at(-1)).toEqual({ type: "message_stop" });
});

it("counts tokens by the other upstream's counter, in the client's own words", async () => {
  const upstream = whole(200, encode('{"totalTokens":321}'));
  const request = post(CALL, HEADERS, "/api/v1/messages/count_tokens");
  const { sink, told } = await play({ pool: [GOOGLE], upstream }, request);
  expect(sink.json()).toEqual({ input_tokens: 321 });
  expect(told.dispatched[0]?.request.url.href).toContain(":countTokens");
});

it("names in a header what could not be carried", async () => {
  const cached = [{ type: "text", text: "Long.", cache_control: { type: "ephemeral" } }];
  const { sink } = await play(
    { pool: [GOOGLE], upstream: streaming(geminiEvents(PIECES)) },
    post({ ...STREAMED, system: cached }),
  );
  expect(sink.headers["x-relay-losses"]).toContain("cache-hint=");
  expect(sink.headers["x-relay-losses"]).not.toContain("Long");
});

it("tells the upstream's refusal in the client's envelope, with its sentence", async () => {
  const refused = { error: { code: 400, message: "Bad schema.", status: "INVALID_ARGUMENT" } };
  const upstream = whole(400, encode(JSON.stringify(refused)));
  const { sink } = await play({ pool: [GOOGLE], upstream }, post(STREAMED));
  expect(sink.status).toBe(400);
  expect(sink.json()).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
  expect(sink.text()).toContain("Bad schema.");
});

it("never ends a broken stream as if it were whole", async () => {
  const begun = geminiEvents([{ text: "Hé" }]);
  const { sink, told } = await play({ pool: [GOOGLE], upstream: streaming(begun) }, post(STREAMED));
  const last = eventsOf(sink.text()).at(-1);
  expect(last).toMatchObject({ type: "error" });
  expect(told.settled).toMatchObject([{ outcome: "cut", failure: "upstream_broken" }]);
});

it("asks another account when the answer fails before anything was told", async () => {
  const failing = encode(
    'data: {"error":{"code":503,"message":"Overloaded.","status":"UNAVAILABLE"}}\r\n\r\n',
  );
  let asked = 0;
  const { sink, told } = await play(
    {
      pool: [GOOGLE, { ...GOOGLE, id: "acc_h" }],
      upstream(call) {
        asked++;
        const bytes = asked === 1 ? failing : geminiEvents(PIECES);
        streaming(bytes)(call);
      },
    },
    post(STREAMED),
  );
  expect(told.settled[0]?.attempts.map(({ failure }) => failure)).toEqual(["upstream_busy", null]);
  expect(eventsOf(sink.text()).at(-1)).toEqual({ type: "message_stop" });
});

it("refuses a body that is no call before it asks anybody", async () => {
  const { sink, told } = await play({ pool: [GOOGLE] }, post({ ...CALL, messages: "Hi" }));
  expect(sink.status).toBe(400);
  expect(told.dispatched).toEqual([]);
  expect(told.settled).toMatchObject([{ failure: "invalid_request" }]);
});

it("serves a model of another maker by the alias that Claude Code lists", async () => {
  const open = { ...GOOGLE, modelMap: { entries: [] } };
  const upstream = streaming(geminiEvents(PIECES));
  const { told, sink } = await play(
    { pool: [open], upstream },
    post({ ...STREAMED, model: "claude-gemini-3-pro-preview" }),
  );
  expect(told.settled[0]?.attempts[0]?.sentModel).toBe("gemini-3-pro-preview");
  expect(sink.text()).toContain('"model":"claude-gemini-3-pro-preview"');
});

it("lists models of other makers to Claude clients by alias, and by their own name to others", async () => {
  const model = { displayName: "", createdAtMs: 0, inputTokenLimit: null, outputTokenLimit: null };
  const ports = { knownModels: () => [{ ...model, id: "gemini-3-pro-preview" }] };
  const open = { ...GOOGLE, modelMap: { entries: [] } };
  const idsAt = async (path: string) => {
    const request = fakeRequest(path, null, { method: "GET", headers: HEADERS });
    const { sink } = await play({ pool: [open], ports }, request);
    return JSON.stringify(sink.json()).match(/"(?:id|name)":"[^"]*"/g);
  };
  expect(await idsAt("/v1/models")).toEqual(['"id":"claude-gemini-3-pro-preview"']);
  expect(await idsAt("/v1/models/claude-gemini-3-pro-preview")).toEqual([
    '"id":"claude-gemini-3-pro-preview"',
  ]);
  expect(await idsAt("/openai/v1/models")).toEqual(['"id":"gemini-3-pro-preview"']);
  expect(await idsAt("/gemini/v1beta/models")).toEqual(['"name":"models/gemini-3-pro-preview"']);
});
