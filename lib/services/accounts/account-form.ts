import type { z } from "zod";
import { fieldNames } from "../../relay/providers/form";
import type { Provider } from "../../relay/providers/provider";
import { providerOf } from "../../relay/providers/registry";
import { AppError } from "../../shared/errors";
import type { Context } from "../context";

const HINT_LENGTH = 4;
/** A shorter secret would be half told by its end. */
const HINTED_FROM = 12;

type Values = Readonly<Record<string, unknown>>;

/** The provider of that id. Throws `invalid_request`. */
export function demandProvider(id: string): Provider {
  const provider = providerOf(id);
  if (provider) return provider;
  throw new AppError("invalid_request", "There is no such kind of account.", {
    fields: { provider: "There is no such kind of account." },
  });
}

/** Settings that fit the provider's schema. Throws `invalid_request` with a sentence per wrong field. */
export function parseSettings(provider: Provider, values: Values): Record<string, unknown> {
  return parsePart(provider.settings, "settings", values);
}

/** A secret that fits the provider's schema. Throws `invalid_request` with a sentence per wrong field. */
export function parseSecret(provider: Provider, values: Values): Record<string, unknown> {
  return parsePart(provider.secret, "secret", values);
}

/** Every address among the settings passes the outbound guard, or `invalid_request` says which does not. */
export async function checkAddresses(ctx: Context, provider: Provider, settings: Values) {
  for (const name of provider.urlSettings) {
    const url = settings[name];
    if (typeof url !== "string") continue;
    try {
      await ctx.outbound.check(url.replaceAll(/\{(model|action)\}/g, "x"));
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      throw refusal({ [`settings.${name}`]: thrown.message }, thrown);
    }
  }
}

/** Does a URL setting now lead somewhere else? The stored secret must not follow it there. */
export function leadsElsewhere(provider: Provider, before: Values, after: Values): boolean {
  return provider.urlSettings.some((name) => originOf(before[name]) !== originOf(after[name]));
}

/** The visible end of a secret, so that an admin can tell two apart; "" for a file. */
export function hintOf(secret: Values): string {
  const [first] = Object.values(secret);
  if (typeof first !== "string" || first.length < HINTED_FROM) return "";
  if (first.startsWith("{")) return "";
  return first.slice(-HINT_LENGTH);
}

/** When a secret's access token runs out; null when it has none that does. */
export function tokenEndOf(provider: Provider, secret: unknown): Date | null {
  const endsMs = provider.renewal?.expiresAtMs(secret) ?? null;
  return endsMs === null ? null : new Date(endsMs);
}

/** Money of a body as it is stored; what the body leaves out stays out. */
export function microOf(text: string | null | undefined): bigint | null | undefined {
  return typeof text === "string" ? BigInt(text) : text;
}

/** A failure that names fields of the form. */
export function refusal(fields: Record<string, string>, cause?: unknown): AppError {
  const [sentence = "Some fields are not right."] = Object.values(fields);
  return new AppError("invalid_request", sentence, { fields }, cause);
}

function parsePart(schema: z.ZodType, part: string, values: Values): Record<string, unknown> {
  const known = new Set(fieldNames(schema));
  const unknown = Object.keys(values).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw refusal(Object.fromEntries(unknown.map((name) => [`${part}.${name}`, "Unknown field."])));
  }
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ...Object(parsed.data) };
  const issues = parsed.error.issues;
  throw refusal(
    Object.fromEntries(issues.map(({ path, message }) => [[part, ...path].join("."), message])),
  );
}

function originOf(url: unknown): string | null {
  return typeof url === "string" ? (URL.parse(url)?.origin ?? url) : null;
}
