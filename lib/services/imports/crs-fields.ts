import { z } from "zod";
import { note } from "./foreign";

/**
 * A thing of claude-relay-service as a bag of fields. Depending on its version and on the way out, a field
 * is a text, a number, a boolean or an object, JSON inside a text, or lies in `credentials` in snake case.
 */
export type CrsFields = Readonly<Record<string, unknown>>;

const CREDENTIALS: Readonly<Record<string, string>> = {
  access_token: "accessToken",
  refresh_token: "refreshToken",
  expires_at: "expiresAt",
  api_key: "apiKey",
  base_url: "baseUrl",
  model_mapping: "supportedModels",
  scope: "scopes",
  chatgpt_account_id: "accountId",
  user_agent: "userAgent",
};
const Bag = z.record(z.string(), z.unknown());

/** One bag of a record's own fields and its credentials; own ones win. */
export function crsFields(record: unknown): CrsFields {
  const own = bagOf(record);
  const credentials = Object.entries(bagOf(own.credentials)).map(([name, value]) => [
    CREDENTIALS[name] ?? name,
    value,
  ]);
  return { ...Object.fromEntries(credentials), ...own };
}

/** A field as text: "" for what is absent, an object or a list. */
export function textOf(fields: CrsFields, ...names: string[]): string {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
  }
  return "";
}

/** A field that is an object or a list, or a text that holds one; null for anything else. */
export function objectOf(fields: CrsFields, name: string): unknown {
  const value = fields[name];
  if (typeof value === "object") return value;
  if (typeof value !== "string" || !/^[[{]/.test(value)) return null;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/** The same where it has to be an object; {} when it is not one. */
export function bagIn(fields: CrsFields, name: string): CrsFields {
  return bagOf(objectOf(fields, name));
}

/** A moment that is stored as ISO text or as milliseconds; null for none. */
export function momentOf(fields: CrsFields, ...names: string[]): Date | null {
  const text = textOf(fields, ...names);
  if (text === "") return null;
  const moment = new Date(/^\d{11,}$/.test(text) ? Number(text) : text);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** A positive whole number; null for anything else, zero included. */
export function countOf(fields: CrsFields, ...names: string[]): number | null {
  const value = Number(textOf(fields, ...names) || Number.NaN);
  return Number.isInteger(value) && value > 0 ? value : null;
}

export function isTrue(fields: CrsFields, name: string): boolean {
  return textOf(fields, name) === "true";
}

export function isFalse(fields: CrsFields, name: string): boolean {
  return textOf(fields, name) === "false";
}

const EMPTY = new Set(["", "0", "false", "null", "[]", "{}"]);

/** A note about those of the fields that say something and have no place here; none where none does. */
export function droppedNote(fields: CrsFields, names: readonly string[]) {
  const dropped = names.filter((name) => {
    const value = fields[name] ?? "";
    return !EMPTY.has(typeof value === "object" ? JSON.stringify(value) : String(value));
  });
  return dropped.length > 0 ? [note("dropped", ...dropped)] : [];
}

function bagOf(value: unknown): CrsFields {
  const parsed = Bag.safeParse(value);
  return parsed.success ? parsed.data : {};
}
