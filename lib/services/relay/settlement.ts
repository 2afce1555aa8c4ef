import type { RelayStore } from "../../redis/relay-store";
import { type SettleOrder, settleOrder } from "../../redis/settle-script";
import type { RefusalRecord, Settlement } from "../../relay/ports";
import { settlementJson } from "../usage/settlement-json";
import type { LiveRequest, LiveRequests } from "./live-requests";
import { pendingWork } from "./pending-work";
import type { Spool } from "./spool";

export interface SettlementDeps {
  store: RelayStore;
  live: LiveRequests;
  spool: Spool;
  log: (level: "warn" | "error", line: Readonly<Record<string, unknown>>) => void;
}

/**
 * Ends requests: nobody waits for it and it never throws. What Redis does not take goes to the spool.
 */
export function createSettlement({ store, live, spool, log }: SettlementDeps) {
  const { track, idle } = pendingWork();
  const run = (order: SettleOrder, tag: string): Promise<void> =>
    deliverOrder(store, order).then(
      () => live.recent.add(order, tag),
      (error: unknown) => {
        log("warn", { message: "A settlement was spooled.", requestId: order.requestId, error });
        spool.append(order);
      },
    );

  return {
    settle(settlement: Settlement): void {
      const request = live.running.get(settlement.requestId);
      live.running.delete(settlement.requestId);
      track(run(orderOf(store, settlement, request), settlement.key.payerTag));
    },
    refused(record: RefusalRecord): void {
      const about = record.key?.ownerId ?? record.requestId;
      // Only what is booked: a whole key record would travel along otherwise.
      const key = record.key && { id: record.key.id, ownerId: record.key.ownerId };
      const sent = store
        .append(about, "r", JSON.stringify({ ...record, key }))
        .catch((error: unknown) => {
          log("warn", { message: "A refusal was not logged.", requestId: record.requestId, error });
        });
      track(sent);
    },
    /** Resolves when everything that was settled so far is in Redis or on disk. */
    async idle(): Promise<void> {
      await idle();
      await spool.flush();
    },
  };
}

/** Settles an order and gives its accounts back. Rejects when the settlement itself was not taken. */
export function deliverOrder(store: RelayStore, order: SettleOrder): Promise<unknown> {
  const settling = store.settle(order);
  for (const release of order.releases) {
    // Leases end by themselves; a release that is lost only costs their time.
    store.accounts.give(release, order.requestId).catch(() => {});
  }
  return settling;
}

function orderOf(
  store: RelayStore,
  settlement: Settlement,
  live: LiveRequest | undefined,
): SettleOrder {
  let charge = 0n;
  for (const { chargeMicroUsd } of settlement.attempts) charge += chargeMicroUsd;
  return settleOrder(store.keys, {
    requestId: settlement.requestId,
    tag: settlement.key.payerTag,
    leases: live?.leases ?? [],
    spends: live?.spends ?? [],
    reserve: live?.reserve ?? "0",
    charge: (settlement.passThroughOf === null ? charge : 0n).toString(),
    keyId: settlement.key.id,
    ownerId: settlement.key.ownerId,
    startedAtMs: settlement.startedAtMs,
    json: settlementJson(settlement),
    releases: live?.releases ?? [],
  });
}
