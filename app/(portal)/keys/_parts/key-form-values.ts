import { z } from "zod";
import { Name, Note } from "@/lib/contracts/common";
import { CreateKeyBody, Face, type Key } from "@/lib/contracts/keys";
import { formatUsdExact, parseUsd } from "@/lib/shared/money";

const isWhole = (text: string, min: number, max: number) =>
  /^\d{1,9}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max;
const isBlank = (text: string) => text.trim() === "";

const Usd = z
  .string()
  .refine((text) => isBlank(text) || (!text.includes("-") && parseUsd(text) !== null));
const Whole = (min: number, max: number) =>
  z.string().refine((text) => isBlank(text) || isWhole(text, min, max));

/** What a person types into the form of a key: amounts in USD, lists as lines. */
export const KeyFormShape = z
  .object({
    name: Name,
    note: Note,
    tags: z.string(),
    daily: Usd,
    weekly: Usd,
    monthly: Usd,
    total: Usd,
    concurrency: Whole(1, 10_000),
    rateRequests: Whole(1, 1_000_000),
    rateSeconds: Whole(1, 86_400),
    expires: z.enum(["never", "date", "lifetime"]),
    expiresOn: z.string(),
    lifetimeDays: z.string(),
    faces: z.array(Face),
    modelMode: z.enum(["all", "allow", "deny"]),
    modelPatterns: z.string(),
    modelMap: z.string(),
    clients: z.string(),
    addresses: z.string(),
  })
  .superRefine((values, ctx) => {
    for (const path of wrongTogether(values)) {
      ctx.addIssue({ code: "custom", path: [path], message: path });
    }
  });

export type KeyFormValues = z.input<typeof KeyFormShape>;
export type KeyField = keyof KeyFormValues;

const SECONDS_PER_DAY = 86_400;

/** Fields that are wrong only beside others, or by the rules of the API. */
function wrongTogether(values: KeyFormValues): KeyField[] {
  const { shape } = CreateKeyBody;
  const fits = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
  const checks: readonly [KeyField, boolean][] = [
    ["rateSeconds", isBlank(values.rateRequests) === isBlank(values.rateSeconds)],
    ["expiresOn", values.expires !== "date" || endOfDay(values.expiresOn) > Date.now()],
    ["lifetimeDays", values.expires !== "lifetime" || isWhole(values.lifetimeDays, 1, 3_650)],
    ["modelPatterns", fits(shape.modelRule, ruleOf(values))],
    ["modelMap", fits(shape.modelMap, mapOf(values.modelMap))],
    ["clients", fits(shape.allowedClients, linesOf(values.clients))],
    ["addresses", fits(shape.ipAllow, linesOf(values.addresses))],
    ["tags", fits(shape.tags, tagsOf(values.tags))],
  ];
  return checks.filter(([, right]) => !right).map(([field]) => field);
}

/** The form's values as the API takes them. `key` is the one being changed, null for a new one. */
export function toKeyBody(values: KeyFormValues, key: Key | null): CreateKeyBody {
  return {
    name: values.name,
    note: values.note,
    tags: tagsOf(values.tags),
    dailyLimitMicroUsd: microOf(values.daily),
    weeklyLimitMicroUsd: microOf(values.weekly),
    monthlyLimitMicroUsd: microOf(values.monthly),
    totalLimitMicroUsd: microOf(values.total),
    concurrencyLimit: wholeOf(values.concurrency),
    rateWindowRequests: wholeOf(values.rateRequests),
    rateWindowSeconds: wholeOf(values.rateSeconds),
    expiresAt: expiryOf(values, key),
    lifetimeSeconds:
      values.expires === "lifetime" ? Number(values.lifetimeDays) * SECONDS_PER_DAY : null,
    faces: values.faces,
    modelRule: ruleOf(values),
    modelMap: mapOf(values.modelMap),
    allowedClients: linesOf(values.clients),
    ipAllow: linesOf(values.addresses),
  };
}

/** A key as the form shows it; an empty form for null. */
export function fromKey(key: Key | null): KeyFormValues {
  return {
    name: key?.name ?? "",
    note: key?.note ?? "",
    tags: key?.tags.join(", ") ?? "",
    daily: usdOf(key?.dailyLimitMicroUsd),
    weekly: usdOf(key?.weeklyLimitMicroUsd),
    monthly: usdOf(key?.monthlyLimitMicroUsd),
    total: usdOf(key?.totalLimitMicroUsd),
    concurrency: key?.concurrencyLimit?.toString() ?? "",
    rateRequests: key?.rateWindowRequests?.toString() ?? "",
    rateSeconds: key?.rateWindowSeconds?.toString() ?? "",
    ...expiryFields(key),
    faces: key?.faces ?? [],
    modelMode: key?.modelRule?.mode ?? "all",
    modelPatterns: key?.modelRule?.patterns.join("\n") ?? "",
    modelMap: key?.modelMap.map(({ from, to }) => `${from}=${to}`).join("\n") ?? "",
    clients: key?.allowedClients.join("\n") ?? "",
    addresses: key?.ipAllow.join("\n") ?? "",
  };
}

function expiryFields(key: Key | null) {
  const seconds = key?.lifetimeSeconds ?? null;
  const lifetimeDays = seconds === null ? "" : String(Math.ceil(seconds / SECONDS_PER_DAY));
  const expiresOn = key?.expiresAt ? localDay(key.expiresAt) : "";
  if (seconds !== null) return { expires: "lifetime", lifetimeDays, expiresOn } as const;
  return { expires: expiresOn ? "date" : "never", lifetimeDays, expiresOn } as const;
}

function expiryOf(values: KeyFormValues, key: Key | null): string | null {
  if (values.expires !== "date") return null;
  // A moment within the day that was set elsewhere stays as exact as it was.
  if (key?.expiresAt && localDay(key.expiresAt) === values.expiresOn) return key.expiresAt;
  return new Date(endOfDay(values.expiresOn)).toISOString();
}

/** The last second of a day in the reader's zone, epoch ms; NaN for no day. */
function endOfDay(day: string): number {
  return new Date(`${day}T23:59:59`).getTime();
}

/** Swedish dates are ISO dates. */
function localDay(moment: string): string {
  return new Date(moment).toLocaleDateString("sv-SE");
}

function ruleOf({ modelMode, modelPatterns }: KeyFormValues) {
  return modelMode === "all" ? null : { mode: modelMode, patterns: linesOf(modelPatterns) };
}

function mapOf(text: string) {
  return linesOf(text).map((line) => {
    const cut = line.indexOf("=");
    return { from: line.slice(0, Math.max(cut, 0)).trim(), to: line.slice(cut + 1).trim() };
  });
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

function tagsOf(text: string): string[] {
  return linesOf(text.replaceAll(/[,，]/g, "\n"));
}

function microOf(text: string): string | null {
  return isBlank(text) ? null : (parseUsd(text)?.toString() ?? null);
}

function usdOf(micro: string | null | undefined): string {
  return micro ? formatUsdExact(BigInt(micro)) : "";
}

function wholeOf(text: string): number | null {
  return isBlank(text) ? null : Number(text);
}
