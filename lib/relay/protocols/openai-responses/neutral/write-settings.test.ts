import { expect, it } from "vitest";
import type { NeutralCall, Reasoning, Turn } from "../../../neutral";
import type { TextBlock } from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { neutralCall, textBlock } from "../../../testing/neutral-call";
import { responsesTranslator } from "./translator";

const written = (
  call: Partial<NeutralCall>,
  model = "gpt-5.5",
  action: "generate" | "count" = "generate",
) => {
  const { body, losses } = responsesTranslator.writeCall(neutralCall(call), { model, action });
  return { body: JSON.parse(decode(body)), losses };
};
const user = (block: TextBlock): Turn => ({ role: "user", blocks: [block] });

const REASONING: Reasoning = {
  enabled: null,
  effort: null,
  budgetTokens: null,
  show: null,
  summary: null,
};

it("asks for the nearest effort that the model takes", () => {
  const asked = (reasoning: Partial<Reasoning>, model: string) => {
    const { body, losses } = written({ reasoning: { ...REASONING, ...reasoning } }, model);
    return [body.reasoning?.effort, losses.length];
  };
  expect(asked({ effort: "high" }, "gpt-5.5")).toEqual(["high", 0]);
  expect(asked({ effort: "max" }, "o4-mini")).toEqual(["high", 1]);
  expect(asked({ effort: "max" }, "openai/gpt-5.1")).toEqual(["high", 1]);
  expect(asked({ enabled: false }, "gpt-5.2")).toEqual(["none", 0]);
  expect(asked({ enabled: false }, "gpt-5-mini")).toEqual(["minimal", 1]);
  expect(asked({ enabled: false }, "o3")).toEqual(["low", 1]);
  expect(asked({ enabled: false }, "gpt-4.1")).toEqual([undefined, 0]);
  expect(asked({ effort: "high" }, "gpt-4.1")).toEqual([undefined, 1]);
  expect(asked({ budgetTokens: 31_999 }, "gpt-5.5")).toEqual(["high", 1]);
  expect(asked({ budgetTokens: 2_000 }, "gpt-5.5")).toEqual(["low", 1]);
  expect(asked({ enabled: true, budgetTokens: -1 }, "gpt-5.5")).toEqual([undefined, 0]);
  expect(written({ reasoning: { ...REASONING, show: true } }).body.reasoning).toEqual({
    summary: "auto",
  });
});

it("drops sampling for models that reason, and what has no field anywhere", () => {
  const sampling = {
    temperature: 0.5,
    topP: 0.9,
    topK: 4,
    seed: 1,
    frequencyPenalty: 1,
    presencePenalty: 1,
  };
  const call = { sampling, stop: ["x"], candidates: 2, maxOutputTokens: 5 };
  const plain = written(call, "gpt-4.1");
  expect(plain.body).toMatchObject({ temperature: 0.5, top_p: 0.9, max_output_tokens: 16 });
  expect(plain.losses.map(({ kind }) => kind)).toEqual([
    "sampling",
    "seed",
    "penalties",
    "penalties",
    "stop-sequences",
    "candidates",
  ]);
  const reasons = written(call, "gpt-5");
  expect(reasons.body).not.toHaveProperty("temperature");
  expect(reasons.losses.filter(({ kind }) => kind === "sampling")).toHaveLength(3);
  const quiet = { ...call, reasoning: { ...REASONING, enabled: false } };
  expect(written(quiet, "gpt-5.2").body).toMatchObject({ temperature: 0.5 });
});

it("asks for structured output that the upstream takes", () => {
  const schema = {
    type: "object",
    properties: { a: { type: "string" } },
    additionalProperties: false,
  };
  const form = {
    kind: "schema",
    name: "my form",
    description: null,
    schema,
    strict: null,
  } as const;
  const format = (output: NeutralCall["output"], turns = neutralCall().turns) =>
    written({ output, turns }).body.text.format;
  expect(format(form)).toEqual({ type: "json_schema", name: "my_form", schema, strict: false });
  const fitting = { ...schema, required: ["a"] };
  expect(format({ ...form, name: null, schema: fitting })).toMatchObject({
    name: "answer",
    strict: true,
  });
  expect(format({ kind: "json" }, [user(textBlock("as JSON"))])).toEqual({ type: "json_object" });
  expect(format({ kind: "json" })).toMatchObject({
    type: "json_schema",
    schema: { type: "object" },
  });
  expect(written({ output: { ...form, strict: true } }).losses).toEqual([
    { kind: "schema-constraints", detail: "strict" },
  ]);
});

it("leaves out names of end users, tiers and fields that the upstream would refuse", () => {
  const extra = { protocol: "anthropic", fields: { context_management: {} } } as const;
  const { body, losses } = written({ endUser: "u".repeat(65), serviceTier: "turbo", extra });
  expect(body).not.toHaveProperty("safety_identifier");
  expect(losses.map(({ kind }) => kind)).toEqual(["other-fields", "metadata", "service-tier"]);
  expect(written({ endUser: "u1", serviceTier: "standard_only" }).body).toMatchObject({
    safety_identifier: "u1",
    service_tier: "default",
  });
});
