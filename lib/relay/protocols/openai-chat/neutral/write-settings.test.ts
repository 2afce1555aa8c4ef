import { expect, it } from "vitest";
import { type NeutralCall, NO_SAMPLING, type Reasoning, type Sampling } from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { neutralCall, turn } from "../../../testing/neutral-call";
import { writeCall } from "./write-call";

const THINKER = "gpt-5.6-sol";
const written = (changes: Partial<NeutralCall>, model = THINKER) => {
  const { body, losses } = writeCall(neutralCall(changes), { model, action: "generate" });
  const { messages: _, model: __, ...settings } = JSON.parse(decode(body));
  return { settings, lost: losses.map(({ kind, detail }) => `${kind}: ${detail}`) };
};
const reasoning = (given: Partial<Reasoning>): Reasoning => ({
  enabled: null,
  effort: null,
  budgetTokens: null,
  show: null,
  summary: null,
  ...given,
});
const SAMPLING: Sampling = {
  ...NO_SAMPLING,
  temperature: 0.5,
  topP: 0.9,
  topK: 40,
  seed: 7,
  frequencyPenalty: 0.1,
  presencePenalty: 0,
};

it("states the bound of the output in the word that the model knows, and no more than it can say", () => {
  const bound = (model: string, maxOutputTokens = 32_000) =>
    written({ maxOutputTokens }, model).settings;
  expect(bound(THINKER)).toEqual({ max_completion_tokens: 32_000 });
  expect(bound("gpt-4o-mini")).toEqual({ max_completion_tokens: 16_384 });
  expect(bound("openai/gpt-4.1", 40_000)).toEqual({ max_completion_tokens: 32_768 });
  expect(bound("deepseek-chat")).toEqual({ max_tokens: 32_000 });
  expect(bound("gpt-oss-120b")).toEqual({ max_tokens: 32_000 });
});

it("gives sampling to models that take it, whatever is lost named", () => {
  const all = { temperature: 0.5, top_p: 0.9, seed: 7, frequency_penalty: 0.1 };
  const rest = { presence_penalty: 0 };
  expect(written({ sampling: SAMPLING }, "llama-4")).toEqual({
    settings: { ...all, ...rest },
    lost: ["sampling: top_k"],
  });
  expect(written({ sampling: SAMPLING })).toEqual({
    settings: { seed: 7 },
    lost: [
      "sampling: top_k",
      "sampling: temperature",
      "sampling: top_p",
      "penalties: frequency_penalty",
    ],
  });
  // These reason only if they are told to.
  expect(written({ sampling: SAMPLING }, "gpt-5.2").settings).toEqual({ ...all, ...rest });
  const low = reasoning({ effort: "low" });
  expect(written({ sampling: SAMPLING, reasoning: low }, "gpt-5.2").settings).toEqual({
    seed: 7,
    reasoning_effort: "low",
  });
  const usual = { ...NO_SAMPLING, temperature: 1 };
  expect(written({ sampling: usual })).toEqual({ settings: {}, lost: [] });
});

it("sends at most four stops, and none, nor probabilities, to models that reason", () => {
  const stop = ["a", "b", "c", "d", "e"];
  const logprobs = { top: 3 };
  expect(written({ stop, logprobs }, "gpt-4.1")).toEqual({
    settings: { stop: stop.slice(0, 4), logprobs: true, top_logprobs: 3 },
    lost: ["stop-sequences: more than 4"],
  });
  expect(written({ stop, logprobs })).toEqual({
    settings: {},
    lost: ["stop-sequences: stop", "logprobs: logprobs"],
  });
});

it("turns an effort or a budget into an effort that the model takes", () => {
  const effort = (given: Partial<Reasoning>, model: string) => {
    const { settings, lost } = written({ reasoning: reasoning(given) }, model);
    return [settings.reasoning_effort, ...lost];
  };
  const lost = "reasoning-settings: effort";
  expect(effort({ effort: "max" }, THINKER)).toEqual(["max"]);
  expect(effort({ effort: "max" }, "gpt-5.2")).toEqual(["xhigh", lost]);
  expect(effort({ effort: "max" }, "o3")).toEqual(["high", lost]);
  expect(effort({ enabled: false }, "gpt-5.1")).toEqual(["none"]);
  expect(effort({ enabled: false }, "gpt-5-mini")).toEqual(["minimal", lost]);
  const budget = "reasoning-settings: budget";
  expect(effort({ enabled: true, budgetTokens: 4000 }, THINKER)).toEqual(["low", budget]);
  expect(effort({ enabled: true, budgetTokens: -1 }, THINKER)).toEqual([undefined]);
  const none = "reasoning-settings: reasoning";
  expect(effort({ effort: "high" }, "gpt-4.1")).toEqual([undefined, none]);
  expect(effort({ enabled: false }, "deepseek-chat")).toEqual([undefined]);
  expect(effort({ summary: "auto" }, THINKER)).toEqual([undefined, "reasoning-settings: summary"]);
});

it("switches thinking off where the model takes no functions beside it", () => {
  const tools = [
    {
      kind: "function" as const,
      name: "find",
      description: null,
      schema: null,
      strict: null,
      deferred: false,
      namespace: null,
      cache: null,
    },
  ];
  const high = reasoning({ effort: "high" });
  const beside = (model: string, given: Partial<NeutralCall> = {}) => {
    const { settings, lost } = written({ tools, ...given }, model);
    return [settings.reasoning_effort, ...lost];
  };
  const lost = "reasoning-settings: effort beside functions";
  expect(beside(THINKER)).toEqual(["none", lost]);
  expect(beside("gpt-5.4", { reasoning: high })).toEqual(["none", lost]);
  expect(beside("gpt-5.4")).toEqual(["none"]);
  expect(beside("gpt-5.2", { reasoning: high })).toEqual(["high"]);
});

it("asks for JSON in the form that the server takes", () => {
  const form = (changes: Partial<NeutralCall>, model?: string) =>
    written(changes, model).settings.response_format;
  const json = { kind: "json" } as const;
  expect(form({ output: json, turns: [turn("user", "As JSON")] })).toEqual({ type: "json_object" });
  expect(form({ output: json })).toMatchObject({ type: "json_schema" });
  expect(form({ output: json }, "llama-4")).toEqual({ type: "json_object" });
  const open = { type: "object", properties: { a: { type: "string" } } };
  const closed = { ...open, required: ["a"], additionalProperties: false };
  const schema = (given: object, strict: boolean | null) =>
    written({
      output: { kind: "schema", name: "my form", description: null, schema: { ...given }, strict },
    });
  expect(schema(closed, null).settings.response_format).toEqual({
    type: "json_schema",
    json_schema: { name: "my_form", schema: closed, strict: true },
  });
  expect(schema(open, true)).toMatchObject({
    settings: { response_format: { json_schema: { strict: false } } },
    lost: ["schema-constraints: strict"],
  });
});

it("writes what else there is, or names it", () => {
  const call = {
    candidates: 2,
    verbosity: "low",
    endUser: "u".repeat(65),
    serviceTier: "batch",
    stream: true,
  } as const;
  expect(written(call)).toEqual({
    settings: {
      n: 2,
      verbosity: "low",
      stream: true,
      stream_options: { include_usage: true },
    },
    lost: ["metadata: name of the end user", "service-tier: service_tier"],
  });
  expect(written({ ...call, serviceTier: "standard_only", endUser: "u" }, "gpt-4.1")).toMatchObject(
    { settings: { service_tier: "default", user: "u" }, lost: ["verbosity: verbosity"] },
  );
});
