import { RequestListQuery } from "@/lib/contracts/requests";

/** What the address of the log may carry, under the names that it has there. */
export const REQUEST_PARAMS = [
  "q",
  "key",
  "face",
  "outcome",
  "range",
  "from",
  "to",
  "session",
] as const;
export type RequestParams = Readonly<Partial<Record<(typeof REQUEST_PARAMS)[number], string>>>;
type Filters = Omit<RequestListQuery, "limit" | "cursor">;

const HOUR_MS = 3_600_000;
export const RANGES = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 168 * HOUR_MS,
  month: 720 * HOUR_MS,
};
export type RangeName = keyof typeof RANGES;
export const isRangeName = (text: string): text is RangeName => text in RANGES;

/**
 * The filters of the log out of its address. What does not fit the contract is left out: a link that
 * somebody mangled shows more, never an error. Ranges begin at a full minute, so that two parts of a
 * page ask for the same rows.
 */
export function requestFilters(params: RequestParams, nowMs: number): Filters {
  const { q, key, face, outcome, range = "", from, to, session } = params;
  const asked = {
    search: q,
    keyId: key,
    face,
    outcome,
    session,
    from: isRangeName(range) ? rangeStart(range, nowMs) : from,
    to: isRangeName(range) ? undefined : to,
  };
  const { shape } = RequestListQuery;
  const fitting = Object.entries(asked).filter(
    ([name, value]) => value && shape[name as keyof typeof asked].safeParse(value).success,
  );
  return Object.fromEntries(fitting);
}

function rangeStart(range: RangeName, nowMs: number): string {
  const minute = 60_000;
  return new Date(Math.floor((nowMs - RANGES[range]) / minute) * minute).toISOString();
}
