import type { AccountRow } from "../../db/accounts";

/** What the audit log says about an account: nothing sealed, and of the secret only its version. */
export function auditedAccount(row: AccountRow): Record<string, unknown> {
  const {
    sealedSecret: _secret,
    sealedProxy,
    returnKey: _returnKey,
    updatedAt: _updatedAt,
    lastUsedAt: _lastUsedAt,
    ...fields
  } = row;
  return { ...fields, hasProxy: sealedProxy !== null };
}
