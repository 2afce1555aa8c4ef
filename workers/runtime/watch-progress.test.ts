import { expect, it } from "vitest";
import { isStuck } from "./watch-progress";

const state = { booked: 5, buried: 0, owed: 3, lastProgressMs: 1_000 };

it("is stuck only with a backlog and without progress for two minutes", () => {
  expect(isStuck(state, 121_001)).toBe(true);
  expect(isStuck(state, 120_999)).toBe(false);
  expect(isStuck({ ...state, owed: 0 }, 999_999)).toBe(false);
});
