export type PeriodName = "day" | "week" | "month" | "total";

/** A budget period: from its first moment to the first moment after it (0 = it never ends), epoch ms. */
export interface Period {
  fromMs: number;
  toMs: number;
}

const HOUR_MS = 3_600_000;
const TOTAL: Period = { fromMs: 0, toMs: 0 };

/**
 * The period that `atMs` lies in, by the calendar of a time zone: days begin at its midnight, weeks on
 * Monday, months on the first. Exact over changes of the clock.
 */
export function periodAt(name: PeriodName, atMs: number, timeZone: string): Period {
  if (name === "total") return TOTAL;
  const { year, month, day, weekday } = dateAt(atMs, timeZone);
  const start = { day: [month, day], week: [month, day - weekday], month: [month, 1] }[name];
  const length = { day: [0, 1], week: [0, 7], month: [1, 0] }[name];
  const [startMonth = 0, startDay = 1] = start;
  const [months = 0, days = 0] = length;
  return {
    fromMs: midnight(year, startMonth, startDay, timeZone),
    toMs: midnight(year, startMonth + months, startDay + days, timeZone),
  };
}

/** A zone's periods, remembered until they end: the hot path asks for them at every request. */
export function periodCalendar(timeZone: () => string) {
  const known = new Map<string, Period>();
  return (name: PeriodName, atMs: number): Period => {
    const zone = timeZone();
    const key = `${name} ${zone}`;
    const found = known.get(key);
    if (found && atMs >= found.fromMs && (found.toMs === 0 || atMs < found.toMs)) return found;
    const period = periodAt(name, atMs, zone);
    known.set(key, period);
    return period;
  };
}

function midnight(year: number, month: number, day: number, timeZone: string): number {
  const wall = Date.UTC(year, month, day);
  // The offset is asked twice: at a change of the clock the first guess lies on the other side.
  const guess = wall - offsetAt(wall, timeZone);
  return wall - offsetAt(guess, timeZone);
}

/** How far the zone's wall clock is ahead of UTC, in ms. */
function offsetAt(atMs: number, timeZone: string): number {
  const parts = wallClock(atMs, timeZone);
  const wall = Date.UTC(parts.year, parts.month, parts.day) + parts.hour * HOUR_MS;
  return wall + parts.minute * 60_000 + parts.second * 1000 - Math.floor(atMs / 1000) * 1000;
}

function dateAt(atMs: number, timeZone: string) {
  const { year, month, day } = wallClock(atMs, timeZone);
  const weekday = (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7;
  return { year, month, day, weekday };
}

/** Making one costs a hundred times what using it does; there are few zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const found = formats.get(timeZone);
  if (found) return found;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, made);
  return made;
}

function wallClock(atMs: number, timeZone: string) {
  const format = formatOf(timeZone);
  const parts = new Map(format.formatToParts(atMs).map((part) => [part.type, Number(part.value)]));
  const value = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return {
    year: value("year"),
    month: value("month") - 1,
    day: value("day"),
    hour: value("hour"),
    minute: value("minute"),
    second: value("second"),
  };
}
