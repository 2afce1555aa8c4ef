import { jobs } from "../../contracts/jobs";
import { listExpiringAccounts } from "../../db/accounts";
import { toAppError } from "../../shared/errors";
import { fnv1a } from "../../shared/fnv1a";
import type { Upkeep } from "../usage/upkeep";

/** Tokens are renewed this long before they end, and up to `JITTER_MS` earlier: not all at once. */
const AHEAD_MS = 5 * 60_000;
const JITTER_MS = 5 * 60_000;
const AT_ONCE = 500;

/** Finds the tokens that end soon and queues the renewal of each. */
export async function findExpiringTokens({ db, clock, queue }: Upkeep): Promise<void> {
  const nowMs = clock.nowMs();
  const due = await listExpiringAccounts(db, new Date(nowMs + AHEAD_MS + JITTER_MS), AT_ONCE);
  for (const { id, secretVersion, tokenExpiresAt } of due) {
    const endsMs = tokenExpiresAt?.getTime() ?? 0;
    if (endsMs > nowMs + AHEAD_MS + (fnv1a(id) % JITTER_MS)) continue;
    const data = { accountId: id, version: secretVersion };
    await queue.enqueueOnce(jobs.refreshToken, data, `refresh-${id}-${secretVersion}`);
  }
}

/** Renews one token; rejects where it is worth trying again. */
export async function refreshAccountToken(
  { tokens, log }: Upkeep,
  { accountId, version }: { accountId: string; version: number },
): Promise<void> {
  try {
    await tokens.renew({ accountId, version });
  } catch (thrown) {
    const { code } = toAppError(thrown);
    // The account has been stopped, and its owner told: asking again would only repeat the refusal.
    if (code !== "upstream_denied") throw thrown;
    log("warn", { event: "account.needs-sign-in", accountId });
  }
}
