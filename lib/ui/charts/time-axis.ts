import { spaced } from "../format/time-text";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_DAY_LINES = 45;

/** The reader's own midnights between two moments: where a day begins on the axis. */
export function dayStarts(fromMs: number, toMs: number): number[] {
  const starts: number[] = [];
  const day = new Date(fromMs);
  day.setHours(24, 0, 0, 0);
  // setDate, not + 24 h: days of a clock change are 23 or 25 h long.
  while (day.getTime() < toMs && starts.length < MOST_DAY_LINES) {
    starts.push(day.getTime());
    day.setDate(day.getDate() + 1);
  }
  return starts;
}

/** A few moments for the axis: midnights over several days, full hours within one or two. */
export function axisTicks(fromMs: number, toMs: number, most: number): number[] {
  const span = toMs - fromMs;
  const days = dayStarts(fromMs, toMs);
  if (span > 2 * DAY_MS) return thin(days, most);
  const stepMs = [HOUR_MS / 12, HOUR_MS / 4, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS].find(
    (step) => span / step <= most,
  );
  return stepMs ? localSteps(fromMs, toMs, stepMs) : thin(days, most);
}

function localSteps(fromMs: number, toMs: number, stepMs: number): number[] {
  const midnight = new Date(fromMs).setHours(0, 0, 0, 0);
  const first = midnight + Math.ceil((fromMs - midnight) / stepMs) * stepMs;
  const count = Math.max(0, Math.floor((toMs - first) / stepMs) + 1);
  return Array.from({ length: count }, (_, index) => first + index * stepMs);
}

function thin(moments: readonly number[], most: number): number[] {
  const every = Math.max(1, Math.ceil(moments.length / most));
  return moments.filter((_, index) => index % every === 0);
}

/** Short words for a moment on the axis: the hour within a day, the date at its start. */
export function axisLabel(atMs: number, locale: string): string {
  const at = new Date(atMs);
  const midnight = at.getHours() === 0 && at.getMinutes() === 0;
  return midnight
    ? spaced(new Intl.DateTimeFormat(locale, { month: "short", day: "numeric" }).format(at))
    : new Intl.DateTimeFormat(locale, {
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      }).format(at);
}

/** The bucket in words, for tooltip and table: a date for whole days, date and time below that. */
export function bucketLabel(atMs: number, bucketMs: number, locale: string): string {
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const bucket = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    ...(bucketMs >= DAY_MS ? {} : time),
  });
  return spaced(bucket.format(atMs));
}
