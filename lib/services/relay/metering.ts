import type { DbClient } from "../../db/client";
import type { Redis } from "../../redis/connections";
import type { KeyNames } from "../../redis/key-names";
import { relayStore } from "../../redis/relay-store";
import { leavesTrace } from "../../redis/settle-script";
import type { KeyRecord } from "../../relay/model";
import type { RelayPorts } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import { periodCalendar } from "../usage/periods";
import { createAdmission } from "./admission";
import { createHeart, GRACE_MS } from "./heart";
import { spendPlanOf } from "./key-plan";
import { createLiveRequests } from "./live-requests";
import { createRounds } from "./rounds";
import { createSpendSeeder } from "./seed-spend";
import { createSettlement, deliverOrder } from "./settlement";
import { createSpool } from "./spool";

const SPOOL_RETRY_MS = 1_000;

export interface MeteringDeps {
  db: DbClient;
  /** The hot-path connection. */
  redis: Redis;
  keys: KeyNames;
  clock: Clock;
  /** Id of this process (`proc_…`). */
  owner: string;
  /** Signs hop headers; the same in every process. */
  hopSecret: string;
  /** Where settlements wait that Redis does not take. */
  spoolFolder: string;
  stickyTtlMs: () => number;
  /** Time zone of budget periods. */
  timeZone: () => string;
  log: RelayPorts["log"];
  /** See `GRACE_MS`; shortened by tests. */
  graceMs?: number | undefined;
  /** Time between beats and check-points; shortened by tests. */
  beatMs?: number | undefined;
}

export type Metering = ReturnType<typeof createMetering>;

/**
 * Admission and settlement of one process: what the relay's ports `admit`, `leaseAccount`,
 * `checkpoint`, `settle` and `refused` are made of. `start` begins its beats; `stop` ends them once
 * everything that was settled is safe.
 */
export function createMetering(deps: MeteringDeps) {
  const { clock, log } = deps;
  const graceMs = deps.graceMs ?? GRACE_MS;
  const store = relayStore(deps.redis, deps.keys);
  const live = createLiveRequests(() => clock.monotonicMs());
  const spool = createSpool({
    folder: deps.spoolFolder,
    deliver: (order) => deliverOrder(store, order),
    log,
  });
  const { owner, beatMs } = deps;
  const heart = createHeart({ store, live, clock, owner, graceMs, beatMs, log });
  const seed = createSpendSeeder({ db: deps.db, store, clock });
  const periodAt = periodCalendar(deps.timeZone);
  const admission = createAdmission({
    store,
    live,
    clock,
    owner,
    hopSecret: deps.hopSecret,
    graceMs,
    stickyTtlMs: deps.stickyTtlMs,
    timeZone: deps.timeZone,
    periodAt,
    seed,
    onEpoch: heart.noteEpoch,
  });
  const settlement = createSettlement({ store, live, spool, log });
  const rounds = createRounds(clock, () => {});

  async function deliverSpool(): Promise<void> {
    await spool.deliver().catch((error: unknown) => {
      log("debug", { message: "Spooled settlements still wait.", error });
    });
  }

  return {
    store,
    admit: admission.admit,
    leaseAccount: admission.leaseAccount,
    settle: settlement.settle,
    refused: settlement.refused,
    checkpoint: heart.checkpoint,
    heart,
    spool,
    /**
     * Reads what these keys have spent again at their next request. For changes of limits and
     * balances: a counter follows only while its limit is set.
     */
    async recount(changed: readonly KeyRecord[]): Promise<void> {
      const nowMs = clock.nowMs();
      const names = changed.flatMap((key) => [
        ...spendPlanOf(key, deps.keys, periodAt, nowMs).names,
      ]);
      await store.forgetSpends([...new Set(names)]);
    },
    /** Where a running request left a trace for its second hop; null when it left none. */
    hopsOf: (requestId: string): string | null =>
      live.running.get(requestId)?.releases.find(leavesTrace)?.hops ?? null,
    /** Number of requests that this process runs. */
    running: () => live.running.size,
    /** Resolves when all that was settled so far is in Redis or on disk. */
    idle: settlement.idle,
    start(): void {
      heart.start();
      rounds.every(SPOOL_RETRY_MS, "Delivering the spool", deliverSpool);
    },
    async stop(): Promise<void> {
      heart.stop();
      rounds.stop();
      await settlement.idle();
      await deliverSpool();
    },
  };
}
