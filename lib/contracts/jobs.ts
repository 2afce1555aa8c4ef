import { z } from "zod";

/** The one queue of the portal. */
export const QUEUE_NAME = "jobs";

export interface JobDefinition<T extends z.ZodType = z.ZodType> {
  /** `area.verb-noun`. */
  name: string;
  data: T;
  /** Tries in all; a job that fails the last one stays listed as failed. */
  attempts: number;
  /** Wait before the second try; doubled before each further one. */
  backoffMs: number;
}

const defineJob = <T extends z.ZodType>(definition: JobDefinition<T>) => definition;

const NOTHING = z.strictObject({});

/** Every kind of background job, by the use case that it runs. */
export const jobs = {
  sweepIntents: defineJob({
    name: "usage.sweep-intents",
    data: NOTHING,
    attempts: 1,
    backoffMs: 1_000,
  }),
  deliverSpool: defineJob({
    name: "usage.deliver-spool",
    data: NOTHING,
    attempts: 1,
    backoffMs: 1_000,
  }),
  findExpiringTokens: defineJob({
    name: "accounts.find-expiring-tokens",
    data: NOTHING,
    attempts: 1,
    backoffMs: 1_000,
  }),
  refreshToken: defineJob({
    name: "accounts.refresh-token",
    /** `version` of the secret that is to be renewed: a newer one is left alone. */
    data: z.strictObject({ accountId: z.string(), version: z.number().int() }),
    attempts: 5,
    backoffMs: 5_000,
  }),
  runDueProbes: defineJob({
    name: "accounts.run-due-probes",
    data: NOTHING,
    attempts: 1,
    backoffMs: 1_000,
  }),
  deliverNotifications: defineJob({
    name: "notifications.deliver",
    data: NOTHING,
    attempts: 1,
    backoffMs: 1_000,
  }),
  makePartitions: defineJob({
    name: "usage.make-partitions",
    data: NOTHING,
    attempts: 5,
    backoffMs: 30_000,
  }),
  verifyBooks: defineJob({
    name: "usage.verify-books",
    data: z.strictObject({ days: z.number().int().min(1).max(400).default(2) }),
    attempts: 2,
    backoffMs: 60_000,
  }),
  importPrices: defineJob({
    name: "models.import-prices",
    data: NOTHING,
    attempts: 5,
    backoffMs: 30_000,
  }),
};
