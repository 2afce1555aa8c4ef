import { expect, it } from "vitest";
import { usageAsked } from "./usage-range";

const NOW = Date.parse("2026-11-20T10:30:42Z");

it("shows seven whole days of the reader's zone unless told otherwise", () => {
  const asked = usageAsked({}, { nowMs: NOW, timeZone: "Asia/Shanghai" });
  expect(asked).toMatchObject({ range: "week", by: "model", step: "day" });
  expect(asked.filters).toEqual({
    from: "2026-11-13T16:00:00.000Z",
    to: "2026-11-20T11:00:00.000Z",
  });
});

it("asks the same within one hour, so that server and browser share an answer", () => {
  expect(usageAsked({}, { nowMs: NOW, timeZone: "UTC" })).toEqual(
    usageAsked({}, { nowMs: NOW + 60_000, timeZone: "UTC" }),
  );
});

it("takes an exact range and shows hours while they can be told apart", () => {
  const span = { from: "2026-11-18T08:15:00.000Z", to: "2026-11-19T20:00:00.000Z" };
  expect(usageAsked(span, { nowMs: NOW, timeZone: "UTC" })).toMatchObject({
    range: "exact",
    step: "hour",
    filters: span,
  });
});

it("falls back where an address makes no sense", () => {
  const nonsense = { from: "2026-11-20", to: "2020-01-01", by: "colour", key: "x y", range: "?" };
  expect(usageAsked(nonsense, { nowMs: NOW, timeZone: "UTC" })).toEqual(
    usageAsked({}, { nowMs: NOW, timeZone: "UTC" }),
  );
});
