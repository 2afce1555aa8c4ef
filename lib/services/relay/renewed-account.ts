import type { PoolAccount } from "../../relay/model";
import type { TokenRenewer, Vault } from "../context";
import { openAccountSecret } from "./account-secret";

/** The relay's port `renewed`: the account with the secret that a renewal has left, snapshot or not. */
export function renewedAccount(renewer: TokenRenewer, vault: Vault) {
  return async (worn: PoolAccount): Promise<PoolAccount> => {
    const row = await renewer.renew({ accountId: worn.id, version: worn.secretVersion });
    const secret = openAccountSecret(vault, row.id, row.sealedSecret);
    // The live parts (state, load) are looked up through the account that is in the pool.
    return Object.create(worn, {
      settings: { value: row.settings },
      openSecret: { value: () => secret },
      secretVersion: { value: row.secretVersion },
      tokenExpiresAtMs: { value: row.tokenExpiresAt?.getTime() ?? null },
    });
  };
}
