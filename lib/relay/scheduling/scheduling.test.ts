import fc from "fast-check";
import { expect, it } from "vitest";
import type { PoolAccount } from "../model";
import { sampleAccount, sampleKey, sampleLoad } from "../testing/samples";
import { chooseAccount } from "./choose-account";
import type { ChoiceFacts } from "./facts";

const NOW = 1_000_000;
const facts = (changes: Partial<ChoiceFacts> = {}): ChoiceFacts => ({
  protocol: "anthropic",
  model: "claude-opus-5-5",
  key: sampleKey(),
  stickyAccountId: null,
  spokenBy: (provider) => (provider === "claude-console" ? "anthropic" : null),
  ...changes,
});

const choose = (
  pool: readonly PoolAccount[],
  changes: Partial<ChoiceFacts> = {},
  tried: readonly string[] = [],
  strategy: "priority-lru" | "weighted" = "priority-lru",
  seed = "seed",
) => chooseAccount(pool, facts(changes), new Set(tried), { strategy }, NOW, seed);

const used = (lastUsedAtMs: number, inFlight = 0) => ({
  load: sampleLoad({ inFlight, lastUsedAtMs }),
});
const state = (changes: Partial<PoolAccount["state"]>) => ({
  state: { ...sampleAccount("x").state, ...changes },
});

it("takes the lowest priority number, then the least recently used, then the id", () => {
  const pool = [
    sampleAccount("acc_d", { priority: 60, ...used(0) }),
    sampleAccount("acc_c", used(5)),
    sampleAccount("acc_b", used(3)),
    sampleAccount("acc_a", used(3)),
  ];
  expect(choose(pool).trace.candidates.map(({ accountId }) => accountId)).toEqual([
    "acc_a",
    "acc_b",
    "acc_c",
    "acc_d",
  ]);
});

const EXCLUDED: [string, Partial<PoolAccount>][] = [
  ["disabled", { enabled: false }],
  ["not-schedulable", { schedulable: false }],
  ["draining", { draining: true }],
  ["stopped", state({ stopped: "needs-sign-in" })],
  ["cooling", state({ coolingUntilMs: NOW + 1, coolingReason: "limited" })],
  ["family-limited", state({ limitedFamilies: { opus: NOW + 1 } })],
  ["model-unsupported", { modelMap: { entries: [{ from: "sonnet", to: "x" }] } }],
  ["protocol-unreachable", { provider: "gemini-api-key" }],
  ["no-consent", { consent: { userIds: ["usr_z"] } }],
  ["not-bound", { sharing: "dedicated" }],
  ["not-bound", { sharing: "group", groupIds: ["grp_z"] }],
  ["plan-expired", { planExpiresAtMs: NOW }],
  ["concurrency-full", { maxConcurrency: 2, ...used(0, 2) }],
  ["tried", { id: "acc_tried" }],
];

it("leaves an account out for exactly one reason, and says which", () => {
  for (const [reason, changes] of EXCLUDED) {
    const { account, trace } = choose([sampleAccount("acc_a", changes)], {}, ["acc_tried"]);
    expect(account, reason).toBeNull();
    expect(trace.excluded.map((left) => left.reason)).toEqual([reason]);
    expect(trace.chosen).toBeNull();
  }
});

it("serves what is not excluded any more, or never was", () => {
  const fit: Partial<PoolAccount>[] = [
    state({ coolingUntilMs: NOW, coolingReason: "limited" }),
    state({ limitedFamilies: { opus: NOW, sonnet: NOW + 9 } }),
    { planExpiresAtMs: NOW + 1 },
    { consent: { userIds: ["usr_a"] } },
    { maxConcurrency: 2, ...used(0, 1) },
    { modelMap: { entries: [{ from: "opus", to: "x" }] } },
  ];
  for (const changes of fit)
    expect(choose([sampleAccount("acc_a", changes)]).account?.id).toBe("acc_a");
});

it("limits the family of the name that is sent, not of the one that is asked", () => {
  const mapped = { modelMap: { entries: [{ from: "opus", to: "gemini-3-pro" }] } };
  const limited = (family: string) =>
    choose([
      sampleAccount("acc_a", { ...mapped, ...state({ limitedFamilies: { [family]: NOW + 1 } }) }),
    ]);
  expect(limited("gemini-3-pro").account).toBeNull();
  expect(limited("opus").account?.id).toBe("acc_a");
});

