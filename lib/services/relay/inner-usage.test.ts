import { expect, it } from "vitest";
import { NO_USAGE, type PriceBook } from "../../relay/model";
import type { AttemptRecord, Settlement } from "../../relay/ports";
import { adopt } from "./inner-usage";

const free = { image: 0n, webSearch: 0n, tiers: [] };
const PRICE = {
  name: "gemini-3-pro-preview",
  input: 2_000_000n,
  cacheRead: 200_000n,
  cacheWrite5m: 0n,
  cacheWrite1h: 0n,
  output: 12_000_000n,
  ...free,
};
const book: PriceBook = {
  id: "book_now",
  find: (model) => (model === PRICE.name ? PRICE : null),
};

const attempt: AttemptRecord = {
  attempt: 1,
  accountId: "acc_router",
  provider: "claude-console",
  sentModel: "gemini-3-pro-preview",
  reportedModel: "gemini-3-pro-preview",
  startedMs: 1,
  firstByteMs: 20,
  endedMs: 90,
  status: 200,
  failure: null,
  evidence: null,
  usage: { ...NO_USAGE, input: 9, output: 1 },
  estimated: false,
  priceBookId: "book_old",
  priceName: "gemini-3-pro-preview",
  costMicroUsd: 30n,
  chargeMicroUsd: 30n,
  decision: {
    strategy: "priority-lru",
    binding: null,
    sticky: "none",
    excluded: [],
    candidates: [],
    chosen: "acc_router",
  },
};

const settlement: Settlement = {
  requestId: "req_first",
  startedAtMs: 0,
  endedAtMs: 90,
  durationMs: 90,
  key: { id: "key_a", ownerId: "usr_a", payerTag: "s1" },
  face: "anthropic",
  action: "generate",
  requestedModel: "claude-opus-5-5",
  stream: "sse",
  session: null,
  client: null,
  status: 200,
  outcome: "complete",
  failure: null,
  failureMessage: null,
  firstByteMs: 20,
  passThroughOf: null,
  planRatePpm: 1_000_000n,
  keyRatePpm: 2_000_000n,
  accountLeaseIds: [],
  attempts: [attempt],
};

const inner = (input: number, output: number, priceName: string | null = PRICE.name) => ({
  usage: { ...NO_USAGE, input, output, reasoning: 24 },
  estimated: false,
  priceName,
});

it("charges a first hop for what its second hop used, with the first hop's own rates", () => {
  const [adopted] = adopt(settlement, [inner(1_000, 50)], book).attempts;
  expect(adopted).toMatchObject({
    usage: { input: 1_000, output: 50, reasoning: 24 },
    priceBookId: "book_now",
    costMicroUsd: 2_600n,
    chargeMicroUsd: 5_200n,
  });
});

it("adds up second hops when the router asked more than once", () => {
  const [adopted] = adopt(settlement, [inner(1_000, 50), inner(500, 10)], book).attempts;
  expect(adopted?.usage).toMatchObject({
    input: 1_500,
    output: 60,
    reasoning: 48,
    cacheRead: null,
  });
});

it("leaves a request without a second hop as its upstream stated it", () => {
  expect(adopt(settlement, [], book)).toBe(settlement);
});

it("keeps a middle hop and a failed one free of charge", () => {
  for (const free of [{ passThroughOf: "req_outer" }, { outcome: "failed" as const }]) {
    const [adopted] = adopt({ ...settlement, ...free }, [inner(1_000, 50)], book).attempts;
    expect(adopted).toMatchObject({ costMicroUsd: 2_600n, chargeMicroUsd: 0n });
  }
});

it("marks what no price is known for as unrated, never as someone else's price", () => {
  const [adopted] = adopt(settlement, [inner(1_000, 50, null)], book).attempts;
  expect(adopted).toMatchObject({ priceName: null, costMicroUsd: 0n, chargeMicroUsd: 0n });
});
