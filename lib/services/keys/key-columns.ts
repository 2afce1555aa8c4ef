import type { z } from "zod";
import type { AdminUpdateKeyBody } from "../../contracts/keys";
import type { KeyFields, KeyRow } from "../../db/keys";
import { AppError } from "../../shared/errors";

type Body = z.output<typeof AdminUpdateKeyBody>;

const money = (text: string | null | undefined) => (typeof text === "string" ? BigInt(text) : text);
const moment = (text: string | null | undefined) =>
  typeof text === "string" ? new Date(text) : text;

/** The fields of a body as they are stored; what the body leaves out stays out. */
export function keyColumns(body: Body): KeyFields {
  return {
    ...body,
    expiresAt: moment(body.expiresAt),
    dailyLimitMicroUsd: money(body.dailyLimitMicroUsd),
    weeklyLimitMicroUsd: money(body.weeklyLimitMicroUsd),
    monthlyLimitMicroUsd: money(body.monthlyLimitMicroUsd),
    totalLimitMicroUsd: money(body.totalLimitMicroUsd),
    ratePpm: body.ratePpm === undefined ? undefined : BigInt(body.ratePpm),
  };
}

/** A window of requests needs both its length and its count. Throws `invalid_request`. */
export function checkRateWindow(body: Body, before: Partial<KeyRow> = {}): void {
  const { rateWindowSeconds: seconds, rateWindowRequests: requests } = { ...before, ...body };
  if (((seconds ?? null) === null) === ((requests ?? null) === null)) return;
  const field = (seconds ?? null) === null ? "rateWindowSeconds" : "rateWindowRequests";
  const sentence = "A window needs both its length and its number of requests.";
  throw new AppError("invalid_request", sentence, { fields: { [field]: sentence } });
}

/** What the audit log says about a key: never a secret, nor its hash. */
export function auditedKey(row: KeyRow): Record<string, unknown> {
  const { secrets, owner: _owner, updatedAt: _updatedAt, ...fields } = row;
  return { ...fields, secretStarts: secrets.map(({ start }) => start) };
}
