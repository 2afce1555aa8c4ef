import type { Redis } from "../../redis/connections";
import {
  dropOldOwners,
  listLiveOwners,
  readCheckpoint,
  type StoredIntent,
  scanIntents,
} from "../../redis/intents";
import { SHARDS } from "../../redis/key-names";
import type { RelayStore } from "../../redis/relay-store";
import { type SettleOrder, settleOrder } from "../../redis/settle-script";
import type { Settlement } from "../../relay/ports";
import type { Intent } from "../relay/intent";
import { deliverOrder } from "../relay/settlement";
import type { SettlementMessage, Wired } from "./messages";

/** An owner that has not beaten for so long is dead; its check-points are at most 2 s apart. */
const SILENT_MS = 30_000;

export interface SweepDeps {
  redis: Redis;
  store: RelayStore;
  /** Shortened by tests. */
  silentMs?: number;
}

/**
 * Closes the requests of dead processes with what their last check-point says, marked as estimated.
 * Goes through the same settling as every request: should the owner live and settle after all, the
 * record and the counters stay as they were swept. Answers how many it closed.
 */
export async function sweepIntents({
  redis,
  store,
  silentMs = SILENT_MS,
}: SweepDeps): Promise<number> {
  const owners = new Map<string, Set<string>>();
  let nowMs = 0;
  for (const tag of SHARDS) {
    const found = await listLiveOwners(redis, store.keys, tag, silentMs);
    owners.set(tag, found.live);
    nowMs = found.nowMs;
  }
  let swept = 0;
  for await (const stored of scanIntents(redis, store.keys)) {
    if (nowMs - stored.startedAtMs < silentMs) continue;
    const intent: Wired<Intent> = JSON.parse(stored.json);
    if (owners.get(stored.tag)?.has(intent.owner)) continue;
    const checkpoint = await readCheckpoint(redis, store.keys, stored.tag, stored.requestId);
    await deliverOrder(store, sweptOrder(store, stored, intent, checkpoint, nowMs));
    swept++;
  }
  await dropOldOwners(redis, store.keys, nowMs);
  return swept;
}

function sweptOrder(
  store: RelayStore,
  stored: StoredIntent,
  intent: Wired<Intent>,
  checkpoint: string | null,
  nowMs: number,
): SettleOrder {
  const attempts: Wired<Settlement["attempts"]> = checkpoint ? JSON.parse(checkpoint) : [];
  const second = stored.parent !== null;
  const charge = attempts.reduce((sum, attempt) => sum + BigInt(attempt.chargeMicroUsd), 0n);
  // The end is not known: the last moment that a check-point tells, else the start.
  const lastMs = Math.max(0, ...attempts.map((attempt) => attempt.endedMs));
  const message: SettlementMessage = {
    swept: true,
    accountId: intent.accountId,
    settlement: {
      requestId: stored.requestId,
      startedAtMs: stored.startedAtMs,
      endedAtMs: Math.min(stored.startedAtMs + lastMs, nowMs),
      durationMs: lastMs,
      key: intent.key,
      face: intent.face,
      action: intent.action,
      requestedModel: intent.model,
      stream: intent.stream,
      session: intent.session,
      client: null,
      status: 500,
      outcome: "cut",
      failure: "internal",
      failureMessage: "The process that served this request ended before the answer was complete.",
      firstByteMs: attempts.find((attempt) => attempt.firstByteMs !== null)?.firstByteMs ?? null,
      passThroughOf: stored.parent,
      planRatePpm: intent.planRatePpm,
      keyRatePpm: intent.keyRatePpm,
      accountLeaseIds: [],
      attempts,
    },
  };
  return settleOrder(store.keys, {
    requestId: stored.requestId,
    tag: stored.tag,
    leases: intent.leases,
    spends: second ? [] : intent.spends,
    reserve: second ? "0" : intent.reserve,
    charge: second ? "0" : charge.toString(),
    keyId: intent.key.id,
    ownerId: intent.key.ownerId,
    startedAtMs: stored.startedAtMs,
    json: JSON.stringify(message),
    releases: intent.releases,
  });
}
