import { UsageQuery } from "@/lib/contracts/usage";
import { periodAt } from "@/lib/services/usage/periods";
import { isSpan } from "./usage-span";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Up to here hours can be told apart in a chart. */
const HOURLY_MS = 3 * DAY_MS;

const DAYS = { day: 1, week: 7, month: 30, quarter: 90 } as const;
type RangeName = keyof typeof DAYS;
const isRangeName = (text: string): text is RangeName => text in DAYS;

const GROUPS = ["model", "key", "face"] as const;
type Group = (typeof GROUPS)[number];

export const USAGE_PARAMS = ["range", "from", "to", "by", "key", "model"] as const;
export type UsageParams = Readonly<Partial<Record<(typeof USAGE_PARAMS)[number], string>>>;

/** When the page was made and where its reader's days begin: the same on the server and after it. */
export interface UsageMoment {
  nowMs: number;
  timeZone: string;
}

/** Everything that the page asks the server for, out of its address. */
export interface UsageAsked {
  range: RangeName | "exact";
  filters: UsageQuery;
  by: Group;
  step: "hour" | "day";
}

/**
 * The question in an address. Ranges end with the running hour and begin at a midnight of the
 * reader's zone (the last 24 hours at an hour), so that every bar is a whole one. What does not fit
 * is left out.
 */
export function usageAsked(params: UsageParams, { nowMs, timeZone }: UsageMoment): UsageAsked {
  const { range = "", by = "" } = params;
  const exact = exactRange(params);
  const named = isRangeName(range) ? range : "week";
  const span = exact ?? namedRange(named, nowMs, timeZone);
  return {
    range: exact ? "exact" : named,
    filters: { from: iso(span.fromMs), to: iso(span.toMs), ...others(params) },
    by: GROUPS.find((one) => one === by) ?? "model",
    step: span.toMs - span.fromMs <= HOURLY_MS ? "hour" : "day",
  };
}

interface Span {
  fromMs: number;
  toMs: number;
}

function namedRange(range: RangeName, nowMs: number, timeZone: string): Span {
  const toMs = Math.ceil((nowMs + 1) / HOUR_MS) * HOUR_MS;
  if (range === "day") return { fromMs: toMs - DAY_MS, toMs };
  return { fromMs: periodAt("day", nowMs - (DAYS[range] - 1) * DAY_MS, timeZone).fromMs, toMs };
}

function exactRange({ from = "", to = "" }: UsageParams): Span | null {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  return isSpan(fromMs, toMs) ? { fromMs, toMs } : null;
}

function others({ key, model }: UsageParams): Pick<UsageQuery, "keyId" | "model"> {
  const { shape } = UsageQuery;
  const keyId = shape.keyId.safeParse(key).data;
  return { ...(keyId ? { keyId } : {}), ...(model ? { model: model.slice(0, 200) } : {}) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
