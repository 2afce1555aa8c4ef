import { z } from "zod";
import { listAccountQuotas } from "../../db/account-quotas";
import type { DbClient } from "../../db/client";
import { type AccountSnapshotRow, listAccountSnapshots } from "../../db/snapshots";
import { payerTag } from "../../redis/key-names";
import type { PoolAccount } from "../../relay/model";
import type { RelayPorts } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import type { Vault } from "../context";
import { openAccountProxy } from "./account-proxy";
import { openAccountSecret } from "./account-secret";
import type { AccountStates } from "./account-states";
import type { AccountWindows } from "./account-windows";
import { modelMapOf } from "./key-record";
import { createPoolVersions } from "./pool-versions";

const CONSENT = z.object({ userIds: z.array(z.string()) });

export interface PoolSnapshotDeps {
  db: DbClient;
  vault: Vault;
  states: AccountStates;
  windows: AccountWindows;
  clock: Clock;
  /** In which the days of quotas begin. */
  timeZone: () => string;
  log: RelayPorts["log"];
}

/** All accounts in memory, with their live state and this process's load on them. */
export function createPoolSnapshot(deps: PoolSnapshotDeps) {
  const { db, states, windows } = deps;
  let accounts: readonly PoolAccount[] = [];
  const versions = createPoolVersions(deps);
  return {
    async reload(): Promise<void> {
      const rows = await listAccountSnapshots(db);
      const spent = await spentUntil(deps);
      await windows.load();
      await states.load(
        rows.map(({ id, stoppedReason: stopped, coolDownOverrides: coolDown }) => {
          return { id, stopped, coolDown };
        }),
      );
      const read = rows.map((row) => poolAccountOf(row, deps, spent));
      await versions.keep(read);
      accounts = read;
    },
    accounts: () => accounts,
    /** null until the version that holds is stored. */
    version: () => versions.of(accounts),
  };
}

/** Accounts whose daily quota is used up, with the ms at which it begins anew. */
async function spentUntil({ db, clock, timeZone }: PoolSnapshotDeps) {
  const quotas = await listAccountQuotas(db, new Date(clock.nowMs()), timeZone());
  const used = quotas.filter(({ limit, spent }) => spent >= limit);
  return new Map(used.map(({ id, resets_at }) => [id, resets_at.getTime()]));
}

function poolAccountOf(
  row: AccountSnapshotRow,
  { vault, states, windows }: PoolSnapshotDeps,
  spent: ReadonlyMap<string, number>,
): PoolAccount {
  const { id, sealedSecret, sealedProxy } = row;
  return {
    id,
    provider: row.provider,
    name: row.name,
    ownerId: row.ownerId,
    sharing: row.sharing,
    groupIds: row.groups.map((group) => group.groupId),
    spentUntilMs: spent.get(id) ?? null,
    groupWeights: Object.fromEntries(row.groups.map(({ groupId, weight }) => [groupId, weight])),
    enabled: row.enabled,
    schedulable: row.schedulable,
    draining: row.drainingSince !== null,
    priority: row.priority,
    weight: row.weight,
    maxConcurrency: row.maxConcurrency,
    planExpiresAtMs: row.planExpiresAt?.getTime() ?? null,
    modelMap: modelMapOf(row.modelMap),
    settings: row.settings,
    openSecret: openedOnce(() => openAccountSecret(vault, id, sealedSecret)),
    openProxy: openedOnce(() => openAccountProxy(vault, id, sealedProxy)),
    pauseAtPercent: row.pauseAtPercent,
    get windows() {
      return windows.of(id);
    },
    secretVersion: row.secretVersion,
    tokenExpiresAtMs: row.tokenExpiresAt?.getTime() ?? null,
    leadsBack: leadsBackOf(row),
    // A card that cannot be read lets nobody in.
    consent: row.consent === null ? null : CONSENT.catch({ userIds: [] }).parse(row.consent),
    get state() {
      return states.stateOf(id);
    },
    load: states.loadOf(id),
  };
}

/** Opened at its first use and held until the snapshot is read again: opening costs as much as a hop. */
function openedOnce<T>(open: () => T): () => T {
  let opened: { secret: T } | null = null;
  return () => {
    opened ??= { secret: open() };
    return opened.secret;
  };
}

function leadsBackOf({ returnKeyId, returnKey }: AccountSnapshotRow): PoolAccount["leadsBack"] {
  if (returnKeyId === null || returnKey === null) return null;
  const payer = returnKey.owner.teamId ?? returnKey.ownerId;
  return { returnKeyId, returnPayerTag: payerTag(payer) };
}
