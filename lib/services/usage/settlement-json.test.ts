import fc from "fast-check";
import { expect, it } from "vitest";
import { NO_USAGE } from "../../relay/model";
import type { AttemptRecord, Settlement } from "../../relay/ports";
import { attemptsJson, settlementJson } from "./settlement-json";

const foreign = fc.option(fc.oneof(fc.string({ unit: "binary" }), fc.string()), { nil: null });
const count = fc.option(fc.nat(), { nil: null });
const name = fc.stringMatching(/^[a-z]{1,4}_[0-9a-zA-Z]{1,8}$/);
const nameOrNull = fc.option(name, { nil: null });
const money = fc.bigInt({ min: 0n, max: 2n ** 60n });

const usage = fc.record({
  input: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  output: count,
  reasoning: count,
  images: count,
  webSearches: count,
});
const live = fc.oneof(
  fc.tuple(fc.nat(9), fc.integer({ min: -1, max: 9e9 })),
  fc.tuple(
    fc.nat(9),
    fc.nat(),
    fc.record({ cool: fc.tuple(count, fc.constantFrom("busy", null)) }, { requiredKeys: [] }),
  ),
);
const facts = fc.record(
  {
    pool: name,
    atMs: fc.nat(),
    protocol: fc.constant("anthropic"),
    strategy: fc.constantFrom("priority-lru" as const, "weighted" as const),
    sticky: name,
    keyMap: fc.array(fc.record({ from: fc.string(), to: fc.string() })),
    live: fc.array(live),
  },
  { requiredKeys: ["pool", "atMs", "protocol", "strategy", "live"] },
);
const decisionParts = {
  strategy: fc.constantFrom("priority-lru", "weighted", "last-resort"),
  binding: fc.option(fc.constant("account:acc_1"), { nil: null }),
  sticky: fc.constantFrom("hit" as const, "none" as const),
  excluded: fc.array(fc.record({ accountId: name, reason: fc.constant("tried" as const) })),
  candidates: fc.array(
    fc.record({ accountId: name, score: fc.array(fc.double({ noNaN: true, min: 0, max: 1e300 })) }),
  ),
  chosen: nameOrNull,
};
const decision = fc.oneof(fc.record(decisionParts), fc.record({ ...decisionParts, facts }));
const attempt = fc.record({
  attempt: fc.nat(9),
  accountId: name,
  provider: fc.constant("claude-console"),
  sentModel: foreign.map((text) => text ?? ""),
  reportedModel: foreign,
  startedMs: fc.nat(),
  firstByteMs: count,
  endedMs: fc.nat(),
  status: count,
  failure: fc.option(fc.constant("upstream_broken" as const), { nil: null }),
  evidence: foreign,
  usage: fc.option(usage, { nil: null }),
  estimated: fc.boolean(),
  priceBookId: nameOrNull,
  priceName: foreign,
  costMicroUsd: money,
  chargeMicroUsd: money,
  decision,
});
const settlement = fc.record({
  requestId: name,
  startedAtMs: fc.nat(),
  endedAtMs: fc.nat(),
  durationMs: fc.nat(),
  key: fc.record({ id: name, ownerId: name, payerTag: name }),
  face: fc.constant("anthropic" as const),
  action: fc.constant("generate" as const),
  requestedModel: foreign.map((text) => text ?? ""),
  stream: fc.constantFrom("sse" as const, null),
  session: foreign,
  client: foreign,
  status: fc.nat(599),
  outcome: fc.constantFrom("complete" as const, "cut" as const),
  failure: fc.option(fc.constant("internal" as const), { nil: null }),
  failureMessage: foreign,
  firstByteMs: count,
  passThroughOf: nameOrNull,
  planRatePpm: money,
  keyRatePpm: money,
  accountLeaseIds: fc.array(name),
  attempts: fc.array(attempt, { maxLength: 3 }),
});

const plain = (value: unknown) =>
  JSON.stringify(value, (_, field) => (typeof field === "bigint" ? field.toString() : field));

it("writes exactly what JSON.stringify would, whatever callers and upstreams wrote", () => {
  fc.assert(
    fc.property(settlement, (one: Settlement) => {
      expect(settlementJson(one)).toBe(plain({ settlement: one, swept: false, accountId: null }));
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.array(attempt), (some: AttemptRecord[]) => {
      expect(attemptsJson(some)).toBe(plain(some));
    }),
  );
});

it("keeps more of a key than is booked out of the message", () => {
  const [one] = fc.sample(settlement, 1);
  if (!one) throw new Error("No sample.");
  const key = { ...one.key, spendLimits: [{ limitMicroUsd: 5n }], usage: NO_USAGE };
  expect(settlementJson({ ...one, key })).toBe(settlementJson(one));
});