it("stays with a session's account while it can serve, and leaves it at once when it cannot", () => {
  const pool = [sampleAccount("acc_a"), sampleAccount("acc_b", { priority: 90 })];
  const sticky = choose(pool, { stickyAccountId: "acc_b" });
  expect([sticky.account?.id, sticky.trace.sticky]).toEqual(["acc_b", "hit"]);
  const left = choose(pool, { stickyAccountId: "acc_b" }, ["acc_b"]);
  expect([left.account?.id, left.trace.sticky]).toEqual(["acc_a", "left"]);
  expect(choose(pool, { stickyAccountId: "acc_gone" }).trace.sticky).toBe("left");
  expect(choose(pool).trace.sticky).toBe("none");
});

it("lets a draining account finish its sessions and begin no new one", () => {
  const pool = [sampleAccount("acc_a", { draining: true }), sampleAccount("acc_b")];
  expect(choose(pool, { stickyAccountId: "acc_a" }).account?.id).toBe("acc_a");
  expect(choose(pool).account?.id).toBe("acc_b");
});

const bound = (kind: "account" | "group", id: string, fallback: boolean) => ({
  key: sampleKey({ binding: { kind, id, fallback } }),
});

it("keeps to a binding, and falls back to the shared pool only where the key says so", () => {
  const pool = [
    sampleAccount("acc_own", { sharing: "dedicated", enabled: false }),
    sampleAccount("acc_grp", { sharing: "group", groupIds: ["grp_a"], priority: 99 }),
    sampleAccount("acc_all"),
  ];
  expect(choose(pool, bound("account", "acc_own", false)).account).toBeNull();
  expect(choose(pool, bound("account", "acc_own", true)).account?.id).toBe("acc_all");
  const group = choose(pool, bound("group", "grp_a", false));
  expect([group.account?.id, group.trace.binding]).toEqual(["acc_grp", "group:grp_a"]);
  expect(choose(pool, bound("group", "grp_none", false)).account).toBeNull();
});

it("never takes a dedicated account for a key that is not bound to it", () => {
  const sharing = fc.constantFrom("shared", "dedicated", "group") as fc.Arbitrary<
    PoolAccount["sharing"]
  >;
  fc.assert(
    fc.property(fc.array(sharing, { maxLength: 6 }), (kinds) => {
      const pool = kinds.map((kind, i) => sampleAccount(`acc_${i}`, { sharing: kind }));
      const { account } = choose(pool);
      expect(account?.sharing ?? "shared").toBe("shared");
    }),
  );
});

it("does not close a pool of one for a guess: the account that is ready first is tried", () => {
  const cooling = (id: string, reason: string, untilMs: number) =>
    sampleAccount(id, state({ coolingUntilMs: untilMs, coolingReason: reason }));
  const pool = [cooling("acc_a", "busy", NOW + 9), cooling("acc_b", "broken", NOW + 5)];
  const { account, trace } = choose(pool);
  expect([account?.id, trace.strategy]).toEqual(["acc_b", "last-resort"]);
  expect(choose([cooling("acc_a", "limited", NOW + 9)]).account).toBeNull();
  expect(choose(pool, {}, ["acc_a", "acc_b"]).account).toBeNull();
});

it("shares by weight and free room, alike for the same seed", () => {
  const pool = [
    sampleAccount("acc_a", { weight: 3 }),
    sampleAccount("acc_b", { weight: 1 }),
    sampleAccount("acc_c", { weight: 0 }),
    sampleAccount("acc_d", { weight: 4, maxConcurrency: 4, ...used(0, 3) }),
  ];
  const counts: Record<string, number> = {};
  for (let i = 0; i < 5000; i++) {
    const { account } = choose(pool, {}, [], "weighted", `seed ${i}`);
    counts[account?.id ?? ""] = (counts[account?.id ?? ""] ?? 0) + 1;
  }
  expect(counts.acc_a).toBeGreaterThan(2800);
  expect(counts.acc_a).toBeLessThan(3200);
  expect(counts.acc_b).toBeGreaterThan(850);
  expect(counts.acc_d).toBeGreaterThan(850);
  expect(counts.acc_c).toBeUndefined();
  const again = () => choose(pool, {}, [], "weighted", "same").account?.id;
  expect(again()).toBe(again());
});

it("chooses an eligible account exactly when there is one, and accounts for every other", () => {
  const changes = fc.constantFrom(...EXCLUDED.map(([, c]) => c), {}, {});
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 8 }), (list) => {
      const pool = list.map((change, i) =>
        sampleAccount(`acc_${i}`, { ...change, id: `acc_${i}` }),
      );
      const { account, trace } = choose(pool);
      expect(trace.excluded.length + trace.candidates.length).toBe(pool.length);
      expect(account === null).toBe(trace.candidates.length === 0);
      expect(trace.chosen).toBe(account?.id ?? null);
    }),
  );
});
