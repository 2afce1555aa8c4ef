import type { z } from "zod";
import type { Context } from "../../services/context";
import { AppError } from "../../shared/errors";
import { parseUsd } from "../../shared/money";

export interface Flag {
  /** What the value is, as the help shows it: "<e-mail>". */
  value: string;
  help: string;
  required?: boolean;
  /** May be given several times. */
  multiple?: boolean;
}

/** Values of a command line: every flag's values in their order, and what stood without a flag. */
export interface Given {
  one(flag: string): string | undefined;
  /** Throws when the flag is missing. */
  demand(flag: string): string;
  all(flag: string): readonly string[];
  argument: string;
}

export interface Verb {
  /** The words that call it: "key create". */
  words: string;
  purpose: string;
  flags: Readonly<Record<string, Flag>>;
  /** Name of the one argument without a flag; absent when there is none. */
  argument?: string;
  /** The answer is printed as JSON. */
  run(world: CliWorld, given: Given): Promise<unknown>;
}

export interface CliWorld {
  ctx: Context;
  databaseUrl: string;
  /** Starts what outbound calls need (snapshots of allowed hosts and accounts). */
  start(): Promise<void>;
  /** A line for people, on standard error. */
  say(line: string): void;
}

/** A contract's value from the command line. Throws `invalid_request` that names each wrong field. */
export function checked<T extends z.ZodType>(schema: T, value: z.input<T>): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => [path.join("."), message]);
  throw new AppError("invalid_request", "Some values are not right.", {
    fields: Object.fromEntries(fields),
  });
}

/** `name=value` pairs as an object; later ones win. */
export function pairs(flag: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text) => pair(flag, text)));
}

/** A `name=value` text as its two halves; the value may hold more equal signs. */
export function pair(flag: string, text: string): [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new AppError("invalid_request", `--${flag} wants name=value, not "${text}".`);
}

/** A flag in USD as micro-USD text; undefined when it is absent. */
export function usd(given: Given, flag: string): string | undefined {
  const text = given.one(flag);
  if (text === undefined) return undefined;
  const micro = parseUsd(text);
  if (micro !== null && micro >= 0n) return micro.toString();
  throw new AppError("invalid_request", `--${flag} wants an amount in USD, such as 12.50.`);
}

/** A flag that is a whole number; undefined when it is absent. */
export function whole(given: Given, flag: string): number | undefined {
  const text = given.one(flag);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AppError("invalid_request", `--${flag} wants a whole number.`);
}
