import { expect, it } from "vitest";
import type { CallAction, StreamForm } from "../../model";
import { concat, decode, encode } from "../../stream/bytes";
import { runAll } from "../../stream/machine";
import { everyCut } from "../../testing/cuts";
import { type GeminiPiece, geminiArray, geminiEvents, piece } from "../../testing/gemini-wire";
import { gemini } from "./index";
import { geminiMeter } from "./meter";
import { geminiUsage } from "./usage";

const PIECES: GeminiPiece[] = [
  { text: "Hé", usage: { promptTokenCount: 50, totalTokenCount: 50 } },
  {
    text: 'say "usageMetadata" {',
    usage: { promptTokenCount: 50, candidatesTokenCount: 4, thoughtsTokenCount: 6 },
  },
  {
    text: "!",
    finish: "STOP",
    usage: {
      promptTokenCount: 50,
      cachedContentTokenCount: 20,
      candidatesTokenCount: 9,
      thoughtsTokenCount: 6,
      totalTokenCount: 65,
    },
  },
];

const metered = (stream: StreamForm | null, chunks: readonly Uint8Array[]) => {
  const meter = geminiMeter({ stream });
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

it("reads the same from both stream forms, wherever they are cut", () => {
  const expected = {
    usage: {
      input: 30,
      cacheRead: 20,
      cacheWrite5m: null,
      cacheWrite1h: null,
      output: 15,
      reasoning: 6,
      images: null,
      webSearches: null,
    },
    model: "gemini-3-pro-preview",
    complete: true,
    error: null,
    chars: 5 + 21 + 1,
  };
  for (const chunks of everyCut(geminiEvents(PIECES), 17)) {
    expect(metered("sse", chunks)).toEqual(expected);
  }
  for (const chunks of everyCut(geminiArray(PIECES), 23)) {
    expect(metered("array", chunks)).toEqual(expected);
  }
});

it("knows usage while the stream still runs", () => {
  const meter = geminiMeter({ stream: "sse" });
  meter.push(geminiEvents(PIECES.slice(0, 1)));
  expect(meter.usage()).toMatchObject({ input: 50, output: null });
  meter.push(geminiEvents(PIECES.slice(1, 2)));
  expect(meter.usage()).toMatchObject({ output: 10, reasoning: 6 });
  expect(meter.complete()).toBe(false);
  meter.push(geminiEvents([{ text: "no usage here" }]));
  expect(meter.usage()).toMatchObject({ output: 10 });
});

it("is complete when the model or a filter finished, and the array is closed", () => {
  expect(metered("sse", [geminiEvents(PIECES.slice(0, 2))]).complete).toBe(false);
  expect(
    metered("sse", [encode('data: {"promptFeedback":{"blockReason":"OTHER"}}\n\n')]).complete,
  ).toBe(true);
  const open = decode(geminiArray(PIECES)).trimEnd().slice(0, -1);
  expect(metered("array", [encode(open)]).complete).toBe(false);
});

it("counts as Google bills", () => {
  expect(geminiUsage({ promptTokenCount: 10, candidatesTokenCount: 5 })).toMatchObject({
    input: 10,
    output: 5,
    reasoning: null,
  });
  expect(
    geminiUsage({
      promptTokenCount: 32,
      toolUsePromptTokenCount: 4610,
      candidatesTokenCount: 25,
      thoughtsTokenCount: 37,
    }),
  ).toMatchObject({ input: 4642, output: 62, reasoning: 37 });
  expect(geminiUsage({ promptTokenCount: 14, totalTokenCount: 14 })).toMatchObject({
    input: 14,
    output: null,
  });
  expect(geminiUsage({ promptTokenCount: 0, candidatesTokenCount: 0 })).toMatchObject({
    input: 0,
    output: 0,
    cacheRead: null,
  });
  expect(geminiUsage({ promptTokenCount: "12" })).toMatchObject({ input: 12 });
  expect(geminiUsage({ trafficType: "ON_DEMAND" })).toBeNull();
  expect(geminiUsage(undefined)).toBeNull();
});

it("takes no tool call's arguments for a statement of the upstream", () => {
  const call = {
    candidates: [
      {
        content: {
          parts: [
            {
              functionCall: {
                args: {
                  usageMetadata: { promptTokenCount: 7 },
                  error: { code: 500 },
                  modelVersion: "x",
                },
              },
            },
          ],
        },
      },
    ],
  };
  const found = metered("sse", [encode(`data: ${JSON.stringify(call)}\n\n`)]);
  expect(found).toMatchObject({ usage: null, model: null, error: null });
});

it("reads an error inside a stream", () => {
  const wire = encode(
    'data: {"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED"}}\n\n',
  );
  expect(metered("sse", [wire]).error).toEqual({ status: 429, message: "Quota" });
});

it("reads a whole answer, and tells one that is not whole", () => {
  const wire = encode(JSON.stringify(piece(PIECES[2] ?? {}), null, 2));
  for (const chunks of everyCut(wire, 19)) {
    expect(metered(null, chunks)).toMatchObject({ usage: { output: 15 }, complete: true });
  }
  expect(metered(null, [wire.slice(0, -1)]).complete).toBe(false);
});

const read = (
  method: string,
  alt: string | null,
  body: unknown = {},
  headers: Record<string, string> = {},
  action: CallAction = "generate",
) =>
  gemini.readCall({
    route: { face: "gemini", protocol: "gemini", action, model: "gemini-3-pro-preview", method },
    headers,
    query: new URLSearchParams(alt ? { alt } : {}),
    body: encode(JSON.stringify(body)),
    sha256: (text) => `hash of ${text}`,
  });

it("reads model and form from the address", () => {
  expect(read("generateContent", null)).toMatchObject({
    stream: null,
    model: "gemini-3-pro-preview",
  });
  expect(read("streamGenerateContent", "sse").stream).toBe("sse");
  expect(read("streamGenerateContent", null).stream).toBe("array");
  expect(read("countTokens", null, {}, {}, "count").stream).toBeNull();
});

it("reads the bound of output in every spelling", () => {
  const bound = (body: unknown) => read("generateContent", null, body).maxOutputTokens;
  expect(bound({ generationConfig: { maxOutputTokens: 7 } })).toBe(7);
  expect(bound({ generation_config: { max_output_tokens: "8" } })).toBe(8);
  expect(bound({ generationConfig: { maxOutputTokens: -1 } })).toBeNull();
  const twice = { maxOutputTokens: 3, max_output_tokens: 9 };
  expect(bound({ generationConfig: twice, generation_config: { maxOutputTokens: 5 } })).toBe(9);
  expect(bound({ generationConfig: { maxOutputTokens: 0, max_output_tokens: null } })).toBe(0);
  expect(bound({})).toBeNull();
});

it("takes the session from where it is named, else from the beginning", () => {
  const contents = [{ role: "user", parts: [{ text: "Hi" }] }];
  expect(read("generateContent", null, { session_id: "s" }).session).toBe("s");
  expect(read("generateContent", null, {}, { "x-session-id": "h" }).session).toBe("h");
  expect(read("generateContent", null, { contents }).session).toMatch(/^hash of /);
  expect(read("generateContent", null, {}).session).toBeNull();
});

it("puts the asked name back into every piece and changes nothing else", () => {
  const facts = read("streamGenerateContent", "sse");
  const asked = (stream: StreamForm | null, chunks: readonly Uint8Array[]) =>
    decode(concat(runAll(gemini.restoreModel({ ...facts, stream }), chunks)));
  const mapped = PIECES.map((one) => ({ ...one, model: "other-1" }));
  for (const chunks of everyCut(geminiEvents(mapped), 29)) {
    expect(asked("sse", chunks)).toBe(decode(geminiEvents(PIECES)));
  }
  for (const chunks of everyCut(geminiArray(mapped), 31)) {
    expect(asked("array", chunks)).toBe(decode(geminiArray(PIECES)));
  }
  const whole = (model: string) => encode(JSON.stringify(piece({ text: "é", model })));
  expect(asked(null, [whole("other-1")])).toBe(decode(whole("gemini-3-pro-preview")));
});
