import { z } from "zod";
import { Id, Moment } from "./common";
import { RelayLimits } from "./settings";

const Strategy = RelayLimits.shape.strategy.unwrap();

/** What would be different about an account; absent fields stay as they were. */
const AccountChange = z.strictObject({
  id: Id,
  paused: z.boolean().optional(),
  priority: z.number().int().min(1).max(100).optional(),
  weight: z.number().int().min(0).max(1000).optional(),
  /** null lifts the limit. */
  maxConcurrency: z.number().int().min(1).max(10_000).nullable().optional(),
  sharing: z.enum(["shared", "dedicated", "group"]).optional(),
});

/** The last choices, made again in a pool that is changed. */
export const WhatIfBody = z.strictObject({
  take: z.number().int().min(1).max(2000).default(1000),
  hours: z.number().int().min(1).max(168).default(24),
  strategy: Strategy.optional(),
  accounts: z.array(AccountChange).max(50).default([]),
});
export type WhatIfBody = z.input<typeof WhatIfBody>;

const Named = z.object({ id: z.string(), name: z.string() });

export const WhatIfResult = z.object({
  /** Choices that could be made again. */
  replayed: z.number(),
  /** Recorded choices whose version of the pool is gone. */
  unreadable: z.number(),
  from: Moment.nullable(),
  to: Moment.nullable(),
  /** Of the replayed ones, those that come out as they did when nothing is changed. */
  reproduced: z.number(),
  same: z.number(),
  moved: z.number(),
  refused: z.number(),
  /** How many choices fell on each account, as recorded and with the change. */
  shares: z.array(Named.extend({ before: z.number(), after: z.number() })),
  /** The most frequent moves; `to` is null where no account was left. */
  moves: z.array(z.object({ from: Named, to: Named.nullable(), count: z.number() })),
  /** Why accounts were out where nothing was left: reason to count. */
  reasons: z.record(z.string(), z.number()),
});
export type WhatIfResult = z.output<typeof WhatIfResult>;

/** One of the latest choices. */
export const RoutingDecision = z.object({
  requestId: z.string(),
  attempt: z.number(),
  at: Moment,
  model: z.string(),
  strategy: z.string(),
  sticky: z.string(),
  chosen: Named,
  candidates: z.array(Named),
  excluded: z.array(Named.extend({ reason: z.string() })),
});
export type RoutingDecision = z.output<typeof RoutingDecision>;

export const RoutingState = z.object({
  strategy: Strategy,
  stickyTtlSeconds: z.number(),
  accounts: z.array(
    Named.extend({
      enabled: z.boolean(),
      priority: z.number(),
      weight: z.number(),
      maxConcurrency: z.number().nullable(),
      sharing: z.enum(["shared", "dedicated", "group"]),
    }),
  ),
  decisions: z.array(RoutingDecision),
});
export type RoutingState = z.output<typeof RoutingState>;
