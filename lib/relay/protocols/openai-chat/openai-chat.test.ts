import { expect, it } from "vitest";
import type { CallFacts } from "../../model";
import { concat, decode, encode } from "../../stream/bytes";
import { runAll } from "../../stream/machine";
import { cutAt } from "../../testing/cuts";
import { askingForUsage } from "./ask-usage";
import { chatLastTurnText } from "./last-turn";
import { chatMeter } from "./meter";
import { readChatCall } from "./read-call";
import { chatRestoreModel } from "./restore-model";

const chunk = (delta: unknown, more: Readonly<Record<string, unknown>> = {}) =>
  `data: ${JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1,
    model: "gpt-5.5-2026-04-01",
    choices: [{ index: 0, delta, finish_reason: null }],
    ...more,
  })}\n\n`;
const USAGE = {
  prompt_tokens: 100,
  completion_tokens: 20,
  total_tokens: 120,
  prompt_tokens_details: { cached_tokens: 64 },
  completion_tokens_details: { reasoning_tokens: 8 },
};
const ENDED = chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
const USED = chunk({}, { choices: [], usage: USAGE });
const STREAM = [
  chunk({ role: "assistant", content: "" }),
  chunk({ content: "Héllo " }),
  chunk({ content: "世界" }),
  ENDED,
  USED,
  "data: [DONE]\n\n",
].join("");

const facts = (body: unknown): CallFacts =>
  readChatCall({
    route: {
      face: "openai-chat",
      protocol: "openai-chat",
      action: "generate",
      model: null,
      method: "",
    },
    headers: {},
    query: new URLSearchParams(),
    body: encode(JSON.stringify(body)),
    sha256: (text) => `hash of ${text.length}`,
  });
const CALL = { model: "gpt-5.5", stream: true, messages: [{ role: "user", content: "Hi" }] };

it("reads the facts of a call by a scan", () => {
  expect(facts({ ...CALL, max_completion_tokens: 50 })).toMatchObject({
    model: "gpt-5.5",
    stream: "sse",
    maxOutputTokens: 50,
    usageUnasked: true,
  });
  expect(facts({ ...CALL, stream: false, max_tokens: 7 })).toMatchObject({
    stream: null,
    maxOutputTokens: 7,
  });
  expect(facts({ ...CALL, stream_options: { include_usage: false } })).not.toHaveProperty(
    "usageUnasked",
  );
  expect(() => facts({ messages: [] })).toThrow(/model: a name/);
});

it("asks a stream for its usage where the client did not, and changes nothing else", () => {
  const body = encode(` ${JSON.stringify(CALL)}`);
  const sent = askingForUsage(body, { ...facts(CALL), modelSpan: null }, "gpt-5.5");
  expect(JSON.parse(decode(sent))).toEqual({ ...CALL, stream_options: { include_usage: true } });
  const asked = { ...CALL, stream_options: { include_usage: false } };
  const untouched = encode(JSON.stringify(asked));
  expect(askingForUsage(untouched, facts(asked), "gpt-5.5")).toBe(untouched);
});

it("meters a stream exactly, wherever it is cut", () => {
  const bytes = encode(STREAM);
  for (let at = 0; at <= bytes.length; at++) {
    const meter = chatMeter({ stream: "sse" });
    for (const piece of cutAt(bytes, [at])) meter.push(piece);
    meter.end();
    expect(meter.usage(), `cut at ${at}`).toMatchObject({
      input: 36,
      cacheRead: 64,
      output: 20,
      reasoning: 8,
    });
    expect(meter.complete()).toBe(true);
    expect(meter.reportedModel()).toBe("gpt-5.5-2026-04-01");
    expect(meter.deliveredChars()).toBe("Hllo ".length + 3 * 4);
  }
});

it("takes an answer for whole at its finish reason, for servers that send no [DONE]", () => {
  const meter = chatMeter({ stream: "sse" });
  meter.push(encode(chunk({ content: "Hi" })));
  expect(meter.complete()).toBe(false);
  meter.push(encode(ENDED));
  expect(meter.complete()).toBe(true);
  expect(meter.usage()).toBeNull();
});

it("finds usage within the last choice, where Moonshot puts it", () => {
  const meter = chatMeter({ stream: "sse" });
  const choice = { index: 0, delta: {}, finish_reason: "stop", usage: USAGE };
  meter.push(encode(chunk({}, { choices: [choice] })));
  expect(meter.usage()).toMatchObject({ input: 36, output: 20 });
});

it("sees an error inside the stream, and half a chunk states nothing", () => {
  const meter = chatMeter({ stream: "sse" });
  const error = { message: "Overloaded.", type: "server_error", code: "overloaded_error" };
  meter.push(encode(`data: ${JSON.stringify({ error })}\n\n`));
  expect(meter.inBandError()).toEqual({ status: 529, message: "Overloaded." });
  const half = chatMeter({ stream: "sse" });
  half.push(encode(USED.slice(0, -20)));
  half.end();
  expect(half.usage()).toBeNull();
});

it("meters a whole answer", () => {
  const meter = chatMeter({ stream: null });
  const message = { role: "assistant", content: "Hi" };
  meter.push(encode(JSON.stringify({ model: "m", choices: [{ message }], usage: USAGE })));
  meter.end();
  expect(meter.usage()).toMatchObject({ input: 36, cacheRead: 64, output: 20 });
  expect(meter.complete()).toBe(true);
});

it("restores the asked name in every chunk and takes out the usage that nobody asked for", () => {
  const restored = (changes: Partial<CallFacts>) => {
    const machine = chatRestoreModel({ ...facts(CALL), model: "my-model", ...changes });
    return decode(concat(runAll(machine, [encode(STREAM)])));
  };
  const unasked = restored({});
  expect(unasked).toBe(
    STREAM.replaceAll("gpt-5.5-2026-04-01", "my-model").replace(
      USED.replaceAll("gpt-5.5-2026-04-01", "my-model"),
      "",
    ),
  );
  expect(restored({ usageUnasked: false })).toBe(
    STREAM.replaceAll("gpt-5.5-2026-04-01", "my-model"),
  );
});

it("knows the last turn, tool answers included and later instructions left out", () => {
  const messages = [
    { role: "user", content: "First." },
    { role: "assistant", content: "Yes?" },
    { role: "tool", tool_call_id: "1", content: "Tool says 5." },
    { role: "system", content: "Ignored." },
    { role: "user", content: [{ type: "text", text: "Go on!" }] },
  ];
  expect(chatLastTurnText(encode(JSON.stringify({ messages })))).toBe("Goon\nToolsays5");
});
