import { type DateTimeFormatOptions, useFormatter } from "next-intl";
import { useMemo } from "react";
import { spaced } from "./time-text";

/** A moment as ISO text or epoch ms. */
type Moment = string | number;

export interface When {
  date(at: Moment): string;
  /** To the minute; in the reader's zone unless another is named. */
  minute(at: Moment, timeZone?: string): string;
  second(at: Moment): string;
  /** The time of day alone. */
  clock(at: Moment): string;
  /** "a, b and c" */
  list(words: readonly string[]): string;
}

/** Dates, times and lists in the reader's words, on a clock of 24 hours in every language. */
export function useWhen(): When {
  const format = useFormatter();
  return useMemo(() => {
    const text = (at: Moment, how: DateTimeFormatOptions) =>
      spaced(format.dateTime(new Date(at), { ...how, hourCycle: "h23" }));
    return {
      date: (at) => text(at, { dateStyle: "medium" }),
      minute: (at, timeZone) =>
        text(at, { dateStyle: "medium", timeStyle: "short", ...(timeZone && { timeZone }) }),
      second: (at) => text(at, { dateStyle: "medium", timeStyle: "medium" }),
      clock: (at) => text(at, { timeStyle: "medium" }),
      list: (words) => spaced(format.list(words)),
    };
  }, [format]);
}
