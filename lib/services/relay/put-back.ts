import { intentText } from "../../redis/intents";
import type { RelayStore } from "../../redis/relay-store";
import { LEASE_MS } from "./admission";
import type { LiveRequests } from "./live-requests";
import { deliverOrder } from "./settlement";

/**
 * Gives a shard that lost its contents what this process has there: running requests with their leases
 * and reservations, and the settlements of the last seconds. What the shard still has stays as it is.
 */
export async function putBack(store: RelayStore, live: LiveRequests, tag: string): Promise<void> {
  const running = live.running.values().filter((request) => request.tag === tag);
  await Promise.all([
    ...running.map((request) =>
      store.beats.restore({
        intents: store.keys.intents(tag),
        requestId: request.requestId,
        intent: intentText(request.startedAtMs, request.parent, request.intentJson),
        leases: request.leases,
        spends: request.spends,
        leaseMs: LEASE_MS,
        reserve: request.reserve,
      }),
    ),
    ...live.recent.of(tag).map((order) => deliverOrder(store, order)),
  ]);
}
