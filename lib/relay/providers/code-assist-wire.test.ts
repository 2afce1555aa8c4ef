import { describe, expect, it } from "vitest";
import type { StreamForm } from "../model";
import { concat, decode, encode } from "../stream/bytes";
import { runAll } from "../stream/machine";
import { everyCut } from "../testing/cuts";
import { geminiEvents, piece } from "../testing/gemini-wire";
import { sampleSend } from "../testing/sample-send";
import { codeAssistWire } from "./code-assist-wire";

const wire = codeAssistWire("proj-1");
const CONTENTS = [{ role: "user", parts: [{ text: "Hé" }] }];
const streamed = (stream: StreamForm | null) => {
  const plain = sampleSend({ protocol: "gemini", model: "gemini-3-pro-preview" });
  return { ...plain, facts: { ...plain.facts, stream } };
};
const WRAPPED = sampleSend({ protocol: "code-assist" });
const sent = (body: string | object, send = streamed(null)) =>
  decode(wire.body(encode(typeof body === "string" ? body : JSON.stringify(body)), send));

describe("a call", () => {
  it("is wrapped byte for byte, with the account's project", () => {
    const body = '\uFEFF{ "contents" : [1.0, "\\u00e9"],"session_id":"s" }';
    expect(sent(body)).toBe(
      `{"model":"gemini-3-pro-preview","project":"proj-1","request":${body.slice(1)}}`,
    );
  });

  it("that a client wrapped keeps every field but the project", () => {
    const call = { model: "m", user_prompt_id: "u", request: { session_id: "s" }, future: 1 };
    for (const given of [{ ...call, project: "the-client's" }, { ...call, project: null }, call]) {
      expect(JSON.parse(sent(given, WRAPPED))).toEqual({ ...call, project: "proj-1" });
    }
  });

  it("is refused where no project is known, but may be counted", () => {
    const bare = codeAssistWire(undefined);
    for (const send of [streamed(null), WRAPPED]) {
      expect(() => bare.body(encode("{}"), send)).toThrow(/enter its id/);
      expect(() => bare.body(encode("{}"), { ...send, action: "count" })).not.toThrow();
    }
  });
});

describe("a count", () => {
  const count = (body: object) =>
    JSON.parse(sent(body, { ...streamed(null), action: "count" })).request;

  it("names the model inside and takes contents from where they lie", () => {
    const expected = { model: "models/gemini-3-pro-preview", contents: CONTENTS };
    expect(count({ contents: CONTENTS })).toEqual(expected);
    expect(count({ generateContentRequest: { contents: CONTENTS } })).toEqual(expected);
  });

  it("counts instructions and tools too", () => {
    const system = { parts: [{ text: "Be brief." }] };
    const tool = { functionDeclarations: [{ name: "f" }] };
    const request = { system_instruction: system, tools: [tool], contents: CONTENTS };
    expect(count({ generateContentRequest: request }).contents).toEqual([
      { role: "user", parts: [{ text: "Be brief." }, { text: JSON.stringify(tool) }] },
      ...CONTENTS,
    ]);
  });

  it("of a client's own wrapping passes as it is", () => {
    const body = '{"request": {"model":"models/m","contents":[]}}';
    expect(sent(body, { ...WRAPPED, action: "count" })).toBe(body);
  });
});

const PIECES = [{ text: 'Hé "response":' }, { text: "llo", finish: "STOP" }];
const enveloped = (one: object) => JSON.stringify({ traceId: "t", response: one, more: {} });
const EVENTS = encode(PIECES.map((one) => `data: ${enveloped(piece(one))}\r\n\r\n`).join(""));

function unwrapped(chunks: Iterable<Uint8Array>, stream: StreamForm): string {
  const machine = wire.stream?.(streamed(stream));
  if (!machine) throw new Error("no machine");
  return decode(concat(runAll(machine, chunks)));
}

describe("an answer", () => {
  it("leaves its envelope byte for byte, wherever the stream is cut", () => {
    const expected = decode(geminiEvents(PIECES));
    for (const chunks of everyCut(EVENTS, 53)) expect(unwrapped(chunks, "sse")).toBe(expected);
  });

  it("becomes the array that the caller asked for, wherever the stream is cut", () => {
    const expected = PIECES.map(piece);
    for (const chunks of everyCut(EVENTS, 53)) {
      expect(JSON.parse(unwrapped(chunks, "array"))).toEqual(expected);
    }
  });

  it("that broke off leaves its array open, so that a failure can be its last element", () => {
    const first = encode(`data: ${enveloped(piece({ text: "Hé" }))}\r\n\r\n`);
    const text = unwrapped([first], "array");
    expect(JSON.parse(`${text},{"error":{}}]`)).toHaveLength(2);
    expect(() => JSON.parse(text)).toThrow();
  });

  it("keeps comments and failures, and reads data of several lines", () => {
    const failure = 'data: {"error":{"code":503}}\r\n\r\n';
    expect(unwrapped([encode(`: hi\n\n${failure}`)], "sse")).toBe(`: hi\n\n${failure}`);
    expect(unwrapped([encode(`: hi\n\n${failure}`)], "array")).toBe('[{"error":{"code":503}}\n]\n');
    const lines = 'data: {"response":\ndata: {"a":1}}\n\n';
    expect(unwrapped([encode(lines)], "sse")).toBe('data: {"a":1}\r\n\r\n');
  });

  it("that is no JSON is the upstream's failure", () => {
    const whole = () => wire.whole?.(encode("<html>"), streamed(null));
    for (const read of [whole, () => unwrapped([encode('data: {"response\n\n')], "sse")]) {
      expect(read).toThrow(expect.objectContaining({ code: "upstream_broken" }));
    }
  });

  it("to a client that speaks Code Assist itself stays as it came", () => {
    const machine = wire.stream?.(WRAPPED);
    expect(machine && decode(concat(runAll(machine, [EVENTS])))).toBe(decode(EVENTS));
    expect(wire.whole?.(EVENTS, WRAPPED)).toBe(EVENTS);
  });

  it("is unwrapped whole, and a count stays as it is", () => {
    const whole = wire.whole?.(encode(enveloped(piece({ text: "é" }))), streamed(null));
    expect(JSON.parse(decode(whole ?? encode("")))).toEqual(piece({ text: "é" }));
    const count = encode('{"totalTokens":3}');
    expect(wire.whole?.(count, streamed(null))).toBe(count);
  });
});
