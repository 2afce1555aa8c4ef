import { Prisma } from "../generated/prisma/client";

/** A plain value for a JSON column. Dates become text, `undefined` fields vanish. */
export function json(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value, bigintAsText));
}

/** The same for a nullable column: null is SQL's NULL, not JSON's. */
export function jsonOrNull(value: unknown) {
  return value === null || value === undefined ? Prisma.DbNull : json(value);
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
