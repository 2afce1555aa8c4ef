import {
  type AccountGrantRow,
  findAccountGrant,
  insertAccountEvent,
  storeRenewedSecret,
} from "../../db/accounts";
import type { DbClient } from "../../db/client";
import type { TokenRenewals } from "../../redis/token-renewals";
import type { RelayPorts } from "../../relay/ports";
import { providerOf } from "../../relay/providers/registry";
import type { Granted } from "../../relay/providers/sign-in";
import type { Clock } from "../../shared/clock";
import { AppError, toAppError } from "../../shared/errors";
import type { SnapshotName, TokenRenewer, Vault, Worn } from "../context";
import { openAccountProxy } from "../relay/account-proxy";
import { accountSecretPlace, openAccountSecret } from "../relay/account-secret";
import { askThrough } from "./ask";

/** The lock of a process that died is free after this; a living one keeps extending it. */
const LOCK_MS = 10_000;
const EXTEND_EVERY_MS = 3_000;
/** How often one who waits looks whether the renewal has come. */
const LOOK_EVERY_MS = 100;
/** Longest wait for somebody else's renewal: two calls of 30 s and a lock that has to run out. */
const WAIT_MS = 75_000;

export interface TokenRenewerDeps {
  db: DbClient;
  vault: Vault;
  clock: Clock;
  renewals: TokenRenewals;
  /** Id of this process. */
  owner: string;
  dispatch: RelayPorts["dispatch"];
  changed(name: SnapshotName, id: string): Promise<void>;
  report: RelayPorts["report"];
  log: RelayPorts["log"];
}

/**
 * Renews access tokens: once per version of a secret over all processes, whoever asks and however many.
 * The lock's holder reads the account again before it asks the provider; the answer is stored only over
 * the version that it was made from, and a copy waits in Redis until Postgres has it, for the old token
 * is worth nothing from then on. A failure of the network changes nothing; a grant that is gone for good
 * stops the account as `needs-sign-in`.
 */
export function createTokenRenewer(deps: TokenRenewerDeps): TokenRenewer {
  const running = new Map<string, Promise<AccountGrantRow>>();
  return {
    renew(worn) {
      const name = `${worn.accountId}:${worn.version}`;
      const found = running.get(name);
      if (found) return found;
      const made = renewOnce(deps, worn).finally(() => running.delete(name));
      running.set(name, made);
      return made;
    },
  };
}

async function renewOnce(deps: TokenRenewerDeps, worn: Worn): Promise<AccountGrantRow> {
  const { clock, renewals, owner } = deps;
  const lockOwner = `${owner}:${worn.version}`;
  for (const untilMs = clock.monotonicMs() + WAIT_MS; clock.monotonicMs() < untilMs; ) {
    const row = await readGrant(deps, worn.accountId);
    if (isNewer(row, worn)) return row;
    if (await renewals.lock(worn.accountId, lockOwner, LOCK_MS)) {
      return underLock(deps, worn, lockOwner);
    }
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
  }
  throw new AppError("upstream_silent", "The account's token could not be renewed in time.");
}

async function underLock(deps: TokenRenewerDeps, worn: Worn, owner: string) {
  const { clock, renewals } = deps;
  let cancel = () => {};
  const extend = () => {
    cancel = clock.after(EXTEND_EVERY_MS, () => {
      renewals.extend(worn.accountId, owner, LOCK_MS).catch(() => {});
      extend();
    });
  };
  extend();
  try {
    // Between the look and the lock another process may have renewed: presenting the old token
    // again would cost the whole family of tokens.
    const row = await readGrant(deps, worn.accountId);
    if (isNewer(row, worn)) return row;
    return (await storeKeptGrant(deps, row)) ?? (await askAndStore(deps, row));
  } finally {
    cancel();
    await renewals.release(worn.accountId, owner).catch(() => {});
  }
}

async function askAndStore(deps: TokenRenewerDeps, row: AccountGrantRow) {
  const { vault, renewals, log } = deps;
  const granted = await askProvider(deps, row);
  const sealedSecret = vault.seal(accountSecretPlace(row.id), JSON.stringify(granted.secret));
  const kept = [row.secretVersion, granted.expiresAtMs ?? "", sealedSecret].join("|");
  await renewals.keepGrant(row.id, kept).catch(() => {
    log("warn", { event: "account.grant-not-kept", accountId: row.id });
  });
  return store(deps, row, sealedSecret, granted.expiresAtMs);
}

async function askProvider(
  deps: TokenRenewerDeps,
  row: AccountGrantRow,
): Promise<Granted<unknown>> {
  const { vault, clock, dispatch, log } = deps;
  const renewal = providerOf(row.provider)?.renewal;
  if (!renewal) throw new AppError("internal", "Accounts of this kind have no token to renew.");
  try {
    const secret = openAccountSecret(vault, row.id, row.sealedSecret);
    const proxy = openAccountProxy(vault, row.id, row.sealedProxy);
    const ask = askThrough(dispatch, row.id, { proxy });
    return await renewal.renew(secret, row.settings, ask, clock.nowMs());
  } catch (thrown) {
    const error = toAppError(thrown);
    log("warn", { event: "account.renewal-failed", accountId: row.id, code: error.code });
    await tellFailure(deps, row, error);
    throw error;
  }
}

/** Told once per renewal, however many wait for it: only a grant that is gone stops the account. */
async function tellFailure(deps: TokenRenewerDeps, { id }: AccountGrantRow, error: AppError) {
  deps.report({ kind: "failed", accountId: id, error, family: null });
  if (error.code === "upstream_denied") return;
  const event = { accountId: id, kind: "renewal-failed", code: error.code };
  await insertAccountEvent(deps.db, { ...event, evidence: error.message.slice(0, 500) });
}

/** A grant that an earlier process won and could not store, if it belongs to this version. */
async function storeKeptGrant(deps: TokenRenewerDeps, row: AccountGrantRow) {
  const kept = await deps.renewals.keptGrant(row.id);
  if (kept === null) return null;
  const [version = "", expiry = "", sealedSecret = ""] = kept.split("|");
  if (Number(version) !== row.secretVersion) return null;
  return store(deps, row, sealedSecret, expiry === "" ? null : Number(expiry));
}

/** Writes the grant over the version that it was made from; who lost to a newer secret takes that. */
async function store(
  deps: TokenRenewerDeps,
  row: AccountGrantRow,
  sealedSecret: string,
  expiresAtMs: number | null,
): Promise<AccountGrantRow> {
  const tokenExpiresAt = expiresAtMs === null ? null : new Date(expiresAtMs);
  await storeRenewedSecret(deps.db, row.id, row.secretVersion, { sealedSecret, tokenExpiresAt });
  await deps.renewals.dropGrant(row.id).catch(() => {});
  await deps.changed("accounts", row.id);
  return readGrant(deps, row.id);
}

async function readGrant({ db }: TokenRenewerDeps, id: string): Promise<AccountGrantRow> {
  const row = await findAccountGrant(db, id);
  if (!row) throw new AppError("upstream_denied", "The account is gone.");
  return row;
}

function isNewer(row: AccountGrantRow, worn: Worn): boolean {
  if (row.secretVersion > worn.version) return true;
  if (row.stoppedReason === "needs-sign-in") throw mustSignIn();
  return false;
}

const mustSignIn = () =>
  new AppError("upstream_denied", "The account has to be signed in again before it can serve.");
