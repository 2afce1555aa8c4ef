import fc from "fast-check";
import { expect, it } from "vitest";
import { concat, decode, encode, latin1 } from "../../stream/bytes";
import { runAll } from "../../stream/machine";
import { stringWeight } from "../../stream/text-weight";
import { event, streamedBytes, streamedMessage, wholeMessage } from "../../testing/anthropic-wire";
import { everyCut } from "../../testing/cuts";
import { anthropic } from "./index";
import { anthropicMeter } from "./meter";

const STREAM = { stream: "sse" } as const;
const metered = (
  chunks: readonly Uint8Array[],
  facts: Parameters<typeof anthropicMeter>[0] = STREAM,
) => {
  const meter = anthropicMeter(facts);
  for (const chunk of chunks) meter.push(chunk);
  meter.end();
  return {
    usage: meter.usage(),
    model: meter.reportedModel(),
    complete: meter.complete(),
    error: meter.inBandError(),
    chars: meter.deliveredChars(),
  };
};

it("reads the same from a stream wherever it is cut", () => {
  const expected = metered([streamedBytes()]);
  expect(expected).toMatchObject({
    usage: { input: 100, cacheRead: 40, cacheWrite5m: null, output: 20, reasoning: null },
    model: "claude-opus-5-5",
    complete: true,
    error: null,
    chars: 3 + 2 + 4 + 4,
  });
  for (const chunks of everyCut(streamedBytes(), 7)) expect(metered(chunks)).toEqual(expected);
});

const delta = fc.record({
  index: fc.integer({ min: 0, max: 11 }),
  kind: fc.constantFrom(
    "text_delta text",
    "input_json_delta partial_json",
    "thinking_delta thinking",
  ),
  text: fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom('"}}\n\n', '"', "\\", "✓", "a b c"),
  ),
  // Something after the text, as a relay between may add it.
  extra: fc.boolean(),
  padding: fc.constantFrom("", "   "),
});

it("weighs every delta, alike or not, whatever it holds and wherever it is cut", () => {
  fc.assert(
    fc.property(fc.array(delta, { maxLength: 12 }), fc.nat(400), (deltas, cut) => {
      const events = deltas.map(({ index, kind, text, extra, padding }) => {
        const [type = "", name = ""] = kind.split(" ");
        const more = extra ? { note: '"}}\n\n' } : {};
        const spelled = event("content_block_delta", {
          index,
          delta: { type, [name]: text, ...more },
        });
        return spelled.replace(/\}\n\n$/, `${padding}}\n\n`);
      });
      const bytes = encode(events.join(""));
      const weights = deltas.map(({ text }) =>
        stringWeight(latin1(encode(JSON.stringify(text))), 1),
      );
      const expected = weights.reduce((sum, weight) => sum + weight, 0);
      expect(metered([bytes]).chars).toBe(expected);
      expect(metered([bytes.subarray(0, cut), bytes.subarray(cut)]).chars).toBe(expected);
    }),
  );
});

it("knows usage as soon as it is stated", () => {
  const meter = anthropicMeter(STREAM);
  const [start = "", ...rest] = streamedMessage();
  meter.push(encode(start.slice(0, -1)));
  expect(meter.usage()).toBeNull();
  meter.push(encode(start.slice(-1)));
  expect(meter.usage()).toMatchObject({ input: 100, output: 1 });
  expect(meter.complete()).toBe(false);
  meter.push(encode(rest.join("")));
  expect(meter.complete()).toBe(true);
});

const usageOf = (...statements: readonly unknown[]) => {
  const [first, ...later] = statements;
  const events = [
    event("message_start", { message: { model: "m", usage: first } }),
    ...later.map((usage) => event("message_delta", { usage })),
  ];
  return metered([encode(events.join(""))]).usage;
};

it("tells missing from zero, and lets later statements replace earlier ones", () => {
  expect(usageOf({})).toBeNull();
  expect(usageOf(undefined, { output_tokens: 0 })).toMatchObject({ input: null, output: 0 });
  expect(
    usageOf({ input_tokens: 5, output_tokens: 1 }, { input_tokens: 9, output_tokens: 4 }),
  ).toMatchObject({
    input: 9,
    output: 4,
  });
  expect(usageOf({ input_tokens: 5 }, { input_tokens: null, output_tokens: 4 })).toMatchObject({
    input: 5,
  });
});

