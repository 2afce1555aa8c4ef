import type { Reasoning } from "../../../neutral";
import { fields, tokenCount } from "../../json-fields";
import { readEffort } from "../../openai-efforts";
import type { Fields } from "../../own-extra";

/** Fields that state how hard the model is to think. */
export const REASONING_FIELDS = ["reasoning_effort", "reasoning", "thinking"] as const;

const SWITCHES: Readonly<Record<string, boolean>> = {
  enabled: true,
  adaptive: true,
  disabled: false,
};

/**
 * How hard the model is to think: OpenAI's `reasoning_effort`, the routers' `reasoning`, or the `thinking`
 * that other makers took over from Anthropic. null when the call says nothing.
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
export function readReasoning(call: Fields): Reasoning | null {
  if (REASONING_FIELDS.every((name) => call[name] === undefined || call[name] === null))
    return null;
  const routed = fields(call.reasoning);
  const thinking = fields(call.thinking);
  const effort = readEffort(call.reasoning_effort) ?? readEffort(routed.effort);
  const on = flag(routed.enabled) ?? SWITCHES[String(thinking.type)] ?? null;
  return {
    enabled: effort === "none" ? false : on,
    effort,
    budgetTokens: tokenCount(routed.max_tokens) ?? tokenCount(thinking.budget_tokens),
    show: routed.exclude === true ? false : null,
    summary: null,
  };
}

function flag(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
