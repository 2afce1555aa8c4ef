import { z } from "zod";
import type { RelayStore } from "../../redis/relay-store";
import type { PriceBook, Usage } from "../../relay/model";
import type { AttemptRecord, RelayPorts, Settlement } from "../../relay/ports";
import { costOf } from "../../relay/pricing/cost";
import type { Clock } from "../../shared/clock";
import { pendingWork } from "./pending-work";

/** How often and after what pause a first hop looks again for a second one that is still settling. */
const LOOKS = 3;
const LOOK_AGAIN_MS = 60;

const count = z.number().nullable();
const UsageShape = z.object({
  input: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  output: count,
  reasoning: count,
  images: count,
  webSearches: count,
});
const InnerShape = z.object({
  usage: UsageShape,
  estimated: z.boolean(),
  priceName: z.string().nullable(),
});
type Inner = z.infer<typeof InnerShape>;

export interface InnerUsageDeps {
  store: RelayStore;
  clock: Clock;
  prices: () => PriceBook;
  /** Name of the hash of hops that a running request left a trace in; null for most. */
  hopsOf: (requestId: string) => string | null;
  settle: (settlement: Settlement) => void;
  log: RelayPorts["log"];
}

/**
 * Settles first hops by what their second hops used. A router between the two (claude-code-router)
 * states less than the provider did – it leaves out thoughts – but the portal has seen the provider's
 * own statement at the second hop. Requests that leave no hop settle at once, as they are.
 */
export function createInnerUsage(deps: InnerUsageDeps) {
  const { track, idle } = pendingWork();

  async function settleFirstHop(hops: string, settlement: Settlement): Promise<void> {
    const inner = await readInner(deps, hops, settlement.requestId).catch((error: unknown) => {
      deps.log("warn", { message: "A second hop's usage was not read.", error });
      return [];
    });
    const adopted = adopt(settlement, inner, deps.prices());
    tell(adopted);
    deps.settle(adopted);
  }

  /** A second hop tells its first one; it settles without waiting for that. */
  function tell(settlement: Settlement): void {
    const { passThroughOf, key, attempts } = settlement;
    const used = attempts.filter((attempt) => attempt.usage !== null);
    if (passThroughOf === null) return;
    const { store, log } = deps;
    for (const { usage, estimated, priceName } of used) {
      const json = JSON.stringify({ usage, estimated, priceName });
      store.inner.add(store.keys.hops(key.payerTag, key.id), passThroughOf, json).catch((error) => {
        log("warn", { message: "A second hop's usage was not told.", error });
      });
    }
  }

  return {
    settle(settlement: Settlement): void {
      const hops = deps.hopsOf(settlement.requestId);
      if (hops === null || settlement.action !== "generate") {
        tell(settlement);
        deps.settle(settlement);
        return;
      }
      track(settleFirstHop(hops, settlement));
    },
    /** Resolves when every settlement that was given so far has been passed on. */
    idle,
  };
}

async function readInner(deps: InnerUsageDeps, hops: string, firstHop: string): Promise<Inner[]> {
  const { store, clock } = deps;
  for (let look = 1; look <= LOOKS; look++) {
    const found = await store.inner.read(hops, firstHop);
    if (found.length > 0) {
      await store.inner.forget(hops, firstHop);
      return found.map((json) => InnerShape.parse(JSON.parse(json)));
    }
    if (look < LOOKS) await new Promise<void>((go) => clock.after(LOOK_AGAIN_MS, go));
  }
  return [];
}

/** The settlement with its last attempt's usage, price and charge replaced by what was used inside. */
export function adopt(
  settlement: Settlement,
  inner: readonly Inner[],
  book: PriceBook,
): Settlement {
  const last = settlement.attempts.at(-1);
  const innermost = inner.at(-1);
  if (!last || !innermost) return settlement;
  const usage = inner.map((hop) => hop.usage).reduce(plus);
  const price = innermost.priceName === null ? null : book.find(innermost.priceName);
  const priced = price
    ? costOf(usage, price, settlement)
    : { costMicroUsd: 0n, chargeMicroUsd: 0n };
  // A try that failed, or that is itself a second hop, was free before and stays so.
  const charged = settlement.passThroughOf === null && settlement.outcome !== "failed";
  const attempt: AttemptRecord = {
    ...last,
    usage,
    estimated: inner.some((hop) => hop.estimated),
    priceBookId: book.id,
    priceName: price?.name ?? null,
    costMicroUsd: priced.costMicroUsd,
    chargeMicroUsd: charged ? priced.chargeMicroUsd : 0n,
  };
  return { ...settlement, attempts: [...settlement.attempts.slice(0, -1), attempt] };
}

function plus(a: Usage, b: Usage): Usage {
  const sum = (name: keyof Usage) =>
    a[name] === null && b[name] === null ? null : (a[name] ?? 0) + (b[name] ?? 0);
  return {
    input: sum("input"),
    cacheRead: sum("cacheRead"),
    cacheWrite5m: sum("cacheWrite5m"),
    cacheWrite1h: sum("cacheWrite1h"),
    output: sum("output"),
    reasoning: sum("reasoning"),
    images: sum("images"),
    webSearches: sum("webSearches"),
  };
}