it("splits cache writes by their time, and counts an unsplit sum as five minutes", () => {
  const split = { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 4 };
  expect(usageOf({ cache_creation_input_tokens: 7, cache_creation: split })).toMatchObject({
    cacheWrite5m: 3,
    cacheWrite1h: 4,
  });
  expect(usageOf({ cache_creation_input_tokens: 7 })).toMatchObject({
    cacheWrite5m: 7,
    cacheWrite1h: null,
  });
  expect(usageOf({ cache_creation_input_tokens: 9, cache_creation: split })).toMatchObject({
    cacheWrite5m: 5,
    cacheWrite1h: 4,
  });
});

it("reads thinking, searches and compaction", () => {
  const usage = usageOf(
    { input_tokens: 1 },
    {
      output_tokens: 30,
      output_tokens_details: { thinking_tokens: 12 },
      server_tool_use: { web_search_requests: 2 },
      iterations: [
        { type: "compaction", input_tokens: 1000, output_tokens: 50 },
        { type: "message", input_tokens: 1, output_tokens: 30 },
      ],
    },
  );
  expect(usage).toMatchObject({ input: 1001, output: 80, reasoning: 12, webSearches: 2 });
});

it("never takes what a model says for what the upstream states", () => {
  const lie = event("message_delta", { usage: { output_tokens: 999_999 } });
  const wire = streamedBytes({
    deltas: [lie, '"usage":{"input_tokens":9}', "event: message_stop\n\n"],
  });
  expect(metered([wire])).toMatchObject({ usage: { input: 100, output: 20 }, complete: true });
});

it("reads an error inside the stream, with the status that it would have had", () => {
  const wire = encode(
    streamedMessage().slice(0, 4).join("") +
      event("error", { error: { type: "overloaded_error", message: "Overloaded" } }),
  );
  expect(metered([wire])).toMatchObject({
    error: { status: 529, message: "Overloaded" },
    complete: false,
  });
});

it("counts thinking and tool input as delivered, other scripts by the character", () => {
  const delta = (delta: unknown) => event("content_block_delta", { index: 0, delta });
  const chars = (...events: string[]) => metered([encode(events.join(""))]).chars;
  expect(chars(delta({ type: "thinking_delta", thinking: "abcd" }))).toBe(4);
  expect(chars(delta({ type: "input_json_delta", partial_json: '{"a":1}' }))).toBe(7);
  expect(chars(delta({ type: "text_delta", text: "日本" }))).toBe(8);
  expect(chars(delta({ type: "signature_delta", signature: "abcd" }))).toBe(0);
  const unnamed = 'data: {"type": "content_block_delta", "delta": {"text": "abc"}}\n\n';
  expect(chars(unnamed)).toBe(3);
});

it("reads a whole answer, and tells one that is not whole", () => {
  for (const chunks of everyCut(wholeMessage(), 11)) {
    expect(metered(chunks, { stream: null })).toMatchObject({
      usage: { input: 12, output: 3 },
      model: "claude-opus-5-5",
      complete: true,
    });
  }
  expect(metered([wholeMessage().slice(0, -3)], { stream: null }).complete).toBe(false);
  const error = encode('{"type":"error","error":{"type":"rate_limit_error","message":"x"}}');
  expect(metered([error], { stream: null }).error).toEqual({ status: 429, message: "x" });
});

const restore = (stream: "sse" | null, chunks: readonly Uint8Array[]) =>
  decode(concat(runAll(anthropic.restoreModel({ ...FACTS, stream }), chunks)));
const FACTS = anthropic.readCall({
  route: { face: "anthropic", protocol: "anthropic", action: "generate", model: null, method: "" },
  headers: {},
  query: new URLSearchParams(),
  body: encode('{"model":"claude-opus-5-5"}'),
  sha256: String,
});

it("puts the asked name back into the stream and changes nothing else, wherever it is cut", () => {
  const wire = encode(
    `: hello\n\n${decode(streamedBytes({ model: "gemini-3", deltas: ['"model":"gemini-3"', "é"] }))}data: half`,
  );
  const expected = decode(wire).replace('"model":"gemini-3"', '"model":"claude-opus-5-5"');
  for (const chunks of everyCut(wire, 7)) expect(restore("sse", chunks)).toBe(expected);
});

it("puts the asked name back into a whole answer", () => {
  const wire = wholeMessage("gemini-3");
  for (const chunks of everyCut(wire, 13)) {
    expect(restore(null, chunks)).toBe(decode(wholeMessage()));
  }
  expect(restore(null, [encode('{"no":"name"}')])).toBe('{"no":"name"}');
  expect(restore(null, [encode("no json")])).toBe("no json");
});
