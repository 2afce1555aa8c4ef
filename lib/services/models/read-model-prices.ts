import type { ModelPrices, PricedModel } from "../../contracts/models";
import { findActiveBook } from "../../db/prices";
import { listUnratedModels, sumUsageBy } from "../../db/usage-pages";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { loadActivePriceBook } from "./load-price-book";
import { StoredPriceJson } from "./stored-price";

const DAY_MS = 86_400_000;
const UNRATED_DAYS = 7;
const USED_DAYS = 30;
const MAX_NAMES = 1_000;

interface Use {
  requests: number;
  charge: bigint;
}

/** The price list in force by model with the use of each, and the models that have no price (admins). */
export async function readModelPrices(ctx: Context): Promise<ModelPrices> {
  authorize(ctx.actor, "settings.manage");
  const [book, uses, unrated] = await Promise.all([
    findActiveBook(ctx.db),
    usesByModel(ctx),
    listUnratedModels(ctx.db, new Date(ctx.clock.nowMs() - UNRATED_DAYS * DAY_MS)),
  ]);
  return {
    book: book?.activeAt
      ? {
          id: book.id,
          source: book.source,
          note: book.note,
          activeAt: book.activeAt.toISOString(),
        }
      : null,
    models: (book?.entries ?? [])
      .flatMap(({ model, price }) => showPrice(model, price, uses.get(model)))
      .sort((a, b) => b.requests - a.requests || a.model.localeCompare(b.model)),
    unrated: unrated.map(({ model, requests }) => ({ model, requests: Number(requests) })),
  };
}

/** What was asked for in the last days, under the name that the price list has for it. */
async function usesByModel(ctx: Context): Promise<Map<string, Use>> {
  const nowMs = ctx.clock.nowMs();
  const range = { from: new Date(nowMs - USED_DAYS * DAY_MS), to: new Date(nowMs) };
  const [prices, rows] = await Promise.all([
    loadActivePriceBook(ctx.db),
    sumUsageBy(ctx.db, range, "model", MAX_NAMES),
  ]);
  const uses = new Map<string, Use>();
  for (const { id, requests, chargeMicroUsd } of rows) {
    const name = prices?.find(id)?.name;
    if (!name) continue;
    const before = uses.get(name) ?? { requests: 0, charge: 0n };
    uses.set(name, {
      requests: before.requests + Number(requests),
      charge: before.charge + BigInt(chargeMicroUsd),
    });
  }
  return uses;
}

/** An entry that cannot be read has no price, here as in the relay. */
function showPrice(model: string, json: unknown, use: Use | undefined): PricedModel[] {
  const price = StoredPriceJson.safeParse(json);
  if (!price.success) return [];
  const { tiers, ...buckets } = price.data;
  return [
    {
      model,
      ...tokenPrices(buckets),
      tiers: tiers.map(showTier),
      requests: use?.requests ?? 0,
      chargeMicroUsd: (use?.charge ?? 0n).toString(),
    },
  ];
}

function showTier(tier: StoredPriceJson["tiers"][number]) {
  return { ...tokenPrices(tier), aboveInputTokens: tier.aboveInputTokens };
}

function tokenPrices(buckets: Omit<StoredPriceJson, "tiers">) {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = buckets;
  return { input, cacheRead, cacheWrite5m, cacheWrite1h, output };
}
