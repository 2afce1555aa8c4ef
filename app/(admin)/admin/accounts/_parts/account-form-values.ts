import { z } from "zod";
import {
  type Account,
  type CreateAccountBody,
  type FormField,
  ModelMapMissesBody,
  type ProviderForm,
  type UpdateAccountBody,
} from "@/lib/contracts/accounts";
import { Name, Note } from "@/lib/contracts/common";
import type { FinishSignInBody } from "@/lib/contracts/sign-ins";
import { formatUsdExact, parseUsd } from "@/lib/shared/money";

const Whole = (min: number, max: number) =>
  z.string().refine((text) => {
    const number = Number(text);
    return /^\d{1,9}$/.test(text.trim()) && number >= min && number <= max;
  });
const Values = z.record(z.string(), z.union([z.string(), z.boolean()]));

/** What a person types into the form of an account: numbers as text, provider fields by name. */
const Shape = z.object({
  name: Name,
  note: Note,
  sharing: z.enum(["shared", "dedicated", "group"]),
  schedulable: z.boolean(),
  priority: Whole(1, 100),
  weight: Whole(1, 1_000),
  maxConcurrency: z.union([z.literal(""), Whole(1, 10_000)]),
  pauseAtPercent: z.union([z.literal(""), Whole(1, 100)]),
  dailyQuota: z.string().refine((text) => text.trim() === "" || (parseUsd(text) ?? 0n) > 0n),
  quotaResetHour: Whole(0, 23),
  probeCron: z.string().max(100),
  maxRestMinutes: z.union([z.literal(""), Whole(1, 1_440)]),
  ignoreLimits: z.boolean(),
  ignoreFailures: z.boolean(),
  /** People who may use it; null for everybody. */
  consent: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  proxy: z.string().max(1_000),
  planExpiresOn: z.union([z.literal(""), z.iso.date()]),
  modelMap: z.array(z.object({ from: z.string(), to: z.string() })),
  leadsBack: z.boolean(),
  returnKeyId: z.string(),
  settings: Values,
  secret: Values,
});

export type AccountFormValues = z.output<typeof Shape>;
export type AccountField = keyof AccountFormValues;

/** The rules of the form for one kind of account; `account` is the one being changed, if any. */
export function accountFormShape(provider: ProviderForm, account: Account | null) {
  return Shape.superRefine((values, ctx) => {
    const rows = ModelMapMissesBody.shape.entries.safeParse(filledRows(values));
    const wrong = [
      ...(values.leadsBack && !values.returnKeyId ? [["returnKeyId"]] : []),
      ...(rows.success ? [] : [["modelMap"]]),
      ...wrongSettings(provider, values),
      ...(needsSecret(provider, account, values) ? missingSecrets(provider, values) : []),
    ];
    for (const path of wrong) ctx.addIssue({ code: "custom", path });
  });
}

function wrongSettings(provider: ProviderForm, { settings }: AccountFormValues): string[][] {
  return provider.settings
    .filter(({ name, required, kind }) => {
      const text = String(settings[name] ?? "").trim();
      return text === "" ? required : kind === "url" && !isHttpUrl(text);
    })
    .map(({ name }) => ["settings", name]);
}

function missingSecrets(provider: ProviderForm, { secret }: AccountFormValues): string[][] {
  return provider.secret
    .filter(({ name, required }) => required && !secret[name])
    .map(({ name }) => ["secret", name]);
}

/** Must the secret be given: for a new account, a begun new secret, or an address that now leads elsewhere. */
function needsSecret(
  provider: ProviderForm,
  account: Account | null,
  values: Pick<AccountFormValues, "settings" | "secret">,
): boolean {
  if (!account || Object.values(values.secret).some(Boolean)) return true;
  return leadsElsewhere(provider, account, values.settings);
}

/** Does a typed address lead to another host than the stored one? */
export function leadsElsewhere(
  { urlSettings }: ProviderForm,
  account: Account,
  settings: AccountFormValues["settings"],
): boolean {
  const originOf = (value: unknown) => URL.parse(String(value ?? ""))?.origin ?? null;
  return urlSettings.some((name) => originOf(account.settings[name]) !== originOf(settings[name]));
}

/** An account as the form shows it; the provider's defaults for a new one. */
export function fromAccount(provider: ProviderForm, account: Account | null): AccountFormValues {
  return {
    name: account?.name ?? "",
    note: account?.note ?? "",
    sharing: account?.sharing ?? "shared",
    schedulable: account?.schedulable ?? true,
    priority: String(account?.priority ?? 50),
    weight: String(account?.weight ?? 1),
    maxConcurrency: account?.maxConcurrency?.toString() ?? "",
    pauseAtPercent: account?.pauseAtPercent?.toString() ?? "",
    ...quotaOf(account),
    proxy: proxyAddress(account),
    planExpiresOn: account?.planExpiresAt ? localDay(account.planExpiresAt) : "",
    modelMap: [...(account?.modelMap ?? provider.defaultModelMap)],
    leadsBack: Boolean(account?.returnKey),
    returnKeyId: account?.returnKey?.id ?? "",
    settings: initialOf(provider.settings, account?.settings ?? {}),
    secret: initialOf(provider.secret, {}),
  };
}

