import { z } from "zod";
import type { KeyFields } from "../../db/keys";
import type { FaceId } from "../../shared/faces";
import { parseUsd } from "../../shared/money";

const Text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .nullish()
  .transform((text) => text ?? "");
const Texts = z
  .union([z.array(z.string()), z.string()])
  .nullish()
  .transform((given) => (Array.isArray(given) ? given : listOf(given ?? "")));

/** A key as claude-relay-service exports it: a Redis hash, all values texts, lists as JSON. */
export const CrsKey = z.object({
  id: z.string().min(1).max(200),
  name: Text,
  description: Text,
  /** Hexadecimal SHA-256 of the key with the relay's ENCRYPTION_KEY behind. */
  apiKey: Text,
  isActive: Text,
  isDeleted: Text,
  expirationMode: Text,
  expiresAt: Text,
  activationDays: Text,
  activationUnit: Text,
  isActivated: Text,
  permissions: Texts,
  enableModelRestriction: Text,
  restrictedModels: Texts,
  tags: Texts,
  concurrencyLimit: Text,
  rateLimitWindow: Text,
  rateLimitRequests: Text,
  dailyCostLimit: Text,
  totalCostLimit: Text,
  weeklyOpusCostLimit: Text,
  enableClientRestriction: Text,
  allowedClients: Texts,
});
export type CrsKey = z.output<typeof CrsKey>;

const FACES_OF: Readonly<Record<string, readonly FaceId[]>> = {
  claude: ["anthropic"],
  gemini: ["gemini", "code-assist"],
  openai: ["openai-chat", "openai-responses"],
};
/** Names of programs there and here; a name that is unknown here lets nobody in, as it would there. */
const CLIENT_OF: Readonly<Record<string, string>> = {
  claude_code: "claude-code",
  gemini_cli: "gemini-cli",
  codex_cli: "codex",
  droid_cli: "droid",
};
const UNIT_SECONDS: Readonly<Record<string, number>> = { hours: 3_600, days: 86_400 };
const DEFAULT_ACTIVATION = 30;
const TAGS_MAX = 20;

/** The portal's fields of such a key. Zero and nothing both mean "no limit" there. */
export function keyFieldsOfCrs(key: CrsKey, now: Date): KeyFields & { name: string } {
  const seconds = whole(key.rateLimitWindow);
  const requests = whole(key.rateLimitRequests);
  const faces = key.permissions.flatMap((service) => FACES_OF[service] ?? []);
  // No faces would mean all: a key for services that have none here stays shut until an admin decides.
  const unplaced = faces.length === 0 && key.permissions.length > 0;
  const windowed = seconds !== null && requests !== null;
  return {
    name: key.name.slice(0, 100) || key.id.slice(0, 100),
    note: key.description.slice(0, 2_000),
    tags: key.tags.slice(0, TAGS_MAX),
    pausedAt: key.isActive === "false" || unplaced ? now : null,
    ...lifeOf(key),
    faces,
    modelRule:
      key.enableModelRestriction === "true" && key.restrictedModels.length > 0
        ? { mode: "deny", patterns: key.restrictedModels }
        : null,
    concurrencyLimit: whole(key.concurrencyLimit),
    rateWindowSeconds: windowed ? seconds * 60 : null,
    rateWindowRequests: windowed ? requests : null,
    dailyLimitMicroUsd: money(key.dailyCostLimit),
    totalLimitMicroUsd: money(key.totalCostLimit),
    weeklyLimitMicroUsd: money(key.weeklyOpusCostLimit),
    allowedClients:
      key.enableClientRestriction === "true"
        ? key.allowedClients.map((client) => CLIENT_OF[client] ?? client)
        : [],
  };
}

/** Is it left shut because none of its services has a face here? */
export function hasNoFace(key: CrsKey): boolean {
  return key.permissions.length > 0 && key.permissions.every((service) => !FACES_OF[service]);
}

/** A key whose clock has not begun carries its length of life, any other its end. */
function lifeOf(key: CrsKey): Pick<KeyFields, "expiresAt" | "lifetimeSeconds"> {
  if (key.expirationMode === "activation" && key.isActivated !== "true") {
    const unit = UNIT_SECONDS[key.activationUnit] ?? 86_400;
    return {
      expiresAt: null,
      lifetimeSeconds: (whole(key.activationDays) ?? DEFAULT_ACTIVATION) * unit,
    };
  }
  const end = new Date(key.expiresAt);
  return { expiresAt: Number.isNaN(end.getTime()) ? null : end, lifetimeSeconds: null };
}

function whole(text: string): number | null {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : null;
}

function money(text: string): bigint | null {
  const micro = parseUsd(text);
  return micro !== null && micro > 0n ? micro : null;
}

/** A list as it was stored over the years: JSON, comma-separated, or "all" for no restriction. */
function listOf(text: string): string[] {
  if (text === "" || text === "all") return [];
  if (!text.startsWith("[")) return text.split(",").map((piece) => piece.trim());
  try {
    return z.array(z.string()).parse(JSON.parse(text));
  } catch {
    // Unreadable is not empty: an empty list of permissions would open everything.
    return [text];
  }
}
