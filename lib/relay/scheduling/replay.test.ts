import { expect, it } from "vitest";
import type { PoolAccount } from "../model";
import type { RelaySettings } from "../ports";
import { spokenFor } from "../providers/spoken-for";
import { sampleAccount, sampleKey, sampleLoad } from "../testing/samples";
import { chooseAccount } from "./choose-account";
import { decisionFacts } from "./decision-facts";
import type { ChoiceFacts } from "./facts";
import { RecordedFacts } from "./recorded-facts";
import { recordedPool } from "./recorded-pool";
import { type PoolChange, type RecordedDecision, replay } from "./replay";

const NOW = 1_800_000_000_000;
const NO_CHANGE: PoolChange = { accounts: new Map() };

interface Asked {
  session?: string;
  sticky?: string;
  tried?: readonly string[];
}

/** Makes choices a second apart as the pipeline does, and keeps them through JSON as the books do. */
function recorder(pool: PoolAccount[], strategy: RelaySettings["strategy"] = "priority-lru") {
  const decisions: RecordedDecision[] = [];
  return {
    decisions,
    choose({ session, sticky, tried = [] }: Asked = {}): string {
      const nowMs = NOW + decisions.length * 1000;
      const requestId = `req_${decisions.length}`;
      const facts: ChoiceFacts = {
        protocol: "anthropic",
        model: "claude-opus-5-5",
        key: sampleKey(),
        stickyAccountId: sticky ?? null,
        spokenBy: spokenFor("anthropic"),
        admits: (provider) => provider !== "claude-oauth",
      };
      const settings = { strategy };
      const seed = requestId;
      const { account } = chooseAccount(pool, facts, new Set(tried), settings, nowMs, seed);
      if (!account) throw new Error("Nothing was chosen.");
      const made = { pool, version: "v1", facts, tried: new Set(tried), settings, nowMs, seed };
      const kept = RecordedFacts.parse(JSON.parse(JSON.stringify(decisionFacts(made))));
      decisions.push({
        requestId,
        attempt: 1,
        model: facts.model,
        keyId: "key_a",
        ownerId: "usr_a",
        session: session ?? null,
        endedAtMs: nowMs + 500,
        chosen: account.id,
        facts: kept,
      });
      account.load.lastUsedAtMs = nowMs + 1;
      return account.id;
    },
    replayed(change: PoolChange = NO_CHANGE) {
      const pools = new Map([["v1", recordedPool(pool)]]);
      return replay(decisions, { pools, spokenFor }, change).map(({ after }) => after);
    },
  };
}

const fresh = (id: string, changes: Partial<PoolAccount> = {}) =>
  sampleAccount(id, { load: sampleLoad({ inFlight: 0, lastUsedAtMs: 0 }), ...changes });

const calm = fresh("x").state;
const mixed = () => [
  fresh("acc_a", { maxConcurrency: 4, load: sampleLoad({ inFlight: 2, lastUsedAtMs: 0 }) }),
  fresh("acc_b", { weight: 5 }),
  fresh("acc_c", { state: { ...calm, coolingUntilMs: NOW + 9_500, coolingReason: "busy" } }),
  fresh("acc_d", { provider: "claude-oauth", priority: 1 }),
  fresh("acc_e", { state: { ...calm, limitedFamilies: { opus: NOW + 5_500 } } }),
  fresh("acc_f", {
    pauseAtPercent: 80,
    windows: [{ name: "5h", usedPercent: 90, status: "", resetsAtMs: NOW + 15_500 }],
  }),
  fresh("acc_g", { state: { ...calm, stopped: "needs-sign-in" } }),
];

it.each(["priority-lru", "weighted"] as const)(
  "makes %s choices again as they were",
  (strategy) => {
    const book = recorder(mixed(), strategy);
    for (let i = 0; i < 40; i++) {
      book.choose(i % 5 === 0 ? { sticky: "acc_b" } : { tried: i % 7 === 0 ? ["acc_a"] : [] });
    }
    expect(book.replayed()).toEqual(book.decisions.map(({ chosen }) => chosen));
    const used = new Set(book.decisions.map(({ chosen }) => chosen));
    expect([...used].sort(), "rests end while the choices are made").toEqual([
      "acc_a",
      "acc_b",
      "acc_c",
      "acc_e",
      "acc_f",
    ]);
  },
);

