import type { FaceId } from "../shared/faces";
import type { QuotaWindow } from "./providers/quota-window";

/** Wire formats of which each can be translated into each other one. A new one is a folder in `protocols/`. */
export const TRANSLATED_IDS = [
  "anthropic",
  "gemini",
  "code-assist",
  "openai-chat",
  "openai-responses",
  "openai-completions",
] as const;
export type TranslatedId = (typeof TRANSLATED_IDS)[number];

/** Wire formats that only pass through, to upstreams that speak them. */
export type PassedId =
  | "openai-embeddings"
  | "openai-images"
  | "openai-compact"
  | "gemini-embeddings";

/** Wire formats that the relay speaks. */
export type ProtocolId = TranslatedId | PassedId;

export type { FaceId };

/**
 * What a call asks for, whatever its wire format. Only `generate` is ever charged. `about` asks about the
 * caller's own standing and is answered by the portal.
 */
export type CallAction = "generate" | "count" | "list-models" | "get-model" | "probe" | "about";

/** How a streamed answer is framed: server-sent events, or Gemini's JSON array. */
export type StreamForm = "sse" | "array";

/**
 * Canonical token usage of one attempt. Buckets do not overlap, except that `reasoning` lies inside
 * `output`. null means "the upstream did not say"; 0 means that it said zero.
 */
export interface Usage {
  /** Input tokens that were neither read from nor written to a cache. */
  input: number | null;
  cacheRead: number | null;
  cacheWrite5m: number | null;
  cacheWrite1h: number | null;
  output: number | null;
  reasoning: number | null;
  images: number | null;
  webSearches: number | null;
}

export const NO_USAGE: Usage = {
  input: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: null,
  reasoning: null,
  images: null,
  webSearches: null,
};

/** What the pipeline needs to know about a call without parsing its body as JSON. */
export interface CallFacts {
  face: FaceId;
  protocol: ProtocolId;
  action: CallAction;
  /** Model as the client asked for it; "" for lists and probes. */
  model: string;
  stream: StreamForm | null;
  /** The client's own session id, or a hash of the cacheable prefix; null when there is none. */
  session: string | null;
  /** Upper bound that the caller set on output tokens, if any. */
  maxOutputTokens: number | null;
  /** Length of the body in bytes: the basis of the estimate of input tokens. */
  bodyBytes: number;
  /** Where the model's JSON string (quotes included) lies in the body; null when it is in the path. */
  modelSpan: { start: number; end: number } | null;
  /** The client streams and would be told no usage (Chat): the portal asks for it, for the bill. */
  usageUnasked?: boolean;
}

/** `requested → sent` model names of an account. Matching order: see `mapping.ts`. */
export interface ModelMap {
  entries: readonly { from: string; to: string }[];
}

/** One price bucket set, in micro-USD per million tokens (or per piece for images and searches). */
export interface ModelPrice {
  /** Exact model name that this price was found under. */
  name: string;
  input: bigint;
  cacheRead: bigint;
  cacheWrite5m: bigint;
  cacheWrite1h: bigint;
  output: bigint;
  /** micro-USD per image and per search; 0n when free of charge. */
  image: bigint;
  webSearch: bigint;
  /** Prices above a total input (cache included) of `aboveInputTokens`; the highest tier reached holds. */
  tiers: readonly (Omit<ModelPrice, "tiers" | "name"> & { aboveInputTokens: number })[];
}

/** An immutable version of all prices. `find` is exact match, then documented aliases and patterns. */
export interface PriceBook {
  id: string;
  find(model: string): ModelPrice | null;
}

/** A limit on money per period, on one of the levels that a request is admitted against. */
export interface SpendLimit {
  /** Stable name of the counter, such as `key:key_…` or `user:usr_…`. */
  scope: string;
  period: "day" | "week" | "month" | "total";
  limitMicroUsd: bigint;
  /** What a refusal calls it, e.g. "Daily limit of this key". */
  name: string;
}

export interface ConcurrencyLimit {
  scope: string;
  limit: number;
  name: string;
}

