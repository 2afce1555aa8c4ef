import { expect, it } from "vitest";
import { type NeutralCall, NO_SAMPLING, type Reasoning } from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { neutralCall, toolCall, toolResult, turn } from "../../../testing/neutral-call";
import { writeCall } from "./write-call";

const OPEN: Reasoning = {
  enabled: null,
  effort: null,
  budgetTokens: null,
  show: null,
  summary: null,
};

function written(changes: Partial<NeutralCall>, model: string) {
  const { body, losses } = writeCall(neutralCall(changes), { model, action: "generate" });
  const { thinking, output_config, temperature, top_p, top_k } = JSON.parse(decode(body));
  const json = { thinking, effort: output_config?.effort, temperature, top_p, top_k };
  return { ...json, losses: losses.map(({ kind, detail }) => `${kind}: ${detail}`) };
}

const ADAPTIVE = { type: "adaptive" };
const OFF = { type: "disabled" };
const budget = (tokens: number) => ({ type: "enabled", budget_tokens: tokens });

const SETTINGS: [
  Partial<Reasoning>,
  model: string,
  thinking: unknown,
  effort: unknown,
  losses: string[],
][] = [
  [{ effort: "high" }, "claude-opus-5-5", ADAPTIVE, "high", []],
  [{ effort: "xhigh" }, "claude-opus-4-7", ADAPTIVE, "xhigh", []],
  [{ effort: "xhigh" }, "claude-opus-4-6", ADAPTIVE, "high", ["reasoning-settings: effort xhigh"]],
  [
    { effort: "minimal" },
    "claude-opus-5-5",
    ADAPTIVE,
    "low",
    ["reasoning-settings: effort minimal"],
  ],
  [{ enabled: true, budgetTokens: -1 }, "claude-sonnet-5-5", ADAPTIVE, undefined, []],
  [{ budgetTokens: 9000 }, "claude-sonnet-5", ADAPTIVE, "high", ["reasoning-settings: budget"]],
  [{ budgetTokens: 2000 }, "claude-sonnet-5", ADAPTIVE, "low", ["reasoning-settings: budget"]],
  [{ budgetTokens: 9000 }, "anthropic.claude-opus-4-6-v1", budget(9000), undefined, []],
  [
    { summary: "auto", show: true },
    "claude-opus-5",
    { ...ADAPTIVE, display: "summarized" },
    undefined,
    [],
  ],
  [{ show: false }, "claude-opus-5", { ...ADAPTIVE, display: "omitted" }, undefined, []],
  [{ effort: "medium" }, "claude-sonnet-4-5-20250929", budget(8192), undefined, []],
  [{ effort: "high" }, "claude-opus-4-5-20251101", budget(16_384), "high", []],
  [{ enabled: true }, "claude-3-7-sonnet-20250219", budget(8192), undefined, []],
  [
    { budgetTokens: 500 },
    "claude-sonnet-4-5",
    budget(1024),
    undefined,
    ["reasoning-settings: budget"],
  ],
  [{ budgetTokens: 5000 }, "kimi-k3", budget(5000), undefined, []],
  [
    { effort: "high" },
    "claude-3-5-haiku-20241022",
    undefined,
    undefined,
    ["reasoning-settings: thinking"],
  ],
  [{ enabled: false }, "claude-3-5-haiku-20241022", undefined, undefined, []],
  [{ enabled: false }, "claude-opus-4-6", OFF, undefined, []],
  [{ effort: "none" }, "claude-sonnet-4-5", OFF, undefined, []],
  [{ budgetTokens: 0 }, "claude-opus-5", OFF, undefined, []],
  [
    { enabled: false, effort: "max" },
    "claude-haiku-5-5",
    OFF,
    "high",
    ["reasoning-settings: effort max without thinking"],
  ],
  [{ enabled: false }, "claude-opus-5-5", undefined, "low", ["reasoning-settings: thinking off"]],
  [{ enabled: false }, "claude-sonnet-5-5", { type: "between_tools" }, undefined, []],
];