/** The form's values as the API takes them for a new account. */
export function toCreateBody(provider: ProviderForm, values: AccountFormValues): CreateAccountBody {
  return {
    provider: provider.id,
    ...plainFields(values, null),
    settings: typed(provider.settings, values.settings),
    secret: typed(provider.secret, values.secret),
  };
}

/** The same without the parts that a sign-in brings itself. */
export function toSignInFields(values: AccountFormValues): FinishSignInBody["account"] {
  return plainFields(values, null);
}

/** Settings as the API takes them. */
export function toSettings(provider: ProviderForm, values: AccountFormValues) {
  return typed(provider.settings, values.settings);
}

/** The same for a change; without a typed secret the stored one stays. */
export function toUpdateBody(
  provider: ProviderForm,
  values: AccountFormValues,
  account: Account,
): UpdateAccountBody {
  const secret = typed(provider.secret, values.secret);
  return {
    ...plainFields(values, account),
    settings: typed(provider.settings, values.settings),
    ...(Object.keys(secret).length > 0 && { secret }),
  };
}

/** Rows of the mapping in which something was typed. */
function filledRows({ modelMap }: Pick<AccountFormValues, "modelMap">) {
  return modelMap
    .map(({ from, to }) => ({ from: from.trim(), to: to.trim() }))
    .filter(({ from, to }) => from !== "" || to !== "");
}

function plainFields(values: AccountFormValues, account: Account | null) {
  const { name, note, sharing, schedulable, priority, weight, maxConcurrency } = values;
  return {
    name,
    note,
    sharing,
    schedulable,
    priority: Number(priority),
    weight: Number(weight),
    maxConcurrency: maxConcurrency === "" ? null : Number(maxConcurrency),
    pauseAtPercent: values.pauseAtPercent === "" ? null : Number(values.pauseAtPercent),
    planExpiresAt: planEnd(values.planExpiresOn, account),
    dailyQuotaMicroUsd: parseUsd(values.dailyQuota)?.toString() ?? null,
    quotaResetHour: Number(values.quotaResetHour),
    probeCron: values.probeCron.trim() || null,
    coolDownOverrides: typedRests(values),
    consent: values.consent && { userIds: values.consent.map(({ id }) => id) },
    ...typedProxy(values.proxy, account),
    modelMap: filledRows(values),
    returnKeyId: values.leadsBack ? values.returnKeyId : null,
  };
}

/** Nothing when it is as it was: the stored address has a log-in that the form does not know. */
export function typedProxy(text: string, account: Account | null): { proxy?: string | null } {
  const typed = text.trim();
  if (typed === proxyAddress(account)) return {};
  return { proxy: typed === "" ? null : typed };
}

function quotaOf(account: Account | null) {
  const limit = account?.dailyQuota?.limitMicroUsd;
  return {
    dailyQuota: limit === undefined ? "" : formatUsdExact(BigInt(limit)),
    quotaResetHour: String(account?.quotaResetHour ?? 0),
    probeCron: account?.probeCron ?? "",
    ...restsOf(account),
    consent: account?.consent?.users ?? null,
  };
}

function restsOf(account: Account | null) {
  const {
    maxSeconds = null,
    ignoreLimits = false,
    ignoreFailures = false,
  } = account?.coolDownOverrides ?? {};
  const minutes = maxSeconds === null ? "" : String(Math.ceil(maxSeconds / 60));
  return { maxRestMinutes: minutes, ignoreLimits, ignoreFailures };
}

function typedRests({ maxRestMinutes, ignoreLimits, ignoreFailures }: AccountFormValues) {
  const maxSeconds = maxRestMinutes === "" ? null : Number(maxRestMinutes) * 60;
  if (maxSeconds === null && !ignoreLimits && !ignoreFailures) return null;
  return { maxSeconds, ignoreLimits, ignoreFailures };
}

function proxyAddress(account: Account | null): string {
  return account?.proxy?.address ?? "";
}

function planEnd(day: string, account: Account | null): string | null {
  if (day === "") return null;
  // A moment within the day that was set elsewhere stays as exact as it was.
  const stored = account?.planExpiresAt;
  return stored && localDay(stored) === day ? stored : new Date(`${day}T23:59:59`).toISOString();
}

/** Swedish dates are ISO dates. */
function localDay(moment: string): string {
  return new Date(moment).toLocaleDateString("sv-SE");
}

function initialOf(fields: readonly FormField[], stored: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    fields.map(({ name, kind, default: fallback }) => {
      const value = stored[name] ?? fallback;
      return [name, kind === "boolean" ? value === true : String(value ?? "")];
    }),
  );
}

/** Typed texts as the provider's schema takes them; blank ones are left to its defaults. */
function typed(fields: readonly FormField[], values: AccountFormValues["settings"]) {
  return Object.fromEntries(
    fields.flatMap(({ name, kind }): [string, string | number | boolean][] => {
      const value = values[name];
      if (kind === "boolean") return [[name, value === true]];
      const text = String(value ?? "").trim();
      if (text === "") return [];
      return [[name, kind === "number" ? Number(text) : text]];
    }),
  );
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text.replaceAll(/\{(model|action)\}/g, "x"));
  return url !== null && ["http:", "https:"].includes(url.protocol);
}
