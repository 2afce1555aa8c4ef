import { NO_USAGE, type ProtocolId } from "../model";
import type { NeutralCall, Tool } from "../neutral";
import type { AnswerBlock, NeutralAnswer } from "../neutral-answer";
import type { Block, Extra, ImageBlock, MediaSource, TextBlock } from "../neutral-blocks";
import { neutralCall, textBlock, toolResult, turn } from "./neutral-call";
import { toolCall } from "./thinkers";

const SOURCES: readonly MediaSource[] = [
  { kind: "data", mime: "image/heic", base64: "AAAA" },
  { kind: "data", mime: "audio/wav", base64: "AAAA" },
  { kind: "data", mime: "application/pdf", base64: "AAAA" },
  { kind: "url", url: "http://a.test/x.png", mime: null },
  { kind: "text", text: "plain", mime: "text/plain" },
  { kind: "file", protocol: "gemini", id: "files/1", mime: "image/png" },
  { kind: "file", protocol: "openai-responses", id: "file-1", mime: null },
  { kind: "file", protocol: "anthropic", id: "file_1", mime: null },
];
const CITED: TextBlock = {
  ...textBlock("It is so"),
  citations: [
    { url: "https://a.test", title: "A", citedText: "so", start: 0, end: 5 },
    { url: null, title: "B", citedText: "so", start: null, end: null },
  ],
};
const SCHEMA = {
  type: "object",
  properties: { path: { type: "string", minLength: 1, pattern: "^/" }, n: { $ref: "#/$defs/n" } },
  $defs: { n: { type: "integer", minimum: 1, multipleOf: 2 } },
  patternProperties: { "^x": { type: "string" } },
};

/** An image of the plainest kind, which everyone takes. */
const PNG: ImageBlock = {
  kind: "image",
  source: { kind: "data", mime: "image/png", base64: "iVBORw0KGgo=" },
  detail: null,
  cache: null,
};

function extraOf(protocol: ProtocolId): Extra {
  return { protocol, fields: { only_here: true } };
}

function everyTool(extra: Extra): Tool[] {
  const named = { description: "Reads", namespace: null, extra } as const;
  const schema = SCHEMA;
  const hosted = (["web-search", "web-fetch", "code-execution", "other"] as const).map(
    (tool): Tool => ({
      kind: "hosted",
      tool,
      name: tool,
      maxUses: 3,
      allowedDomains: ["a.test"],
      blockedDomains: ["b.test"],
      location: { city: "Basel", region: null, country: "CH", timezone: "Europe/Zurich" },
      extra,
    }),
  );
  const format = { type: "grammar", syntax: "lark", definition: "start: /x/" };
  return [
    { kind: "function", name: "Read", ...named, schema, strict: true, deferred: true, cache: "1h" },
    { kind: "custom", name: "patch", description: null, format, extra },
    ...hosted,
  ];
}

function everyBlock(extra: Extra): { asked: Block[]; answered: AnswerBlock[] } {
  const media = SOURCES.flatMap((source): Block[] => [
    { kind: "image", source, detail: "ultra", cache: "5m", extra },
    { kind: "document", source, name: "a.pdf", cache: "5m", extra },
  ]);
  return {
    asked: [
      { ...textBlock("Hello"), cache: "5m" },
      ...media,
      { kind: "other", name: "odd", extra },
    ],
    answered: [
      { kind: "thinking", text: "Hm", signature: "c2ln", extra },
      { kind: "thinking", text: "Hm", signature: null },
      { kind: "redacted-thinking", data: "c2ln" },
      CITED,
      ...everyHosted(extra),
      { kind: "other", name: "odd", extra },
      toolCall("call_1"),
    ],
  };
}

function everyHosted(extra: Extra) {
  const hits = [{ url: "https://a.test", title: "A" }];
  return (["web-search", "web-fetch", "code-execution", "other"] as const).flatMap((tool) => {
    const call = { kind: "hosted-call", tool, id: `h_${tool}`, name: tool, input: "{}" } as const;
    const result = { kind: "hosted-result", tool, callId: call.id, hits, error: null } as const;
    return [
      { ...call, extra },
      { ...result, extra },
    ];
  });
}

/** A call with everything in it that anybody can state; what has no neutral word is of `protocol`. */
export function everyCall(protocol: ProtocolId): NeutralCall {
  const extra = extraOf(protocol);
  const { asked, answered } = everyBlock(extra);
  return neutralCall({
    system: [{ ...textBlock("Be brief"), cache: "1h", extra }],
    turns: [
      { ...turn("user", ...asked), extra },
      turn("assistant", ...answered),
      turn("user", toolResult("call_1", "A")),
      turn("system", "Careful"),
      turn("user", "Go on"),
    ],
    tools: everyTool(extra),
    toolChoice: { kind: "tool", name: "gone", namespace: null },
    parallelTools: false,
    maxOutputTokens: 2_000,
    sampling: {
      temperature: 1.8,
      topP: 0.5,
      topK: 3,
      seed: 1,
      frequencyPenalty: 1,
      presencePenalty: 1,
    },
    stop: [" ", "a", "b", "c", "d", "e", "f"],
    output: { kind: "schema", name: "out", description: null, schema: SCHEMA, strict: true },
    reasoning: { enabled: true, effort: "max", budgetTokens: 999, show: true, summary: "concise" },
    verbosity: "low",
    candidates: 2,
    logprobs: { top: 1 },
    endUser: "u".repeat(80),
    serviceTier: "unheard-of",
    extra,
  });
}

/** What every one of them can state: nothing of it may ever be lost. */
export function plainCall(): NeutralCall {
  const call = toolCall("call_1");
  const other = toolCall("call_2");
  const result: Block = {
    kind: "tool-result",
    callId: "call_1",
    name: "Read",
    isError: true,
    content: [textBlock("A"), PNG],
    cache: null,
  };
  return neutralCall({
    stream: true,
    system: [textBlock("Be brief")],
    turns: [
      turn("user", "Look", PNG),
      turn("assistant", "I read both", call, other),
      turn("user", result, toolResult("call_2", "B")),
      turn("assistant", "Done"),
      turn("user", "Thanks"),
    ],
    tools: [
      {
        kind: "function",
        name: "Read",
        description: "Reads a file",
        schema: { type: "object", properties: { path: { type: "string" } } },
        strict: null,
        deferred: false,
        namespace: null,
        cache: null,
      },
    ],
    toolChoice: { kind: "auto" },
    maxOutputTokens: 2_000,
  });
}

/** An answer with everything in it. */
export function everyAnswer(protocol: ProtocolId): NeutralAnswer {
  const extra = extraOf(protocol);
  const { answered } = everyBlock(extra);
  const images = SOURCES.slice(0, 4).map(
    (source) => ({ kind: "image", source, detail: null, cache: null, extra }) as const,
  );
  return {
    ...plainAnswer(),
    blocks: [...answered, ...images],
    extra,
  };
}

/** What every one of them can answer. */
export function plainAnswer(): NeutralAnswer {
  return {
    id: "msg_1",
    model: "any-model",
    blocks: [textBlock("Done"), toolCall("call_1")],
    finish: "tool-calls",
    stopSequence: null,
    usage: { ...NO_USAGE, input: 7, output: 5, cacheRead: 3 },
  };
}
