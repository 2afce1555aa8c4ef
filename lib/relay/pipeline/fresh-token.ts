import type { PoolAccount } from "../model";
import type { RelayPorts } from "../ports";
import type { Taken } from "./admission";
import type { AttemptEnd } from "./attempt";

/** A token that ends within this is not sent any more: the upstream's clock need not be the portal's. */
const WORN_MS = 30_000;

/** Runs the account's access token out, so that it has to be renewed before a request is sent with it? */
export function isWorn({ tokenExpiresAtMs }: PoolAccount, nowMs: number): boolean {
  return tokenExpiresAtMs !== null && tokenExpiresAtMs - nowMs < WORN_MS;
}

/** The choice with a token that serves. Rejects as `RelayPorts.renewed` does. */
export async function withFreshToken(
  taken: Taken,
  ports: Pick<RelayPorts, "renewed">,
): Promise<Taken> {
  return { ...taken, account: await ports.renewed(taken.account) };
}

/**
 * Did the upstream reject a token that can be renewed? It may have been revoked ahead of its time, or
 * renewed elsewhere: one renewal is worth more than a stopped account.
 */
export function rejectsToken({ provider }: Taken, { error, status }: AttemptEnd): boolean {
  return provider.renewal !== null && status === 401 && error?.code === "upstream_denied";
}