it("makes choices by score again as they were, from what was known of each account then", () => {
  const pool = [
    fresh("acc_a", { load: sampleLoad({ lastUsedAtMs: NOW - 1_000, errorRate: 0.5 }) }),
    fresh("acc_b", { load: sampleLoad({ lastUsedAtMs: NOW - 9_000, firstByteMs: 8_000 }) }),
    fresh("acc_c", { load: sampleLoad({ lastUsedAtMs: NOW - 500, firstByteMs: 200 }) }),
  ];
  const book = recorder(pool, "score");
  for (let i = 0; i < 30; i++) book.choose(i % 6 === 0 ? { tried: ["acc_c"] } : {});
  expect(book.replayed()).toEqual(book.decisions.map(({ chosen }) => chosen));
  expect(new Set(book.decisions.map(({ chosen }) => chosen)).size).toBeGreaterThan(1);
  expect(book.decisions[0]?.facts.live[0]?.[2]).toMatchObject({ recent: [0.5, 0] });
});

it("spreads what a paused account took over the others, rather than on one of them", () => {
  const book = recorder([fresh("acc_a"), fresh("acc_b"), fresh("acc_c")]);
  for (let i = 0; i < 60; i++) book.choose();
  const after = book.replayed({ accounts: new Map([["acc_a", { enabled: false }]]) });
  expect(after.filter((id) => id === "acc_a")).toHaveLength(0);
  expect(after.filter((id) => id === "acc_b").length).toBeGreaterThanOrEqual(25);
  expect(after.filter((id) => id === "acc_c").length).toBeGreaterThanOrEqual(25);
});

it("takes a session along to the account that it moved to", () => {
  const book = recorder([fresh("acc_a"), fresh("acc_b"), fresh("acc_c")]);
  const first = book.choose({ session: "s" });
  for (let i = 0; i < 5; i++) {
    book.choose();
    book.choose({ session: "s", sticky: first });
  }
  const after = book.replayed({ accounts: new Map([[first, { enabled: false }]]) });
  const ofSession = book.decisions.flatMap(({ session }, i) => (session ? [after[i]] : []));
  expect(new Set(ofSession).size).toBe(1);
  expect(ofSession[0]).not.toBe(first);
});

it("gives what moved a slot of its new account for as long as it took", () => {
  const pool = [fresh("acc_a"), fresh("acc_b", { priority: 60, maxConcurrency: 1 })];
  const book = recorder(pool);
  for (let i = 0; i < 3; i++) book.choose();
  for (const decision of book.decisions) decision.endedAtMs = NOW + 1_500;
  const after = book.replayed({ accounts: new Map([["acc_a", { enabled: false }]]) });
  expect(after, "the second comes while the first runs").toEqual(["acc_b", null, "acc_b"]);
});

it("leaves out what names a version that is gone, and keeps nothing without a version", () => {
  const pool = [fresh("acc_a")];
  const book = recorder(pool);
  book.choose();
  expect(replay(book.decisions, { pools: new Map(), spokenFor }, NO_CHANGE)).toEqual([]);
  const facts = { ...({} as ChoiceFacts), key: sampleKey(), stickyAccountId: null };
  const made = { pool, facts, tried: new Set<string>(), nowMs: NOW, seed: "req_1" };
  const settings = { strategy: "weighted" } as const;
  expect(decisionFacts({ ...made, settings, version: null })).toBeNull();
});

it("samples large pools, so that a record costs about as much as in a small one", () => {
  const pool = Array.from({ length: 160 }, (_, i) => fresh(`acc_${i}`));
  const facts: ChoiceFacts = {
    protocol: "anthropic",
    model: "m",
    key: sampleKey(),
    stickyAccountId: null,
    spokenBy: () => "anthropic",
  };
  const settings = { strategy: "weighted" } as const;
  const made = { pool, facts, tried: new Set<string>(), nowMs: NOW, settings, version: "v" };
  const kept = Array.from({ length: 2_000 }, (_, i) =>
    decisionFacts({ ...made, seed: `req_${i}` }),
  ).filter((one) => one !== null);
  expect(kept.length).toBeGreaterThan(120);
  expect(kept.length).toBeLessThan(300);
});
