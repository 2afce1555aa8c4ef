import { expect, it } from "vitest";
import { periodAt } from "./periods";

const iso = (ms: number) => new Date(ms).toISOString();
const at = (text: string) => Date.parse(text);

it("begins days at the zone's midnight, over both changes of the clock", () => {
  const spring = periodAt("day", at("2026-03-29T12:00:00Z"), "Europe/Berlin");
  expect([iso(spring.fromMs), iso(spring.toMs)]).toEqual([
    "2026-03-28T23:00:00.000Z",
    "2026-03-29T22:00:00.000Z",
  ]);
  const autumn = periodAt("day", at("2026-10-25T12:00:00Z"), "Europe/Berlin");
  expect(autumn.toMs - autumn.fromMs).toBe(25 * 3_600_000);
});

it("begins weeks on Monday and months on the first, across the ends of years", () => {
  const week = periodAt("week", at("2027-01-01T00:00:00Z"), "UTC");
  expect([iso(week.fromMs), iso(week.toMs)]).toEqual([
    "2026-12-28T00:00:00.000Z",
    "2027-01-04T00:00:00.000Z",
  ]);
  const month = periodAt("month", at("2026-12-31T23:59:59.999Z"), "UTC");
  expect([iso(month.fromMs), iso(month.toMs)]).toEqual([
    "2026-12-01T00:00:00.000Z",
    "2027-01-01T00:00:00.000Z",
  ]);
});

it("holds every moment in exactly one period, in zones with odd offsets", () => {
  for (const zone of ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]) {
    let cursor = at("2026-01-01T00:00:00Z");
    for (let i = 0; i < 400; i++) {
      const period = periodAt("day", cursor, zone);
      expect(period.fromMs <= cursor && cursor < period.toMs, `${zone} ${iso(cursor)}`).toBe(true);
      expect(periodAt("day", period.toMs, zone).fromMs).toBe(period.toMs);
      cursor = period.toMs;
    }
  }
});
