import { expect, it } from "vitest";
import { AppError, FAILURES, type FailureCode, type FailureDetail } from "../../shared/errors";
import type { AccountState } from "../model";
import { sampleAccount } from "../testing/samples";
import { nextState } from "./cool-down";

const NOW = 10_000_000;
const FRESH: AccountState = sampleAccount("acc_a").state;
const SERVED = { kind: "served", accountId: "acc_a", firstByteMs: 5 } as const;
const failed = (code: FailureCode, detail: FailureDetail = {}, family: string | null = null) =>
  ({ kind: "failed", accountId: "acc_a", error: new AppError(code, "x", detail), family }) as const;

it("changes nothing for whatever is of the caller's making", () => {
  for (const [code, rule] of Object.entries(FAILURES)) {
    if (rule.account !== "keep") continue;
    expect(nextState(FRESH, failed(code as FailureCode), NOW), code).toBe(FRESH);
  }
});

it("rests the named family only, until its reset", () => {
  const next = nextState(FRESH, failed("upstream_limited", { retryAfterSeconds: 60 }, "opus"), NOW);
  expect(next.limitedFamilies).toEqual({ opus: NOW + 60_000 });
  expect(next.coolingUntilMs).toBeNull();
});

it("rests the whole account when no family is named", () => {
  const next = nextState(FRESH, failed("upstream_limited", { resetAtMs: NOW + 5000 }), NOW);
  expect(next).toMatchObject({ coolingUntilMs: NOW + 5000, coolingReason: "limited" });
});

it("tries early again, however far away the stated reset is", () => {
  const far = failed("upstream_limited", { retryAfterSeconds: 443_300 }, "opus");
  expect(nextState(FRESH, far, NOW).limitedFamilies.opus).toBe(NOW + 30 * 60_000);
  const short = nextState(FRESH, far, NOW, { maxCoolDownMs: 1000 });
  expect(short.limitedFamilies.opus).toBe(NOW + 1000);
});

it("rests a minute when no reset is stated, or one that is past", () => {
  expect(nextState(FRESH, failed("upstream_limited"), NOW).coolingUntilMs).toBe(NOW + 60_000);
  const past = failed("upstream_limited", { resetAtMs: NOW - 1 });
  expect(nextState(FRESH, past, NOW).coolingUntilMs).toBe(NOW + 60_000);
});

it("rests longer with each overload in a row, and is bounded", () => {
  let state = FRESH;
  const rests: number[] = [];
  let nowMs = NOW;
  for (let i = 0; i < 8; i++) {
    state = nextState(state, failed("upstream_busy"), nowMs);
    rests.push((state.coolingUntilMs ?? 0) - nowMs);
    nowMs = state.coolingUntilMs ?? 0;
  }
  expect(rests).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect(state.coolingReason).toBe("busy");
});

it("takes single broken answers for chance", () => {
  const once = nextState(FRESH, failed("upstream_broken"), NOW);
  const twice = nextState(once, failed("upstream_silent"), NOW);
  expect(twice).toMatchObject({ coolingUntilMs: null, failuresInARow: 2 });
  const thrice = nextState(twice, failed("upstream_broken"), NOW);
  expect(thrice).toMatchObject({ coolingUntilMs: NOW + 5000, coolingReason: "broken" });
});

it("goes by the account's own rules where an admin set some", () => {
  const limit = failed("upstream_limited", { retryAfterSeconds: 600 });
  expect(nextState(FRESH, limit, NOW, { ignoreLimits: true })).toBe(FRESH);
  const overload = failed("upstream_busy");
  expect(nextState(FRESH, overload, NOW, { ignoreFailures: true })).toBe(FRESH);
  expect(nextState(FRESH, failed("upstream_broken"), NOW, { ignoreFailures: true })).toBe(FRESH);
  expect(nextState(FRESH, limit, NOW, { ignoreFailures: true }).coolingUntilMs).toBe(NOW + 600_000);
  const short = { maxCoolDownMs: 500 };
  for (const one of [limit, overload]) {
    expect(nextState(FRESH, one, NOW, short).coolingUntilMs).toBe(NOW + 500);
  }
  const denied = failed("upstream_denied");
  const all = { ignoreLimits: true, ignoreFailures: true };
  expect(nextState(FRESH, denied, NOW, all).stopped).toBe("needs-sign-in");
});

it("takes what fails while it rests for the same trouble once more", () => {
  const resting = nextState(FRESH, failed("upstream_busy"), NOW);
  const twoMore = nextState(resting, failed("upstream_busy"), NOW + 1);
  expect(nextState(twoMore, failed("upstream_broken"), NOW + 2)).toBe(resting);
  const limited = nextState(FRESH, failed("upstream_limited", { retryAfterSeconds: 1 }), NOW);
  expect(nextState(limited, failed("upstream_busy"), NOW)).toMatchObject({
    coolingUntilMs: NOW + 2000,
    coolingReason: "busy",
  });
});

it("stops an account whose credential is rejected, until somebody mends it", () => {
  const next = nextState(FRESH, failed("upstream_denied"), NOW);
  expect(next.stopped).toBe("needs-sign-in");
  expect(nextState(next, SERVED, NOW).stopped).toBe("needs-sign-in");
});

it("ends guesses with a success, and keeps what was stated", () => {
  const busy = nextState(FRESH, failed("upstream_busy"), NOW);
  expect(nextState(busy, SERVED, NOW)).toEqual(FRESH);
  const limited = nextState(FRESH, failed("upstream_limited", { retryAfterSeconds: 9 }), NOW);
  expect(nextState(limited, SERVED, NOW + 8000).coolingUntilMs).toBe(NOW + 9000);
  expect(nextState(limited, SERVED, NOW + 9000)).toEqual(FRESH);
  const family = nextState(
    FRESH,
    failed("upstream_limited", { retryAfterSeconds: 9 }, "opus"),
    NOW,
  );
  expect(nextState(family, SERVED, NOW + 1).limitedFamilies).toEqual({ opus: NOW + 9000 });
  expect(nextState(family, SERVED, NOW + 9000).limitedFamilies).toEqual({});
});

it("never shortens a rest that is stated already", () => {
  const limited = nextState(FRESH, failed("upstream_limited", { retryAfterSeconds: 900 }), NOW);
  const then = nextState(limited, failed("upstream_busy"), NOW);
  expect(then).toMatchObject({ coolingUntilMs: NOW + 900_000, coolingReason: "limited" });
});
