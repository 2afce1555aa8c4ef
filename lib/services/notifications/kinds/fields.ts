import { z } from "zod";

/** The secret address of an incoming webhook. */
export function webhookUrl(help: string) {
  return z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .meta({ label: "Webhook address", help, kind: "secret" });
}

/** A secret that a service shows once. */
export function token(label: string, help: string) {
  return z
    .string()
    .regex(/^[\x21-\x7e]{1,1000}$/, "Only visible ASCII characters, no spaces.")
    .meta({ label, help, kind: "secret" });
}

/** The address of a service that can be hosted elsewhere. */
export function serviceUrl(fallback: string) {
  return z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .default(fallback)
    .meta({ label: "Service address", help: "Where the service is.", kind: "url", advanced: true });
}

/** No settings of its own. */
export const NO_SETTINGS = z.object({});

/** The number that a body holds under a name; null without one. */
export function codeIn(body: unknown, name: string): number | null {
  const read = z.record(z.string(), z.unknown()).safeParse(body);
  const value = read.success ? read.data[name] : null;
  return typeof value === "number" ? value : null;
}
