import fc from "fast-check";
import { type NeutralCall, NO_SAMPLING, type Tool, type Turn } from "../neutral";
import type { Block, ResultContent, TextBlock } from "../neutral-blocks";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const PDF = Buffer.from("%PDF-1.4\n%%EOF\n").toString("base64");

const words = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.constantFrom(
    "Hello.",
    "你好，世界",
    "👩‍👩‍👧‍👦 ok",
    "a\n\nb",
    '"quoted" \\ back',
    "<tag>&amp;",
  ),
);

const textBlock = (text: string): TextBlock => ({
  kind: "text",
  text,
  citations: [],
  cache: null,
  signature: null,
});
const image: Block & ResultContent = {
  kind: "image",
  source: { kind: "data", mime: "image/png", base64: PNG },
  detail: null,
  cache: null,
};
const pdf: Block = {
  kind: "document",
  source: { kind: "data", mime: "application/pdf", base64: PDF },
  name: "a.pdf",
  cache: null,
};

const said: fc.Arbitrary<Block> = fc.oneof(
  { weight: 4, arbitrary: words.map(textBlock) },
  { weight: 1, arbitrary: fc.constant(image) },
  { weight: 1, arbitrary: fc.constant(pdf) },
);

const toolNames = fc.constantFrom(
  "Bash",
  "get_weather",
  "mcp__server__a.very.long.tool.name.that.no.provider.takes.as.it.is.because.of.its.length",
  "9starts-with-digit",
  "weird name/é",
);
const inputs = fc.oneof(
  fc.constantFrom("{}", ""),
  fc
    .dictionary(fc.constantFrom("a", "path", "query"), fc.oneof(words, fc.integer()))
    .map((args) => JSON.stringify(args)),
);

/** A step of a tool loop: what the model says and calls, and what the tools answer. */
const step = fc
  .record({
    lead: fc.option(words, { nil: null }),
    calls: fc.array(
      fc.record({
        name: toolNames,
        input: inputs,
        result: words,
        isError: fc.boolean(),
        withImage: fc.boolean(),
      }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    after: fc.option(words, { nil: null }),
  })
  .map(({ lead, calls, after }) => (at: number): Turn[] => {
    const uses = calls.map(({ name, input }, i): Block => {
      const id = `call_${at}_${i}`;
      return { kind: "tool-call", id, name, input, signature: null, cache: null };
    });
    const results = calls.map(({ name, result, isError, withImage }, i): Block => {
      const content = [textBlock(result), ...(withImage ? [image] : [])];
      return {
        kind: "tool-result",
        callId: `call_${at}_${i}`,
        name,
        isError,
        content,
        cache: null,
      };
    });
    const told = lead === null ? [] : [textBlock(lead)];
    return [
      { role: "assistant", blocks: [...told, ...uses] },
      { role: "user", blocks: [...results, ...(after === null ? [] : [textBlock(after)])] },
    ];
  });

const exchange = fc
  .record({ blocks: fc.array(said, { minLength: 1, maxLength: 4 }), answer: words })
  .map(({ blocks, answer }) => (): Turn[] => [
    { role: "user", blocks },
    { role: "assistant", blocks: [textBlock(answer)] },
  ]);

const reminder = words.map((text) => (): Turn[] => [{ role: "system", blocks: [textBlock(text)] }]);

const tools = (turns: readonly Turn[]): Tool[] => {
  const names = turns.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "tool-call" ? [block.name] : [])),
  );
  return [...new Set(["Bash", ...names])].map((name) => ({
    kind: "function",
    name,
    description: "Does it.",
    schema: { type: "object", properties: { a: { type: "string" } } },
    strict: null,
    deferred: false,
    namespace: null,
    cache: null,
  }));
};

/** Conversations as clients hold them: questions, tool loops, reminders, pictures, and a last question. */
export const anyConversation: fc.Arbitrary<NeutralCall> = fc
  .record({
    system: fc.array(words, { maxLength: 2 }),
    parts: fc.array(fc.oneof(exchange, step, reminder), { maxLength: 5 }),
    last: fc.array(said, { minLength: 1, maxLength: 3 }),
    maxOutputTokens: fc.option(fc.integer({ min: 16, max: 4_000 }), { nil: null }),
    temperature: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
    stop: fc.array(fc.constantFrom("END", "STOP"), { maxLength: 1 }),
  })
  .map(({ system, parts, last, maxOutputTokens, temperature, stop }) => {
    const opening: Turn = { role: "user", blocks: [textBlock("Begin.")] };
    const turns = [
      opening,
      ...parts.flatMap((part, at) => part(at)),
      { role: "user", blocks: last } as const,
    ];
    return {
      model: "asked",
      stream: false,
      system: system.map(textBlock),
      turns,
      tools: tools(turns),
      toolChoice: null,
      parallelTools: null,
      maxOutputTokens,
      sampling: { ...NO_SAMPLING, temperature },
      stop,
      output: null,
      reasoning: null,
      verbosity: null,
      candidates: null,
      logprobs: null,
      endUser: null,
      serviceTier: null,
      includeUsage: null,
    };
  });
