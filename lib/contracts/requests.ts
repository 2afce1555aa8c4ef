import { z } from "zod";
import { FilterText, Id, MicroUsd, Moment, PageQuery, pageOf } from "./common";
import { Face, KeySpend } from "./keys";

export const Outcome = z.enum(["complete", "refused", "failed", "left", "cut"]);
const Named = z.object({ id: z.string(), name: z.string() });

const Filters = {
  ...PageQuery.shape,
  from: Moment.optional(),
  to: Moment.optional(),
  keyId: Id.optional(),
  /** Exact requested model. */
  model: FilterText(200).optional(),
  face: Face.optional(),
  outcome: Outcome.optional(),
  session: FilterText(200).optional(),
  /** A request id, or text that the model or client contains. */
  search: FilterText(100).optional(),
};
export const RequestListQuery = z.strictObject(Filters);
export type RequestListQuery = z.input<typeof RequestListQuery>;
export const PoolRequestListQuery = z.strictObject({
  ...Filters,
  userId: Id.optional(),
  accountId: Id.optional(),
});
export type PoolRequestListQuery = z.input<typeof PoolRequestListQuery>;

export const RequestRow = z.object({
  id: z.string(),
  startedAt: Moment,
  durationMs: z.number(),
  firstByteMs: z.number().nullable(),
  face: z.string(),
  action: z.string(),
  /** As the client asked for it. */
  model: z.string(),
  /** As it was sent upstream; null when nothing was sent. */
  sentModel: z.string().nullable(),
  stream: z.boolean(),
  client: z.string().nullable(),
  session: z.string().nullable(),
  status: z.number(),
  outcome: Outcome,
  failure: z.string().nullable(),
  key: Named.nullable(),
  attempts: z.number(),
  inputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
  outputTokens: z.number(),
  chargeMicroUsd: MicroUsd,
  /** null for members. */
  costMicroUsd: MicroUsd.nullable(),
  /** Second hop of that request: kept with its tokens, charged 0. */
  passThroughOf: z.string().nullable(),
  estimated: z.boolean(),
  /** No price is known for the model. */
  unrated: z.boolean(),
  /** null for members. */
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  account: Named.nullable(),
});
export type RequestRow = z.output<typeof RequestRow>;
export const RequestPage = pageOf(RequestRow);
export type RequestPage = z.output<typeof RequestPage>;

const Count = z.number().nullable();
export const AttemptStory = z.object({
  attempt: z.number(),
  provider: z.string(),
  /** The kind of account in words. */
  providerLabel: z.string(),
  /** null for members, who see accounts only by the number of the attempt. */
  account: Named.nullable(),
  sentModel: z.string(),
  reportedModel: z.string().nullable(),
  /** Milliseconds after the request's start. */
  startedMs: z.number(),
  firstByteMs: z.number().nullable(),
  endedMs: z.number(),
  status: z.number().nullable(),
  failure: z.string().nullable(),
  /** Excerpt of a failed answer; null for members. */
  evidence: z.string().nullable(),
  /** null in a bucket: the upstream did not say. */
  usage: z.object({
    input: Count,
    cacheRead: Count,
    cacheWrite5m: Count,
    cacheWrite1h: Count,
    output: Count,
    reasoning: Count,
    images: Count,
    webSearches: Count,
  }),
  estimated: z.boolean(),
  /** null = unrated. */
  price: z
    .object({
      bookId: z.string(),
      model: z.string(),
      lines: z.array(
        z.object({
          bucket: z.enum([
            "input",
            "cacheRead",
            "cacheWrite5m",
            "cacheWrite1h",
            "output",
            "image",
            "webSearch",
          ]),
          count: z.number(),
          /** Micro-USD per million tokens, or per piece for images and searches. */
          price: MicroUsd,
          /** Exact amount as decimal USD, before the rounding of the sum. */
          amountUsd: z.string(),
        }),
      ),
    })
    .nullable(),
  planRatePpm: z.string(),
  keyRatePpm: z.string(),
  costMicroUsd: MicroUsd,
  chargeMicroUsd: MicroUsd,
  decision: z.object({
    strategy: z.string(),
    sticky: z.string(),
    bound: z.boolean(),
    candidates: z.number(),
    /** Why accounts were left out: reason to count. */
    excluded: z.record(z.string(), z.number()),
    /** Account by account, for admins; empty for members. */
    accounts: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        reason: z.string().nullable(),
        score: z.array(z.number()),
        chosen: z.boolean(),
      }),
    ),
  }),
});
export type AttemptStory = z.output<typeof AttemptStory>;

/** One request from its arrival to its price. */
export const RequestStory = z.object({
  request: RequestRow,
  endedAt: Moment,
  /** The sentence that the caller was given. */
  failureMessage: z.string().nullable(),
  attempts: z.array(AttemptStory),
  /** The key's money limits as they stand now. */
  limits: z.array(KeySpend),
  /** The first hop that this one belongs to, when the reader may open it; null otherwise. */
  firstHop: z.string().nullable(),
  /** The second hops that were matched to this request. */
  passThroughs: z.array(z.object({ id: z.string(), startedAt: Moment, model: z.string() })),
});
export type RequestStory = z.output<typeof RequestStory>;
