import { expect, it } from "vitest";
import { traitsOf } from "./model-traits";

const NAMES: [name: string, maxOutput: number | null, thinking: string][] = [
  ["claude-opus-5-5", 128_000, "adaptive"],
  ["claude-haiku-5-5", 64_000, "adaptive"],
  ["claude-fable-5", 128_000, "adaptive"],
  ["anthropic/claude-opus-4.8", 128_000, "adaptive"],
  ["claude-opus-4-7@20260414", 128_000, "adaptive"],
  ["us.anthropic.claude-sonnet-4-6-v1:0", 64_000, "either"],
  ["claude-opus-4-5-20251101", 64_000, "manual"],
  ["claude-opus-4-20250514", 32_000, "manual"],
  ["claude-sonnet-4-20250514", 64_000, "manual"],
  ["claude-3-7-sonnet-latest", 64_000, "manual"],
  ["claude-3-5-sonnet-20241022", 8192, "none"],
  ["claude-3-opus-20240229", 4096, "none"],
  ["deepseek-v4", null, "manual"],
];

it.each(NAMES)("knows the generation of %s by its name", (name, maxOutput, thinking) => {
  expect(traitsOf(name)).toMatchObject({ maxOutput, thinking });
});
