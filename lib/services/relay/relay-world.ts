import type { DbClient } from "../../db/client";
import type { Bus } from "../../redis/bus";
import type { Redis } from "../../redis/connections";
import type { KeyNames } from "../../redis/key-names";
import { thoughtStore } from "../../redis/thoughts";
import { tokenRenewals } from "../../redis/token-renewals";
import type { RelayPorts } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import { createTokenRenewer } from "../accounts/token-renewer";
import type { Vault } from "../context";
import { importPrices } from "../models/import-prices";
import { createAccountStates } from "./account-states";
import { createAccountWindows } from "./account-windows";
import { createInnerUsage } from "./inner-usage";
import { createKeyStandings } from "./key-standing";
import { createMetering, type MeteringDeps } from "./metering";
import { portalHmac } from "./portal-hmac";
import { createRelayPorts, type RelayOverrides } from "./relay-ports";
import { renewedAccount } from "./renewed-account";
import { createSnapshots } from "./snapshots";
import { createThoughtKeeper } from "./thought-keeper";

export interface RelayWorldDeps {
  db: DbClient;
  redis: Redis;
  keys: KeyNames;
  bus: Bus;
  clock: Clock;
  vault: Vault;
  /** Id of this process (`proc_…`). */
  owner: string;
  /** Signs hop headers and what clients carry; the same in every process of the portal. */
  hopSecret: string;
  spoolFolder: string;
  publicUrl: string;
  overrides: RelayOverrides & { heartBeatMs?: number | undefined };
  dispatch: RelayPorts["dispatch"];
  log: RelayPorts["log"];
  graceMs?: number;
}

export type RelayWorld = ReturnType<typeof createRelayWorld>;

/**
 * Everything that the relay of one process stands on, composed. Nothing runs before `start`, which
 * loads the snapshots and begins the beats; `stop` ends both once all that was settled is safe.
 * `live` and `snapshots.allowedHosts` serve the rest of the portal as well.
 */
export function createRelayWorld(deps: RelayWorldDeps) {
  const { clock, log } = deps;
  const later: { snapshots?: ReturnType<typeof createSnapshots> } = {};
  const metering = createMetering({
    ...meteringDeps(deps),
    // The snapshots need the account states, which need the store: read when asked.
    stickyTtlMs: () => (later.snapshots?.settings().relay.stickyTtlSeconds ?? 3_600) * 1000,
    timeZone: () => later.snapshots?.settings().timeZone ?? "UTC",
  });
  const windows = createAccountWindows(deps);
  const states = createAccountStates({ ...deps, store: metering.store, windows });
  const snapshots = createSnapshots({ ...deps, states, windows, onKeysChanged: metering.recount });
  later.snapshots = snapshots;
  const { store, hopsOf, settle } = metering;
  const { prices } = snapshots;
  const inner = createInnerUsage({ store, clock, prices, hopsOf, settle, log });
  const standing = createKeyStandings(deps);
  const thoughts = createThoughtKeeper({ ...deps, store: thoughtStore(deps.redis, deps.keys) });
  const hmac = portalHmac(deps.hopSecret);
  const renewer = createTokenRenewer({
    ...deps,
    renewals: tokenRenewals(deps.redis, deps.keys),
    changed: (name, id) => deps.bus.publish(deps.keys.channel(name), id),
    report: states.report,
  });
  const renewed = renewedAccount(renewer, deps.vault);
  const served = {
    metering,
    settle: inner.settle,
    snapshots,
    states,
    standing,
    thoughts,
    hmac,
    renewed,
  };
  const ports = createRelayPorts({ ...deps, ...served });
  return {
    ports,
    snapshots,
    metering,
    live: states.live,
    renewer,
    /** Rejects when Postgres or Redis does not answer: nothing could be served. */
    async start(): Promise<void> {
      const changed = (name: string) => deps.bus.publish(deps.keys.channel(name), "");
      const importing = () => importPrices({ db: deps.db, clock, changed });
      // On a starved machine the first may not even get its connection in time.
      await importing().catch(importing);
      await states.start();
      await windows.start();
      await snapshots.start();
      metering.start();
      log("info", { message: "The relay is ready.", atMs: clock.nowMs() });
    },
    async stop(): Promise<void> {
      snapshots.stop();
      states.stop();
      await inner.idle();
      await metering.stop();
    },
  };
}

function meteringDeps(deps: RelayWorldDeps): Omit<MeteringDeps, "stickyTtlMs" | "timeZone"> {
  const { db, redis, keys, clock, owner, hopSecret, spoolFolder, log, graceMs } = deps;
  const beatMs = deps.overrides.heartBeatMs;
  return { db, redis, keys, clock, owner, hopSecret, spoolFolder, log, graceMs, beatMs };
}
