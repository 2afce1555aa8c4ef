import { AppError } from "../../shared/errors";
import type { SealedPlace, Vault } from "../context";

/** Where an account's secret is sealed for: the same wherever it is written and read. */
export function accountSecretPlace(accountId: string): SealedPlace {
  return { table: "account", column: "sealed_secret", row: accountId };
}

/** The secret of an account as an object. Throws AppError("upstream_denied") when it cannot be read. */
export function openAccountSecret(vault: Vault, accountId: string, sealed: string): unknown {
  try {
    return JSON.parse(vault.open(accountSecretPlace(accountId), sealed));
  } catch (cause) {
    throw new AppError(
      "upstream_denied",
      "The stored secret of this account cannot be read.",
      {},
      cause,
    );
  }
}
