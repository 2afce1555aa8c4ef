import { z } from "zod";

/** Money on the wire: an integer count of micro-USD as a decimal string, so that no reader rounds it. */
export const MicroUsd = z.string().regex(/^-?\d{1,18}$/);
/** A money limit; null means that there is none. */
export const MicroUsdLimit = z
  .string()
  .regex(/^\d{1,18}$/, "A whole number of micro-USD.")
  .nullable();
/** A moment as an ISO 8601 text with a zone. */
export const Moment = z.iso.datetime({ offset: true });

/** Names are one line of readable text; control characters have no place in a list or a log. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, "No control characters.");
export const Note = z
  .string()
  .max(2_000)
  .regex(/^[\P{Cc}\t\r\n]*$/u, "No control characters.");
/** Text to filter by. Postgres refuses NUL, and no name holds a control character. */
export const FilterText = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^\P{Cc}*$/u);
/** An id in a path or a filter. What it names is decided by the look-up. */
export const Id = z.string().regex(/^[a-z]+_[0-9A-Za-z]{1,64}$/);
export const IdParams = z.strictObject({ id: Id });

/** Body of calls that carry nothing. */
export const NoBody = z.strictObject({});

/** Keyset paging: `cursor` is what the page before answered as `next`. */
export const PageQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export interface Page<T> {
  items: T[];
  /** Cursor of the next page; null on the last one. */
  next: string | null;
}

/** A page of `item`s with the cursor of the next one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Body of every failure of the portal's own API (RFC 9457), as `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  /** Wrong fields of a form: path to sentence. */
  fields: z.record(z.string(), z.string()).optional(),
  retryAfterSeconds: z.number().optional(),
});
export type Problem = z.output<typeof Problem>;

/** A model mapping: `from` as asked for (exact, `*` pattern, family or `default`), `to` as sent. */
export const ModelMapEntry = z.strictObject({
  from: z.string().trim().min(1).max(200),
  to: z.string().trim().min(1).max(200),
});
export const ModelMapEntries = z.array(ModelMapEntry).max(200);
