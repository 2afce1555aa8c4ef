import type { DbClient } from "../../db/client";
import { readStoredSettings } from "../../db/settings";
import { listAllowedHostPorts } from "../../db/snapshots";
import type { Bus } from "../../redis/bus";
import type { KeyNames } from "../../redis/key-names";
import type { KeyRecord } from "../../relay/model";
import type { RelayPorts } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import type { SnapshotName, Vault } from "../context";
import { type ListedPriceBook, loadActivePriceBook } from "../models/load-price-book";
import { type HeldSettings, heldSettings } from "../settings/stored";
import type { AccountStates } from "./account-states";
import type { AccountWindows } from "./account-windows";
import { inTurn } from "./in-turn";
import { createKeySnapshot } from "./key-snapshot";
import { pepperedKeys } from "./peppered-keys";
import { createPoolSnapshot } from "./pool-snapshot";
import { createRounds } from "./rounds";

const RELOAD_MS = 60_000;
/** Changes that come together are answered by one reload. */
const SETTLE_MS = 50;

export interface SnapshotsDeps {
  db: DbClient;
  bus: Bus;
  keys: KeyNames;
  clock: Clock;
  vault: Vault;
  states: AccountStates;
  windows: AccountWindows;
  /** Told which keys were read again because somebody changed them. */
  onKeysChanged: (records: readonly KeyRecord[]) => Promise<void>;
  log: RelayPorts["log"];
}

export type Snapshots = ReturnType<typeof createSnapshots>;

/**
 * What the hot path reads instead of Postgres. `start` loads everything once; after that a change is
 * in every process within a second of `Context.changed`, and all is read again every minute for
 * what was missed. A reload that fails keeps what was known.
 */
export function createSnapshots(deps: SnapshotsDeps) {
  const { db, bus, clock, log } = deps;
  const keys = createKeySnapshot({
    db,
    clock,
    onChanged: deps.onKeysChanged,
    adopt: pepperedKeys({ db, vault: deps.vault }),
  });
  let settings: HeldSettings = heldSettings(new Map());
  const pool = createPoolSnapshot({ ...deps, timeZone: () => settings.timeZone });
  let prices: ListedPriceBook = { id: "", find: () => null, names: [], activeAtMs: 0 };
  let allowedHosts: ReadonlySet<string> = new Set();
  const reloads: Record<SnapshotName, (ids: ReadonlySet<string>) => Promise<void>> = {
    keys: inTurn(async (ids) => {
      if (ids.has("")) return keys.reload();
      for (const id of ids) await keys.refresh(id);
    }),
    accounts: inTurn(async () => {
      await pool.reload();
    }),
    settings: inTurn(async () => {
      settings = heldSettings(await readStoredSettings(db));
    }),
    prices: inTurn(async () => {
      prices = (await loadActivePriceBook(db)) ?? prices;
    }),
    "allowed-hosts": inTurn(async () => {
      allowedHosts = new Set(await listAllowedHostPorts(db));
    }),
  };
  const names = Object.keys(reloads) as SnapshotName[];
  const everything = new Set([""]);

  async function reload(name: SnapshotName, ids: ReadonlySet<string>): Promise<void> {
    await reloads[name](ids).catch((error: unknown) => {
      log("error", { message: "A snapshot could not be read; the last one holds.", name, error });
    });
    // An account's return key is part of that key's record.
    if (name === "accounts") await reload("keys", everything);
  }

  const changes = gatheredChanges(clock, (name, ids) => void reload(name, ids));
  const rounds = createRounds(clock, () => {});
  let kept: readonly SnapshotName[] = names;
  const reloadAll = async () => {
    for (const name of kept) if (name !== "keys") await reload(name, everything);
  };

  return {
    findKey: keys.find,
    pool: pool.accounts,
    poolVersion: pool.version,
    settings: () => settings,
    prices: () => prices,
    allowedHosts: () => allowedHosts,
    reloadAll,
    /**
     * Loads everything, or what a process needs that serves no requests; rejects when Postgres does not
     * answer, for then nothing could be served.
     */
    async start(needed: readonly SnapshotName[] = names): Promise<void> {
      kept = needed;
      for (const name of kept) {
        await bus.listen(
          deps.keys.channel(name),
          (id) => changes.note(name, id),
          () => changes.note(name, ""),
        );
      }
      for (const name of kept) await reloads[name](everything);
      rounds.every(RELOAD_MS, "Reloading", reloadAll);
    },
    stop(): void {
      rounds.stop();
      changes.stop();
    },
  };
}

/** Changes that come together are told together: which snapshot, and the ids of what has changed. */
function gatheredChanges(
  clock: Clock,
  tell: (name: SnapshotName, ids: ReadonlySet<string>) => void,
) {
  const waiting = new Map<SnapshotName, { ids: Set<string>; cancel: () => void }>();
  return {
    note(name: SnapshotName, id: string): void {
      const found = waiting.get(name);
      if (found) {
        found.ids.add(id);
        return;
      }
      const ids = new Set([id]);
      const cancel = clock.after(SETTLE_MS, () => {
        waiting.delete(name);
        tell(name, ids);
      });
      waiting.set(name, { ids, cancel });
    },
    stop(): void {
      for (const { cancel } of waiting.values()) cancel();
    },
  };
}
