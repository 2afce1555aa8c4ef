import { expect, it } from "vitest";
import { requestFilters } from "./request-filters";

const NOW = Date.parse("2026-11-20T10:30:42Z");

it("takes over what fits and leaves out what does not", () => {
  const asked = { q: "opus", key: "not an id", face: "gemini", outcome: "exploded" };
  expect(requestFilters(asked, NOW)).toEqual({ search: "opus", face: "gemini" });
});

it("begins a named range at a full minute, so that server and browser ask alike", () => {
  expect(requestFilters({ range: "hour" }, NOW)).toEqual({ from: "2026-11-20T09:30:00.000Z" });
  expect(requestFilters({ range: "hour" }, NOW)).toEqual(
    requestFilters({ range: "hour" }, NOW + 9_000),
  );
});

it("keeps an exact span that another page linked to", () => {
  const span = { from: "2026-11-20T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z" };
  expect(requestFilters(span, NOW)).toEqual(span);
});
