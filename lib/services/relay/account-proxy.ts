import { AppError } from "../../shared/errors";
import type { SealedPlace, Vault } from "../context";

/** Where the address of an account's proxy is sealed for. */
export function accountProxyPlace(accountId: string): SealedPlace {
  return { table: "account", column: "sealed_proxy", row: accountId };
}

/**
 * The address of an account's proxy with its log-in; null without one. Throws AppError("upstream_denied") when
 * it cannot be read: an account is never called directly because its proxy is unknown.
 */
export function openAccountProxy(
  vault: Vault,
  accountId: string,
  sealed: string | null,
): string | null {
  if (sealed === null) return null;
  try {
    return vault.open(accountProxyPlace(accountId), sealed);
  } catch (cause) {
    throw new AppError(
      "upstream_denied",
      "The stored proxy of this account cannot be read.",
      {},
      cause,
    );
  }
}
