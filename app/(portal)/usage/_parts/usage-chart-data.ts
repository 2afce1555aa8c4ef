import type { UsageGroup, UsageSeries, UsageSums } from "@/lib/contracts/usage";
import type { ChartPoint, ChartSeries } from "@/lib/ui/charts/chart-model";
import { familyColour } from "@/lib/ui/charts/family-colour";

export const MEASURES = ["cost", "tokens", "requests", "errors"] as const;
export type Measure = (typeof MEASURES)[number];
export const isMeasure = (text: string): text is Measure => MEASURES.some((one) => one === text);

/** What a chart draws of some sums; money in micro-USD. */
export const MEASURE_OF: Record<Measure, (sums: UsageSums) => number> = {
  cost: ({ chargeMicroUsd }) => Number(chargeMicroUsd),
  tokens: (sums) => allInput(sums) + sums.outputTokens,
  requests: ({ requests }) => requests,
  errors: ({ errors }) => errors,
};

export const MEASURE_UNITS = {
  cost: "money",
  tokens: "tokens",
  requests: "count",
  errors: "count",
} as const satisfies Record<Measure, string>;

/** The id under which the server gathers what lies behind the largest groups. */
export const OTHER_GROUP = "other";

/** One series per group; models keep the colour of their family. */
export function chartSeries(
  groups: readonly UsageGroup[],
  labelOf: (group: UsageGroup) => string,
): ChartSeries[] {
  return groups.map((group) => ({
    id: group.id,
    label: labelOf(group),
    colour: familyColour(group.id),
  }));
}

/** A value for every group at every step: where the server counted nothing, nothing happened. */
export function chartPoints(series: UsageSeries, measure: Measure): ChartPoint[] {
  const measured = MEASURE_OF[measure];
  return series.points.map(({ at, sums }) => ({
    atMs: Date.parse(at),
    values: Object.fromEntries(
      series.groups.map(({ id }) => {
        const found = sums[id];
        return [id, found ? measured(found) : 0];
      }),
    ),
  }));
}

export const TOKEN_KINDS = ["input", "cacheRead", "cacheWrite", "output"] as const;
type TokenKind = (typeof TOKEN_KINDS)[number];

const TOKENS_OF: Record<TokenKind, (sums: UsageSums) => number> = {
  input: ({ inputTokens }) => inputTokens,
  cacheRead: ({ cacheReadTokens }) => cacheReadTokens,
  cacheWrite: ({ cacheWriteTokens }) => cacheWriteTokens,
  output: ({ outputTokens }) => outputTokens,
};

/** Tokens of all groups together by kind, step by step. */
export function tokenPoints(series: UsageSeries): ChartPoint[] {
  return series.points.map(({ at, sums }) => {
    const all = Object.values(sums);
    const total = (kind: TokenKind) => all.reduce((sum, one) => sum + TOKENS_OF[kind](one), 0);
    return {
      atMs: Date.parse(at),
      values: Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, total(kind)])),
    };
  });
}

/** All that went in, cached or not. */
export function allInput({ inputTokens, cacheReadTokens, cacheWriteTokens }: UsageSums): number {
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}

/** Part of the input that came out of a cache, 0 to 1; 0 without input. */
export function cacheShare(sums: UsageSums): number {
  const input = allInput(sums);
  return input === 0 ? 0 : sums.cacheReadTokens / input;
}

const HOUR_MS = 3_600_000;

/** Length of one step of a series in ms, for a chart to find gaps by. */
export function stepMs(step: UsageSeries["step"]): number {
  return step === "hour" ? HOUR_MS : 24 * HOUR_MS;
}
