import { AppError } from "../../shared/errors";
import { familyOf } from "../families";
import type { PoolAccount } from "../model";
import type { DecisionTrace, ExclusionReason } from "../ports";
import { spokenFor } from "../providers/spoken-for";
import { sentModel } from "../scheduling/eligibility";
import { heldUntil } from "../scheduling/used-up";
import type { Call } from "./call";

/** Reasons that pass by themselves. */
const PASSING: ReadonlySet<ExclusionReason> = new Set([
  "cooling",
  "family-limited",
  "quota-reached",
  "concurrency-full",
  "tried",
]);
/** Reasons that say that an account is none for this model at all. */
const NEVER: ReadonlySet<ExclusionReason> = new Set(["model-unsupported", "protocol-unreachable"]);
/** Beside reserved accounts, these are none that the caller could have used. */
const UNHELPFUL: ReadonlySet<ExclusionReason> = new Set([...NEVER, "client-reserved"]);
const RESERVED =
  "The accounts that serve this model are subscriptions that their provider keeps for its own program. Use that program, or ask an admin for an account with an API key.";
const DEFAULT_WAIT_SECONDS = 15;

/**
 * Nothing is left to try. Says which reason excluded how many accounts; 429 when waiting is all that
 * is needed, 404 when no account serves the model at all.
 */
export function noAccount(
  call: Call,
  pool: readonly PoolAccount[],
  { excluded }: Pick<DecisionTrace, "excluded">,
): AppError {
  const reasons: Record<string, number> = {};
  for (const { reason } of excluded) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const kinds = new Set(excluded.map(({ reason }) => reason).filter((r) => r !== "not-bound"));
  if (kinds.has("model-unsupported") && [...kinds].every((reason) => NEVER.has(reason))) {
    const message = `No account serves the model ${call.facts.model}.`;
    return new AppError("not_found", message, { reasons });
  }
  if (kinds.size > 0 && [...kinds].every((reason) => reason === "protocol-unreachable")) {
    return new AppError("not_found", "No account takes calls of this kind.", { reasons });
  }
  if (kinds.has("client-reserved") && [...kinds].every((reason) => UNHELPFUL.has(reason))) {
    return new AppError("forbidden", RESERVED, { reasons });
  }
  const passing = [...kinds].some((reason) => PASSING.has(reason));
  const message = passing
    ? "All accounts for this model are busy or at their limit at the moment."
    : "No account can serve this request at the moment.";
  return new AppError("no_account", `${message}${listed(reasons)}`, {
    reasons,
    ...(passing ? { status: 429 } : {}),
    retryAfterSeconds: passing ? waitSeconds(call, pool) : DEFAULT_WAIT_SECONDS,
  });
}

function listed(reasons: Readonly<Record<string, number>>): string {
  const parts = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
  return parts.length > 0 ? ` Left out: ${parts.join(", ")}.` : "";
}

/** Until the first account comes back, if that is known. */
function waitSeconds({ ports, facts, key }: Call, pool: readonly PoolAccount[]): number {
  const nowMs = ports.clock.nowMs();
  const spokenBy = spokenFor(facts.protocol);
  const back = pool
    .map((account) => {
      const naming = { protocol: facts.protocol, model: facts.model, key, spokenBy };
      const family = familyOf(sentModel(account, naming) ?? facts.model);
      return Math.max(
        account.state.coolingUntilMs ?? 0,
        account.state.limitedFamilies[family] ?? 0,
        heldUntil(account, nowMs) ?? 0,
      );
    })
    .filter((untilMs) => untilMs > nowMs);
  if (back.length === 0) return DEFAULT_WAIT_SECONDS;
  return Math.max(Math.ceil((Math.min(...back) - nowMs) / 1000), 1);
}