it.each(SETTINGS)(
  "asks for thoughts as the model takes it: %j of %s",
  (changes, model, thinking, effort, losses) => {
    const reasoning = { ...OPEN, ...changes };
    expect(written({ reasoning }, model)).toMatchObject({ thinking, effort, losses });
  },
);

const OLDER = "claude-sonnet-4-5";
const LOOP = [turn("user", "a"), turn("assistant", toolCall("c1")), turn("user", toolResult("c1"))];
const THOUGHT = { kind: "thinking" as const, text: "Hm", signature: "s" };

it("switches thoughts by budget off where the call would be refused with them", () => {
  const reasoning = { ...OPEN, enabled: true, effort: "high" as const };
  const tools = [{ kind: "custom" as const, name: "Read", description: null, format: null }];
  const off = (changes: Partial<NeutralCall>) => {
    const { thinking, losses } = written({ reasoning, ...changes }, OLDER);
    expect(thinking).toBeUndefined();
    expect(losses).toHaveLength(1);
    return losses[0];
  };
  expect(off({ tools, toolChoice: { kind: "any" } })).toMatch(/forced tool/);
  expect(off({ turns: LOOP })).toMatch(/calls without it/);
  expect(off({ maxOutputTokens: 1024 })).toMatch(/few tokens/);
  expect(off({ turns: [turn("user", "a"), turn("assistant", "b")] })).toMatch(/begun answer/);
  const forced = written({ reasoning, tools, toolChoice: { kind: "any" } }, "claude-opus-4-6");
  expect(forced).toMatchObject({ thinking: ADAPTIVE, losses: [] });
});

it("leaves them on in a tool loop that thought before, and after one", () => {
  const reasoning = { ...OPEN, enabled: true };
  const thought = [turn("user", "a"), turn("assistant", THOUGHT, toolCall("c1")), ...LOOP.slice(2)];
  expect(written({ reasoning, turns: thought }, OLDER).thinking).toEqual(budget(8192));
  const after = [...LOOP, turn("assistant", "Done"), turn("user", "Thanks")];
  expect(written({ reasoning, turns: after }, OLDER).thinking).toEqual(budget(8192));
});

it("leaves room for the answer", () => {
  const reasoning = { ...OPEN, budgetTokens: 31_999 };
  expect(written({ reasoning, maxOutputTokens: 4000 }, OLDER).thinking).toEqual(budget(3000));
  expect(written({ reasoning, maxOutputTokens: 32_000 }, OLDER).thinking).toEqual(budget(31_999));
});

const HOT = { ...NO_SAMPLING, temperature: 1.5, topP: 0.9, topK: 5 };

it("samples as the model allows, and never while it thinks by a budget", () => {
  expect(written({ sampling: HOT }, "claude-3-7-sonnet-20250219")).toMatchObject({
    temperature: 1,
    top_p: 0.9,
    top_k: 5,
    losses: ["sampling: temperature above 1"],
  });
  const one = written({ sampling: { ...HOT, temperature: 0.2 } }, OLDER);
  expect(one).toMatchObject({
    temperature: 0.2,
    top_k: 5,
    losses: ["sampling: top_p beside temperature"],
  });
  expect(one.top_p).toBeUndefined();
  expect(written({ sampling: { ...HOT, temperature: null } }, OLDER)).toMatchObject({ top_p: 0.9 });
  const none = ["sampling: temperature", "sampling: top_p", "sampling: top_k"];
  expect(written({ sampling: HOT }, "claude-opus-4-7")).toMatchObject({ losses: none });
  const thinking = written({ sampling: HOT, reasoning: { ...OPEN, enabled: true } }, OLDER);
  expect(thinking).toMatchObject({ losses: none });
  expect(thinking.temperature).toBeUndefined();
});

it("calls no default a loss", () => {
  const sampling = {
    ...NO_SAMPLING,
    temperature: 1,
    topP: 1,
    frequencyPenalty: 0,
    presencePenalty: 0,
  };
  expect(written({ sampling }, "claude-opus-5-5").losses).toEqual([]);
  expect(written({ sampling }, OLDER)).toMatchObject({ temperature: 1, losses: [] });
});
