const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DURATION_STEPS = [
  [HOUR, "hour"],
  [MINUTE, "minute"],
  [SECOND, "second"],
] as const;

/** A measured duration: 12 ms, 1.24 s, 2 min 5 s. The reader compares these, so units stay short. */
export function formatDuration(ms: number, locale: string): string {
  if (ms < 0.995) return unit(ms, "millisecond", locale, 2);
  if (ms < SECOND) return unit(Math.round(ms), "millisecond", locale, 0);
  if (ms < MINUTE) return unit(ms / SECOND, "second", locale, ms < 10 * SECOND ? 2 : 1);
  return formatCountdown(ms, locale);
}

/** A duration in one unit, for the axis of a chart: 250 ms, 1.5 s, 12.5 min. */
export function formatDurationRough(ms: number, locale: string): string {
  const [size, name] =
    DURATION_STEPS.find(([from]) => Math.abs(ms) >= from) ?? ([1, "millisecond"] as const);
  return unit(ms / size, name, locale, 1);
}

/** Time left in its two largest units: 3 h 12 min, 2 days 4 h. Under a minute in seconds. */
export function formatCountdown(ms: number, locale: string): string {
  const left = Math.max(0, ms);
  if (left < MINUTE) return unit(Math.ceil(left / SECOND), "second", locale, 0);
  if (left < HOUR) return pair(left, [MINUTE, "minute"], [SECOND, "second"], locale);
  if (left < DAY) return pair(left, [HOUR, "hour"], [MINUTE, "minute"], locale);
  return pair(left, [DAY, "day"], [HOUR, "hour"], locale);
}

const AGO_STEPS = [
  [DAY * 365, "year"],
  [DAY * 30, "month"],
  [DAY, "day"],
  [HOUR, "hour"],
  [MINUTE, "minute"],
] as const;

/** "5 minutes ago", "in 2 days"; null within a minute, for which the caller has its own word. */
export function formatAgo(atMs: number, nowMs: number, locale: string): string | null {
  const passed = atMs - nowMs;
  const step = AGO_STEPS.find(([size]) => Math.abs(passed) >= size);
  if (!step) return null;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  return spaced(words.format(Math.trunc(passed / step[0]), step[1]));
}

/** Date and time to the second with the zone's short name, for people who need the exact moment. */
export function formatMoment(atMs: number, locale: string, timeZone?: string): string {
  const moment = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
    timeZone,
  });
  return spaced(moment.format(atMs));
}

type Part = readonly [sizeMs: number, name: string];

function pair(ms: number, [big, bigName]: Part, [small, smallName]: Part, locale: string): string {
  const bigs = Math.floor(ms / big);
  const smalls = Math.floor((ms - bigs * big) / small);
  const first = unit(bigs, bigName, locale, 0);
  return smalls === 0 ? first : `${first} ${unit(smalls, smallName, locale, 0)}`;
}

function unit(value: number, name: string, locale: string, maximumFractionDigits: number): string {
  const format = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: name,
    unitDisplay: "short",
    maximumFractionDigits,
  });
  return spaced(format.format(value));
}

/** Chinese text keeps a space beside digits and Latin letters; Intl writes none. */
export function spaced(text: string): string {
  return text
    .replace(/([\dA-Za-z])(?=\p{Script=Han})/gu, "$1 ")
    .replace(/(\p{Script=Han})(?=[\dA-Za-z])/gu, "$1 ");
}
