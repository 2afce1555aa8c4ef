import { z } from "zod";

const Known = z.object({
  /** Rests until, and why. */
  cool: z.tuple([z.number().nullable(), z.string().nullable()]).optional(),
  families: z.record(z.string(), z.number()).optional(),
  stopped: z.enum(["needs-sign-in", "blocked"]).optional(),
  /** Quota windows: name, used percent, reset. */
  windows: z.array(z.tuple([z.string(), z.number(), z.number().nullable()])).optional(),
  /** Share of failures, ms to the first byte. */
  recent: z.tuple([z.number(), z.number()]).optional(),
});
/** In flight, ms since the last use (-1 = never), and what is known beyond that. */
const Live = z.union([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number(), Known])]);

/** All that a choice depended on beside the pool as it was set: enough to make it again. */
export const RecordedFacts = z.object({
  /** Version of the pool: see `recordedPool`. */
  pool: z.string(),
  atMs: z.number(),
  protocol: z.string(),
  strategy: z.enum(["priority-lru", "weighted", "score"]),
  /** Of the strategy "score". */
  weights: z
    .object({ busy: z.number(), errors: z.number(), speed: z.number(), quota: z.number() })
    .optional(),
  sticky: z.string().optional(),
  binding: z
    .object({ kind: z.enum(["account", "group"]), id: z.string(), fallback: z.boolean() })
    .optional(),
  keyMap: z.array(z.object({ from: z.string(), to: z.string() })).optional(),
  /** Kinds of account that did not let this client in. */
  reserved: z.array(z.string()).optional(),
  tried: z.array(z.string()).optional(),
  /** One for each account of the pool, in its order. */
  live: z.array(Live),
});
export type RecordedFacts = z.output<typeof RecordedFacts>;

export type Live = z.output<typeof Live>;
export type Known = z.output<typeof Known>;
