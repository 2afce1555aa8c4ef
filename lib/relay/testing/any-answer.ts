import fc from "fast-check";
import { NO_USAGE, type Usage } from "../model";
import type { FinishReason, NeutralEvent } from "../neutral-answer";

const words = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  // Halves of characters, controls and line ends of every kind.
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "",
    "\n\n",
    "data: [DONE]\n\n",
    "event: x\r\n\r\n",
    '{"a":',
    "\u2028",
    "世界 👩‍👩‍👧‍👦",
  ),
);
const count = fc.option(fc.nat(100_000), { nil: null });
const usage: fc.Arbitrary<Usage> = fc
  .record({ input: count, cacheRead: count, output: count, reasoning: count })
  .map((stated) => ({ ...NO_USAGE, ...stated }));

const deltas = fc
  .array(words, { maxLength: 5 })
  .map((texts) => texts.map((text): NeutralEvent => ({ kind: "delta", text })));

const text = deltas.map((events): NeutralEvent[] => [
  { kind: "open", block: { kind: "text" } },
  ...events,
  { kind: "close" },
]);
const thinking = fc
  .tuple(deltas, fc.boolean())
  .map(([events, signed]): NeutralEvent[] => [
    { kind: "open", block: { kind: "thinking" } },
    ...events,
    ...(signed ? [{ kind: "sign" as const, signature: "c2lnbmVk" }] : []),
    { kind: "close" },
  ]);
const call = fc
  .tuple(
    fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_-]{0,20}$/),
    fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 })),
    fc.nat(40),
  )
  .map(([name, args, cut]) => (at: number): NeutralEvent[] => {
    const input = JSON.stringify(args);
    return [
      { kind: "open", block: { kind: "tool-call", id: `call_${at}`, name } },
      { kind: "delta", text: input.slice(0, cut) },
      { kind: "delta", text: input.slice(cut) },
      { kind: "close" },
    ];
  });
const search = fc.nat(3).map((hits) => (at: number): NeutralEvent[] => {
  const id = `srv_${at}`;
  const input = JSON.stringify({ query: "plums" });
  const found = Array.from({ length: hits }, (_, i) => ({
    url: `https://example.com/${i}`,
    title: `Plums ${i}`,
  }));
  return [
    {
      kind: "whole",
      block: { kind: "hosted-call", tool: "web-search", id, name: "web_search", input },
    },
    {
      kind: "whole",
      block: { kind: "hosted-result", tool: "web-search", callId: id, hits: found, error: null },
    },
  ];
});

const block = fc.oneof(
  text.map((events) => () => events),
  thinking.map((events) => () => events),
  call,
  search,
);
const reasons: FinishReason[] = [
  "end",
  "stop-sequence",
  "length",
  "tool-calls",
  "refusal",
  "pause",
];

/** Any answer that a reader may tell in events, down to half characters and empty deltas. */
export const anyAnswer: fc.Arbitrary<NeutralEvent[]> = fc
  .record({
    id: fc.option(fc.stringMatching(/^[a-z0-9_]{1,12}$/), { nil: null }),
    blocks: fc.array(block, { maxLength: 6 }),
    early: fc.option(usage, { nil: null }),
    late: fc.option(usage, { nil: null }),
    reason: fc.constantFrom(...reasons),
  })
  .map(({ id, blocks, early, late, reason }) => [
    { kind: "start", id, model: "upstream-model" },
    ...(early ? [{ kind: "usage" as const, usage: early }] : []),
    ...blocks.flatMap((one, at) => one(at)),
    ...(late ? [{ kind: "usage" as const, usage: late }] : []),
    { kind: "finish", reason, stopSequence: reason === "stop-sequence" ? "END" : null },
  ]);
