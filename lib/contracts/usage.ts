import { z } from "zod";
import { FilterText, Id, MicroUsd, Moment } from "./common";
import { Face } from "./keys";

const Filters = {
  from: Moment,
  to: Moment,
  keyId: Id.optional(),
  model: FilterText(200).optional(),
  face: Face.optional(),
};
const PoolFilters = { ...Filters, userId: Id.optional(), accountId: Id.optional() };
const Step = z.enum(["hour", "day"]);
const Group = z.enum(["model", "key", "face", "outcome"]);
const PoolGroup = z.enum(["model", "key", "face", "outcome", "user", "account"]);

/** Usage of the one who asks. `from` is inside the range, `to` is not; at most 400 days. */
export const UsageQuery = z.strictObject(Filters);
export type UsageQuery = z.input<typeof UsageQuery>;
export const UsageSeriesQuery = z.strictObject({ ...Filters, step: Step, by: Group });
export type UsageSeriesQuery = z.input<typeof UsageSeriesQuery>;
export const UsageTableQuery = z.strictObject({ ...Filters, by: Group });
export type UsageTableQuery = z.input<typeof UsageTableQuery>;

/** The same for the whole portal (admins). */
export const PoolUsageQuery = z.strictObject(PoolFilters);
export type PoolUsageQuery = z.input<typeof PoolUsageQuery>;
export const PoolUsageSeriesQuery = z.strictObject({ ...PoolFilters, step: Step, by: PoolGroup });
export type PoolUsageSeriesQuery = z.input<typeof PoolUsageSeriesQuery>;
export const PoolUsageTableQuery = z.strictObject({ ...PoolFilters, by: PoolGroup });
export type PoolUsageTableQuery = z.input<typeof PoolUsageTableQuery>;

export const UsageSums = z.object({
  requests: z.number(),
  errors: z.number(),
  /** Input that was neither read from nor written to a cache. */
  inputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
  outputTokens: z.number(),
  /** What the payer is charged. */
  chargeMicroUsd: MicroUsd,
  /** What it costs at list prices; null for members. */
  costMicroUsd: MicroUsd.nullable(),
  averageFirstByteMs: z.number().nullable(),
  averageDurationMs: z.number().nullable(),
});
export type UsageSums = z.output<typeof UsageSums>;

export const UsageSummary = z.object({
  range: z.object({ from: Moment, to: Moment }),
  now: UsageSums,
  /** The period of the same length that ends where this one begins. */
  before: UsageSums,
});
export type UsageSummary = z.output<typeof UsageSummary>;

export const UsageGroup = z.object({
  /** What rows are grouped by; "other" gathers what lies behind the largest ones. */
  id: z.string(),
  label: z.string(),
  sums: UsageSums,
});
export type UsageGroup = z.output<typeof UsageGroup>;

export const UsageSeries = z.object({
  step: Step,
  /** Largest charge first; at most eight and "other". */
  groups: z.array(UsageGroup),
  /** One point per step without holes; days begin at midnight of the reader's time zone. */
  points: z.array(z.object({ at: Moment, sums: z.record(z.string(), UsageSums) })),
});
export type UsageSeries = z.output<typeof UsageSeries>;

export const UsageTable = z.object({ rows: z.array(UsageGroup), total: UsageSums });
export type UsageTable = z.output<typeof UsageTable>;
