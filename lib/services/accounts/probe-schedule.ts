import { CronExpressionParser } from "cron-parser";
import { refusal } from "./account-form";

/** More often than this a test would be traffic of its own. */
const LEAST_MINUTES = 5;
const MINUTE_MS = 60_000;
/** So many moments tell how often an expression strikes at its densest. */
const LOOKED_AT = 50;

/** The next moment of a cron expression of five fields, in a time zone. Throws what the parser throws. */
export function nextProbe(cron: string, timeZone: string, after: Date): Date {
  return CronExpressionParser.parse(cron, { currentDate: after, tz: timeZone }).next().toDate();
}

/** A schedule that can be read and does not strike too often, or `invalid_request`. */
export function checkProbeCron(cron: string | null | undefined, now: Date): void {
  if (!cron) return;
  const densest = densestMinutes(cron, now);
  if (densest === null) {
    throw refusal({ probeCron: "A cron expression of five fields, such as 0 */6 * * *." });
  }
  if (densest < LEAST_MINUTES) {
    throw refusal({ probeCron: `At most every ${LEAST_MINUTES} minutes.` });
  }
}

/** Minutes between the two nearest of the next moments; null for what is no expression. */
function densestMinutes(cron: string, now: Date): number | null {
  if (cron.trim().split(/\s+/).length !== 5) return null;
  try {
    const expression = CronExpressionParser.parse(cron, { currentDate: now, tz: "UTC" });
    const moments = Array.from({ length: LOOKED_AT }, () => expression.next().getTime());
    const gaps = moments.slice(1).map((atMs, i) => atMs - (moments[i] ?? 0));
    return Math.min(...gaps) / MINUTE_MS;
  } catch {
    return null;
  }
}
