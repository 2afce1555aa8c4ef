import type { Account } from "../../contracts/accounts";
import type { AccountState } from "../../relay/model";

type Shown = Account["state"];

interface Stored {
  enabled: boolean;
  drainingSince: Date | null;
  stoppedReason: string | null;
}

interface Evidence {
  at: Date;
  status: number | null;
  evidence: string;
  code: string;
}

/**
 * The one state that an account is shown in, the one that keeps it from serving first: paused by an
 * admin, stopped, cooling, draining, held back by its quota, some families limited, active.
 */
export function stateOf(
  stored: Stored,
  live: AccountState | null,
  last: Evidence | null,
  { nowMs, quotaUntilMs }: { nowMs: number; quotaUntilMs: number | null },
): Shown {
  const families = familiesOf(live, nowMs);
  const ownKind = kindOf(stored, live, families.length > 0, nowMs);
  const held = quotaUntilMs !== null && (ownKind === "active" || ownKind === "limited");
  const kind = held ? "quota-reached" : ownKind;
  const caused = UNCAUSED.has(kind) ? null : last;
  return {
    kind,
    reason: reasonOf(kind, stored, live, caused),
    until: iso(untilOf(kind, live, quotaUntilMs)),
    families,
    evidence: caused && {
      status: caused.status,
      excerpt: caused.evidence,
      at: caused.at.toISOString(),
    },
  };
}

/** States that no failure has led to. */
const UNCAUSED: ReadonlySet<Shown["kind"]> = new Set([
  "active",
  "paused",
  "draining",
  "quota-reached",
]);

function untilOf(kind: Shown["kind"], live: AccountState | null, quotaUntilMs: number | null) {
  if (kind === "quota-reached") return quotaUntilMs;
  return kind === "cooling" ? (live?.coolingUntilMs ?? null) : null;
}

function kindOf(
  stored: Stored,
  live: AccountState | null,
  someLimited: boolean,
  nowMs: number,
): Shown["kind"] {
  if (!stored.enabled) return "paused";
  if (live?.stopped) return live.stopped;
  if (stored.stoppedReason === "blocked") return "blocked";
  if (stored.stoppedReason !== null) return "needs-sign-in";
  if ((live?.coolingUntilMs ?? 0) > nowMs) return "cooling";
  if (stored.drainingSince) return "draining";
  return someLimited ? "limited" : "active";
}

function reasonOf(
  kind: Shown["kind"],
  stored: Stored,
  live: AccountState | null,
  caused: Evidence | null,
): string | null {
  if (kind === "quota-reached") return kind;
  if (kind === "cooling") return live?.coolingReason ?? caused?.code ?? null;
  if (kind === "needs-sign-in" || kind === "blocked") {
    return stored.stoppedReason ?? caused?.code ?? null;
  }
  return caused?.code ?? null;
}

function familiesOf(live: AccountState | null, nowMs: number): Shown["families"] {
  return Object.entries(live?.limitedFamilies ?? {})
    .filter(([, untilMs]) => untilMs > nowMs)
    .map(([family, untilMs]) => ({ family, until: new Date(untilMs).toISOString() }));
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
