import type { ImportReason } from "../../contracts/imports";
import { parseUsd } from "../../shared/money";
import {
  bagIn,
  type CrsFields,
  countOf,
  crsFields,
  droppedNote,
  isFalse,
  isTrue,
  momentOf,
  objectOf,
  textOf,
} from "./crs-fields";
import { isSealed, type Opener } from "./crs-secrets";
import type { ForeignAccount, LeftOut } from "./foreign";

/** The part of an account that its kind decides. */
export interface KindPart {
  provider: string;
  settings?: Record<string, unknown>;
  secret: Record<string, unknown>;
  notes?: ForeignAccount["notes"];
  /** Several accounts there were one: this one's own ending of id and name. */
  ending?: string;
  sharing?: "dedicated";
}

/** Reads an account's kind-specific part. Throws `LeftOutError`. */
export type KindReader = (fields: CrsFields, secret: SecretReader) => KindPart | KindPart[];

/** The first of the fields that holds a secret, opened; "" where none does. Throws `LeftOutError`. */
export type SecretReader = (value: unknown) => string;

/** A thing that cannot be taken over, and why. */
export class LeftOutError extends Error {
  override readonly name = "LeftOutError";
  constructor(readonly reason: ImportReason) {
    super(reason);
  }
}

/** Options that only disguise a client, count or time what the portal does by itself, or have no like here. */
const NO_PLACE = [
  "useUnifiedUserAgent",
  "useUnifiedClientId",
  "unifiedClientId",
  "userAgent",
  "interceptWarmup",
  "autoStopOnWarning",
  "providerEndpoint",
  "defaultModel",
  "endpointType",
  "balanceScript",
];
/** What claude-relay-service switches off by itself it would switch on again: it is no admin's wish. */
const OWN_STOPS = ["rateLimitAutoStopped", "quotaAutoStopped", "fiveHourAutoStopped"];
const OWN_STATES = new Set(["rate_limited", "rateLimited", "quota_exceeded", "overloaded"]);
const SHARINGS = ["shared", "dedicated", "group"] as const;
const DEFAULT_PRIORITY = 50;

/** The accounts that a record of claude-relay-service becomes, or why it becomes none. */
export function accountsOfCrs(
  record: unknown,
  read: KindReader,
  opener: Opener | null,
): (ForeignAccount | LeftOut)[] {
  const fields = crsFields(record);
  const foreignId = textOf(fields, "id");
  const name = textOf(fields, "name").slice(0, 100) || foreignId;
  try {
    if (foreignId === "") throw new LeftOutError("invalid");
    const parts = [read(fields, secretReader(opener))].flat();
    return parts.map((part) => accountOf(fields, foreignId, name, part));
  } catch (thrown) {
    if (!(thrown instanceof LeftOutError)) throw thrown;
    return [{ kind: "account", foreignId, name, detail: "", reason: thrown.reason }];
  }
}

function accountOf(
  fields: CrsFields,
  foreignId: string,
  name: string,
  part: KindPart,
): ForeignAccount {
  const { provider, settings = {}, secret, notes = [], ending } = part;
  return {
    foreignId: ending ? `${foreignId}#${ending}` : foreignId,
    name: ending ? `${name.slice(0, 90)} ${ending}` : name,
    provider,
    settings: present(settings),
    secret: present(secret),
    fields: {
      note: textOf(fields, "description").slice(0, 2_000),
      sharing: part.sharing ?? sharingOf(fields),
      enabled: !isFalse(fields, "isActive") || OWN_STATES.has(textOf(fields, "status")),
      schedulable: !isFalse(fields, "schedulable") || OWN_STOPS.some((one) => isTrue(fields, one)),
      priority: Math.min(countOf(fields, "priority") ?? DEFAULT_PRIORITY, 100),
      maxConcurrency: countOf(fields, "maxConcurrentTasks"),
      ...quotaOf(fields),
      ...(isTrue(fields, "disableAutoProtection") && { coolDownOverrides: UNPROTECTED }),
      planExpiresAt: momentOf(fields, "subscriptionExpiresAt")?.toISOString() ?? null,
      ...modelMapOf(fields),
    },
    proxy: proxyOf(fields),
    notes: [...notes, ...droppedNote(fields, NO_PLACE)],
  };
}

/** "Upstream errors do not pause": they are only noted. */
const UNPROTECTED = { maxSeconds: null, ignoreLimits: true, ignoreFailures: true };

/** Zero means no quota there; its minutes have no like here. */
function quotaOf(fields: CrsFields) {
  const micro = parseUsd(textOf(fields, "dailyQuota"));
  if (micro === null || micro <= 0n) return {};
  const hour = Number(textOf(fields, "quotaResetTime").split(":")[0]);
  const quotaResetHour = Number.isInteger(hour) && hour >= 0 && hour <= 23 ? hour : 0;
  return { dailyQuotaMicroUsd: micro.toString(), quotaResetHour };
}

function present(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

function sharingOf(fields: CrsFields): (typeof SHARINGS)[number] {
  const text = textOf(fields, "accountType");
  return SHARINGS.find((one) => one === text) ?? "shared";
}

/** A list of models admits them as they are, an object renames them; nothing at all admits every model. */
function modelMapOf(fields: CrsFields) {
  const models = objectOf(fields, "supportedModels");
  const pairs = Array.isArray(models)
    ? models.map((model) => [model, model])
    : Object.entries(bagIn(fields, "supportedModels"));
  const entries = pairs.flatMap(([from, to]) =>
    typeof from === "string" && typeof to === "string" && from && to ? [{ from, to }] : [],
  );
  return entries.length > 0 ? { modelMap: entries } : {};
}

/** A proxy as one address, with its log-in. */
function proxyOf(fields: CrsFields): string | null {
  const proxy = bagIn(fields, "proxy");
  const scheme = textOf(proxy, "type", "protocol", "scheme").replace(":", "");
  const host = textOf(proxy, "host");
  const port = countOf(proxy, "port");
  if (!["http", "https", "socks5", "socks5h"].includes(scheme) || host === "" || !port) return null;
  const login = [textOf(proxy, "username"), textOf(proxy, "password")].map(encodeURIComponent);
  const at = login[0] ? `${login.join(":")}@` : "";
  return `${scheme === "socks5h" ? "socks5" : scheme}://${at}${host}:${port}`;
}

function secretReader(opener: Opener | null): SecretReader {
  return (value) => {
    if (typeof value !== "string") return "";
    const text = value.trim();
    if (text.includes("[REDACTED]") || text === "***") throw new LeftOutError("redacted");
    if (!isSealed(text)) return text;
    if (!opener) throw new LeftOutError("no-pepper");
    const plain = opener(text);
    if (plain === null) throw new LeftOutError("unreadable");
    return plain.trim();
  };
}
