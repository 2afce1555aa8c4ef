import type { Effort, Reasoning } from "../../../neutral";
import { fields, tokenCount } from "../../json-fields";
import { isObject, type Json } from "./wire";

const EFFORTS: ReadonlySet<unknown> = new Set<Effort>(["low", "medium", "high", "xhigh", "max"]);
const SHOWN: ReadonlyMap<unknown, boolean> = new Map(
  Object.entries({ summarized: true, omitted: false }),
);
const KNOWN_TYPES = new Set<unknown>(["adaptive", "enabled", "disabled"]);

/**
 * What a call says about thoughts, in `thinking` and `output_config.effort`; null when nothing.
 * @see https://docs.claude.com/en/docs/build-with-claude/adaptive-thinking
 */
export function readReasoning({ thinking, output_config }: Json): Reasoning | null {
  const { type, budget_tokens, display } = fields(thinking);
  const effort = effortOf(output_config);
  if (!KNOWN_TYPES.has(type) && effort === null) return null;
  return {
    enabled: KNOWN_TYPES.has(type) ? type !== "disabled" : null,
    effort,
    budgetTokens: type === "adaptive" ? -1 : tokenCount(budget_tokens),
    show: SHOWN.get(display) ?? null,
    summary: null,
  };
}

/** An effort of the neutral form; null for one of tomorrow, which stays where it is. */
export function effortOf(config: unknown): Effort | null {
  const { effort } = fields(config);
  return EFFORTS.has(effort) ? (effort as Effort) : null;
}

/**
 * `thinking` where the neutral form cannot say it: a type of tomorrow, or an effort alone. For other
 * protocols an effort is a wish for thoughts, here it is not: `null` remembers that none were asked for.
 */
export function thinkingKept({ thinking, output_config }: Json): { thinking?: unknown } {
  if (!isObject(thinking)) return effortOf(output_config) === null ? {} : { thinking: null };
  return KNOWN_TYPES.has(thinking.type) ? {} : { thinking };
}