/** Requests per fixed window. */
export interface RateLimit {
  scope: string;
  windowSeconds: number;
  requests: number;
  name: string;
}

/** A key as the hot path sees it: flattened with its owner's state and limits. */
export interface KeyRecord {
  id: string;
  name: string;
  ownerId: string;
  /** Hash tag of the payer in Redis: everything one admission touches lies behind it. */
  payerTag: string;
  /** Why the key cannot be used now, whatever the request; null when it can. */
  refusal: "paused" | "revoked" | "owner-disabled" | null;
  expiresAtMs: number | null;
  faces: readonly FaceId[] | null;
  /** Patterns with `*` on the requested model. */
  models: { mode: "allow" | "deny"; patterns: readonly string[] } | null;
  modelMap: ModelMap;
  ipAllow: readonly string[] | null;
  /** User-agent patterns of allowed clients (see `clients.ts`); null for any. */
  clients: readonly string[] | null;
  binding: { kind: "account" | "group"; id: string; fallback: boolean } | null;
  spendLimits: readonly SpendLimit[];
  rateLimits: readonly RateLimit[];
  concurrency: readonly ConcurrencyLimit[];
  /** Factors of the charge in parts per million: plan or group, and key. */
  planRatePpm: bigint;
  keyRatePpm: bigint;
  /** Accounts whose upstream calls the portal back with this key ("leads back to the portal"). */
  returnKeyOf: readonly string[];
  /** False for unmetered owners whose money limits are all absent. */
  refuseUnrated: boolean;
}

/** Readable state of an account, derived from what happened; never free text. */
export interface AccountState {
  coolingUntilMs: number | null;
  coolingReason: string | null;
  /** Model family → until (epoch ms). */
  limitedFamilies: Readonly<Record<string, number>>;
  /** Set by a rejected credential; only an admin (or a new secret) clears it. */
  stopped: "needs-sign-in" | "blocked" | null;
  /** Failures in a row, for growing cool-downs. */
  failuresInARow: number;
}

/** What this process knows of the requests that it sends to an account. */
export interface AccountLoad {
  inFlight: number;
  lastUsedAtMs: number;
  /** Share of failures among the latest attempts, 0 to 1: each new one counts a tenth. */
  errorRate: number;
  /** Ms to the first byte, averaged in the same way; 0 before the first answer. */
  firstByteMs: number;
}

/** An account as the scheduler sees it. The secret is opened only when a request is sent. */
export interface PoolAccount {
  id: string;
  provider: string;
  name: string;
  ownerId: string | null;
  sharing: "shared" | "dedicated" | "group";
  groupIds: readonly string[];
  /** Until when its daily spend quota is used up; null while it is not. Known within a minute. */
  spentUntilMs: number | null;
  /** Its weight in each of those groups, which holds for keys that are bound to the group. */
  groupWeights: Readonly<Record<string, number>>;
  enabled: boolean;
  schedulable: boolean;
  draining: boolean;
  priority: number;
  weight: number;
  maxConcurrency: number | null;
  planExpiresAtMs: number | null;
  modelMap: ModelMap;
  /** Parsed settings of the provider's own schema. */
  settings: unknown;
  /** Opens the sealed secret; throws AppError("upstream_denied") when it cannot be read. */
  openSecret(): unknown;
  /** Address of its proxy with the log-in; null for an account that is called directly. Throws as above. */
  openProxy(): string | null;
  /** Share of a quota window (percent) from which on it is held back; null for never. */
  pauseAtPercent: number | null;
  /** Quota windows as the upstream last stated them. */
  windows: readonly QuotaWindow[];
  /** Version of the stored secret: counts up with each renewal. */
  secretVersion: number;
  /** When its access token runs out (epoch ms); null when it has none that does. */
  tokenExpiresAtMs: number | null;
  /** The upstream calls back into this portal with that key (claude-code-router). */
  leadsBack: { returnKeyId: string; returnPayerTag: string } | null;
  /** Only these users may use it; null for all. */
  consent: { userIds: readonly string[] } | null;
  state: AccountState;
  load: AccountLoad;
}
