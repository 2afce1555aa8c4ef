import { expect, it } from "vitest";
import { AppError, type FailureCode, type FailureDetail } from "../../shared/errors";
import { googleLimitedWindows } from "./google-windows";

const NOW = 1_000_000;
const windows = (detail: FailureDetail, code: FailureCode = "upstream_limited") =>
  googleLimitedWindows(new AppError(code, "x", detail), NOW);

it("draws a used-up quota as a full window of its model until it is back", () => {
  const family = "gemini-pro";
  expect(windows({ family, resetAtMs: NOW + 5 })).toEqual([
    { name: family, usedPercent: 100, status: "exhausted", resetsAtMs: NOW + 5 },
  ]);
  expect(windows({ family, retryAfterSeconds: 60 })[0]?.resetsAtMs).toBe(NOW + 60_000);
});

it("draws nothing that has no model or no end, and nothing for other failures", () => {
  expect(windows({ family: null, retryAfterSeconds: 60 })).toEqual([]);
  expect(windows({ family: "gemini-pro" })).toEqual([]);
  expect(windows({ family: "gemini-pro", retryAfterSeconds: 60 }, "upstream_busy")).toEqual([]);
});
