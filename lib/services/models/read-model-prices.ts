import type { ModelPrices, PricedModel } from "../../contracts/models";
import { findActiveBook } from "../../db/prices";
import { listUnratedModels } from "../../db/usage-pages";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { StoredPriceJson } from "./stored-price";

const UNRATED_DAYS = 7;

/** The price list in force by model, and the models that have no price (admins). */
export async function readModelPrices(ctx: Context): Promise<ModelPrices> {
  authorize(ctx.actor, "settings.manage");
  const since = new Date(ctx.clock.nowMs() - UNRATED_DAYS * 86_400_000);
  const [book, unrated] = await Promise.all([
    findActiveBook(ctx.db),
    listUnratedModels(ctx.db, since),
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
      .flatMap(({ model, price }) => showPrice(model, price))
      .sort((a, b) => a.model.localeCompare(b.model)),
    unrated: unrated.map(({ model, requests }) => ({ model, requests: Number(requests) })),
  };
}

/** An entry that cannot be read has no price, here as in the relay. */
function showPrice(model: string, json: unknown): PricedModel[] {
  const price = StoredPriceJson.safeParse(json);
  if (!price.success) return [];
  const { tiers, ...buckets } = price.data;
  return [{ model, ...tokenPrices(buckets), tiers: tiers.map(showTier) }];
}

function showTier(tier: StoredPriceJson["tiers"][number]) {
  return { ...tokenPrices(tier), aboveInputTokens: tier.aboveInputTokens };
}

function tokenPrices(buckets: Omit<StoredPriceJson, "tiers">) {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = buckets;
  return { input, cacheRead, cacheWrite5m, cacheWrite1h, output };
}
