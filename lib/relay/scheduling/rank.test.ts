import fc from "fast-check";
import { expect, it } from "vitest";
import type { PoolAccount } from "../model";
import { sampleAccount, sampleLoad } from "../testing/samples";
import { ranked } from "./rank";
import type { ScoreWeights } from "./score";

const accounts: fc.Arbitrary<PoolAccount[]> = fc
  .array(
    fc.record({
      priority: fc.integer({ min: 1, max: 3 }),
      weight: fc.nat(3),
      lastUsedAtMs: fc.nat(3),
      inFlight: fc.nat(2),
      maxConcurrency: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
    }),
    { maxLength: 8 },
  )
  .map((list) =>
    list.map(({ inFlight, lastUsedAtMs, ...rest }, i) =>
      sampleAccount(`acc_${i}`, { ...rest, load: sampleLoad({ inFlight, lastUsedAtMs }) }),
    ),
  );
const strategies = fc.constantFrom("priority-lru" as const, "weighted" as const);

const NATIVE = () => false;

it("ranks every account once, by priority first", () => {
  fc.assert(
    fc.property(accounts, strategies, fc.string(), (pool, strategy, seed) => {
      const order = ranked(pool, { strategy }, { seed, nowMs: 0 }, NATIVE).map(
        ({ account }) => account,
      );
      expect(new Set(order)).toEqual(new Set(pool));
      const priorities = order.map(({ priority }) => priority);
      expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
    }),
  );
});

it("does not depend on the order of the pool", () => {
  fc.assert(
    fc.property(accounts, strategies, (pool, strategy) => {
      const ids = (list: PoolAccount[]) =>
        ranked(list, { strategy }, { seed: "s", nowMs: 0 }, NATIVE).map(
          ({ account }) => account.id,
        );
      expect(ids([...pool].reverse())).toEqual(ids(pool));
    }),
  );
});

it("puts accounts without weight or room last within their priority", () => {
  const pool = [
    sampleAccount("acc_a", { weight: 0 }),
    sampleAccount("acc_b", {
      maxConcurrency: 1,
      load: sampleLoad({ inFlight: 1, lastUsedAtMs: 0 }),
    }),
    sampleAccount("acc_c"),
  ];
  for (const seed of ["a", "b", "c", "d"]) {
    expect(
      ranked(pool, { strategy: "weighted" }, { seed: seed, nowMs: 0 }, NATIVE)[0]?.account.id,
    ).toBe("acc_c");
  }
});

it("keeps scores that can be stored: finite numbers only", () => {
  fc.assert(
    fc.property(accounts, strategies, fc.string(), (pool, strategy, seed) => {
      for (const { score } of ranked(pool, { strategy }, { seed, nowMs: 0 }, NATIVE)) {
        expect(score.every(Number.isFinite)).toBe(true);
      }
    }),
  );
});

it("prefers accounts that take the call as it is, within a priority", () => {
  const pool = [
    sampleAccount("acc_far", { priority: 1, load: sampleLoad({ inFlight: 0, lastUsedAtMs: 0 }) }),
    sampleAccount("acc_near", { priority: 1, load: sampleLoad({ inFlight: 0, lastUsedAtMs: 9 }) }),
    sampleAccount("acc_first", { priority: 0, load: sampleLoad({ inFlight: 0, lastUsedAtMs: 9 }) }),
  ];
  const isTranslated = ({ id }: PoolAccount) => id !== "acc_near";
  for (const strategy of ["priority-lru", "weighted"] as const) {
    const order = ranked(pool, { strategy }, { seed: "s", nowMs: 0 }, isTranslated).map(
      ({ account }) => account.id,
    );
    expect(order).toEqual(["acc_first", "acc_near", "acc_far"]);
  }
});

it("draws for a key of a group by the weights in that group", () => {
  const pool = [
    sampleAccount("acc_a", { weight: 1, groupWeights: { grp_x: 9 } }),
    sampleAccount("acc_b", { weight: 9, groupWeights: { grp_x: 1 } }),
    sampleAccount("acc_c", { weight: 9, groupWeights: { grp_x: 0 } }),
  ];
  const firsts = (groupId: string | null) => {
    const count: Record<string, number> = {};
    for (let i = 0; i < 2_000; i++) {
      const first =
        ranked(pool, { strategy: "weighted" }, { seed: `seed ${i}`, nowMs: 0, groupId }, NATIVE)[0]
          ?.account.id ?? "";
      count[first] = (count[first] ?? 0) + 1;
    }
    return count;
  };
  const inGroup = firsts("grp_x");
  expect(inGroup.acc_c).toBeUndefined();
  expect((inGroup.acc_a ?? 0) / 2_000).toBeCloseTo(0.9, 1);
  expect((firsts(null).acc_a ?? 0) / 2_000).toBeCloseTo(1 / 19, 1);
});

it("puts accounts with less trouble first, within their priority", () => {
  const NOW = 10_000_000;
  const load = (changes: object) => sampleLoad({ lastUsedAtMs: NOW, ...changes });
  const pool = [
    sampleAccount("acc_failing", { load: load({ errorRate: 0.6 }) }),
    sampleAccount("acc_slow", { load: load({ firstByteMs: 30_000 }) }),
    sampleAccount("acc_full", { maxConcurrency: 4, load: load({ inFlight: 4 }) }),
    sampleAccount("acc_used", {
      load: load({}),
      windows: [{ name: "5h", usedPercent: 90, status: "", resetsAtMs: NOW + 1 }],
    }),
    sampleAccount("acc_sound", { load: load({ firstByteMs: 300 }) }),
    sampleAccount("acc_first", { priority: 1, load: load({ errorRate: 1 }) }),
  ];
  const order = (nowMs: number, scoreWeights?: ScoreWeights) =>
    ranked(pool, { strategy: "score", scoreWeights }, { seed: "s", nowMs }, NATIVE).map(
      ({ account }) => account.id,
    );
  expect(order(NOW)).toEqual([
    "acc_first",
    "acc_sound",
    "acc_slow",
    "acc_used",
    "acc_failing",
    "acc_full",
  ]);
  const onlyErrors = { busy: 0, errors: 1, speed: 0, quota: 0 };
  expect(order(NOW, onlyErrors).at(-1)).toBe("acc_failing");
  // What is long past counts no more: it is tried again.
  expect(order(NOW + 3_600_000, onlyErrors)[1]).toBe("acc_failing");
});
