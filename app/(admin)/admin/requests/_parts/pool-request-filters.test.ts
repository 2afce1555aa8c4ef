import { expect, it } from "vitest";
import { poolRequestFilters } from "./pool-request-filters";

const NOW_MS = Date.parse("2026-11-23T10:00:30.000Z");

it("takes people and accounts by id besides the filters of every log", () => {
  const params = { user: "usr_1", account: "acc_2", outcome: "failed", range: "hour" };
  expect(poolRequestFilters(params, NOW_MS)).toEqual({
    userId: "usr_1",
    accountId: "acc_2",
    outcome: "failed",
    from: "2026-11-23T09:00:00.000Z",
  });
});

it("leaves out what is no id instead of failing", () => {
  expect(poolRequestFilters({ user: "'; --", account: "" }, NOW_MS)).toEqual({});
});
