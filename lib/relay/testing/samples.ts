import type { AccountLoad, KeyRecord, ModelPrice, PoolAccount, PriceBook } from "../model";

/** A key without limits. */
export function sampleKey(changes: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id: "key_a",
    name: "laptop",
    ownerId: "usr_a",
    payerTag: "{usr_a}",
    refusal: null,
    expiresAtMs: null,
    faces: null,
    models: null,
    modelMap: { entries: [] },
    ipAllow: null,
    clients: null,
    binding: null,
    spendLimits: [],
    rateLimits: [],
    concurrency: [],
    planRatePpm: 1_000_000n,
    keyRatePpm: 1_000_000n,
    returnKeyOf: [],
    refuseUnrated: false,
    ...changes,
  };
}

/** The load of an account that nothing is known about, but for the changes. */
export function sampleLoad(changes: Partial<AccountLoad> = {}): AccountLoad {
  return { inFlight: 0, lastUsedAtMs: 0, errorRate: 0, firstByteMs: 0, ...changes };
}

/** A shared Claude Console account that is fit for anything. */
export function sampleAccount(id: string, changes: Partial<PoolAccount> = {}): PoolAccount {
  return {
    id,
    provider: "claude-console",
    name: id,
    ownerId: null,
    sharing: "shared",
    groupIds: [],
    groupWeights: {},
    spentUntilMs: null,
    enabled: true,
    schedulable: true,
    draining: false,
    priority: 50,
    weight: 1,
    maxConcurrency: null,
    planExpiresAtMs: null,
    modelMap: { entries: [] },
    settings: { baseUrl: `http://${id.replaceAll("_", "-")}.test` },
    openSecret: () => ({ apiKey: `sk-ant-${id}-secret` }),
    openProxy: () => null,
    leadsBack: null,
    pauseAtPercent: null,
    windows: [],
    secretVersion: 1,
    tokenExpiresAtMs: null,
    consent: null,
    state: {
      coolingUntilMs: null,
      coolingReason: null,
      limitedFamilies: {},
      stopped: null,
      failuresInARow: 0,
    },
    load: sampleLoad(),
    ...changes,
  };
}

/** Claude at 5/25 and Gemini at 1/10 USD per million; anything else is unknown. */
export function samplePrice(name: string, input: bigint, output: bigint): ModelPrice {
  return {
    name,
    input,
    cacheRead: input / 10n,
    cacheWrite5m: (input * 5n) / 4n,
    cacheWrite1h: input * 2n,
    output,
    image: 0n,
    webSearch: 10_000n,
    tiers: [],
  };
}

/** A book that knows names by their beginning. */
export function sampleBook(): PriceBook {
  const claude = samplePrice("claude", 5_000_000n, 25_000_000n);
  const gemini = samplePrice("gemini", 1_000_000n, 10_000_000n);
  return {
    id: "book_a",
    find(model) {
      if (model.startsWith("claude-")) return { ...claude, name: model };
      return model.startsWith("gemini-") ? { ...gemini, name: model } : null;
    },
  };
}
