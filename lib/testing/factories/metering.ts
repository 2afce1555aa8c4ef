import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DbClient } from "../../db/client";
import { openRedis } from "../../redis/connections";
import { keyNames, payerTag, SHARDS } from "../../redis/key-names";
import type { KeyRecord } from "../../relay/model";
import type { AdmissionRequest, AttemptRecord, Settlement, Ticket } from "../../relay/ports";
import { createMetering, type MeteringDeps } from "../../services/relay/metering";
import { createCollector } from "../../services/usage/collect";
import { systemClock } from "../../shared/clock";
import { newId } from "../../shared/ids";

/** A namespace of its own in the test Redis. */
export function testRedis(url = process.env.TEST_REDIS_URL) {
  if (!url) throw new Error("Storage tests need TEST_REDIS_URL; npm test sets it.");
  const prefix = `test-${newId("process")}`;
  const redisUrl: string = url;
  const opened: ReturnType<typeof openRedis>[] = [];
  const open = (commandTimeoutMs?: number) => {
    const connections = openRedis({ url: redisUrl, commandTimeoutMs });
    opened.push(connections);
    return connections;
  };
  return {
    url: redisUrl,
    prefix,
    keys: keyNames(prefix),
    open,
    /** Forgets everything under the prefix, as an emptied server would. */
    async wipe() {
      const redis = open().commands;
      const names = await redis.keys(`${prefix}:*`);
      if (names.length > 0) await redis.del(...names);
    },
    async close() {
      await this.wipe().catch(() => {});
      await Promise.all(opened.map((connections) => connections.close()));
    },
  };
}

export type TestRedis = ReturnType<typeof testRedis>;

/** A "process": its own connection, id and spool, on shared stores. */
export function testProcess(db: DbClient, redis: TestRedis, extra: Partial<MeteringDeps> = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "spool-"));
  const lines: Readonly<Record<string, unknown>>[] = [];
  const metering = createMetering({
    db,
    redis: redis.open().commands,
    keys: redis.keys,
    clock: systemClock,
    owner: newId("process"),
    hopSecret: "hop secret of tests",
    spoolFolder: folder,
    stickyTtlMs: () => 60_000,
    timeZone: () => "UTC",
    log: (_level, line) => lines.push(line),
    graceMs: 0,
    ...extra,
  });
  return {
    ...metering,
    lines,
    folder,
    drop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A collector that runs until `stop`. */
export function testCollector(
  db: DbClient,
  redis: TestRedis,
  extra: Partial<Parameters<typeof createCollector>[0]> = {},
) {
  const connections = redis.open();
  const abort = new AbortController();
  const lines: Readonly<Record<string, unknown>>[] = [];
  const collector = createCollector({
    db,
    blocking: connections.blocking(),
    commands: connections.commands,
    keys: redis.keys,
    clock: systemClock,
    consumer: newId("process"),
    log: (_level, line) => lines.push(line),
    ...extra,
  });
  const running = collector.run(abort.signal);
  return {
    lines,
    state: collector.state,
    async stop() {
      abort.abort();
      await running;
    },
  };
}

/** A user with a key in Postgres, and the key's record. */
export async function testKey(db: DbClient, extra: Partial<KeyRecord> = {}): Promise<KeyRecord> {
  const ownerId = newId("user");
  await db.user.create({
    data: { id: ownerId, email: `${ownerId}@example.test`, name: "Test user" },
  });
  const id = newId("key");
  await db.apiKey.create({ data: { id, ownerId, name: "Test key" } });
  return keyRecord({ id, ownerId, payerTag: payerTag(ownerId), ...extra });
}

/** A key record without limits. */
export function keyRecord(extra: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id: newId("key"),
    name: "Test key",
    ownerId: newId("user"),
    payerTag: SHARDS[0] ?? "s0",
    refusal: null,
    expiresAtMs: null,
    faces: null,
    models: null,
    modelMap: { entries: [] },
    ipAllow: null,
    clients: null,
    binding: null,
    spendLimits: [],
    rateLimits: [],
    concurrency: [],
    planRatePpm: 1_000_000n,
    keyRatePpm: 1_000_000n,
    returnKeyOf: [],
    refuseUnrated: false,
    ...extra,
  };
}

/** A request for admission by a key. */
export function admissionRequest(
  key: KeyRecord,
  extra: Partial<AdmissionRequest> = {},
): AdmissionRequest {
  return {
    requestId: newId("request"),
    key,
    face: "anthropic",
    action: "generate",
    model: "claude-sonnet-4-5",
    stream: "sse",
    session: null,
    accountId: "acc_test",
    accountLimit: null,
    sticky: null,
    reservationMicroUsd: 0n,
    leavesHop: null,
    claimsHop: null,
    ...extra,
  };
}

/** One attempt that served and costs `chargeMicroUsd`. */
export function attemptRecord(
  chargeMicroUsd: bigint,
  extra: Partial<AttemptRecord> = {},
): AttemptRecord {
  return {
    attempt: 1,
    accountId: "acc_test",
    provider: "claude-console",
    sentModel: "claude-sonnet-4-5",
    reportedModel: null,
    startedMs: 1,
    firstByteMs: 5,
    endedMs: 20,
    status: 200,
    failure: null,
    evidence: null,
    usage: {
      input: 100,
      cacheRead: 10,
      cacheWrite5m: 4,
      cacheWrite1h: 2,
      output: 50,
      reasoning: null,
      images: null,
      webSearches: null,
    },
    estimated: false,
    priceBookId: "book_test",
    priceName: "claude-sonnet-4-5",
    costMicroUsd: chargeMicroUsd,
    chargeMicroUsd,
    decision: {
      strategy: "priority-lru",
      binding: null,
      sticky: "none",
      excluded: [],
      candidates: [],
      chosen: "acc_test",
    },
    ...extra,
  };
}

/** The settlement of an admitted request that was served. */
export function settlementOf(
  request: AdmissionRequest,
  ticket: Ticket,
  chargeMicroUsd: bigint,
  extra: Partial<Settlement> = {},
): Settlement {
  return {
    requestId: request.requestId,
    startedAtMs: ticket.startedAtMs,
    endedAtMs: ticket.startedAtMs + 25,
    durationMs: 25,
    key: request.key,
    face: request.face,
    action: request.action,
    requestedModel: request.model,
    stream: request.stream,
    session: request.session,
    client: "test/1",
    status: 200,
    outcome: "complete",
    failure: null,
    failureMessage: null,
    firstByteMs: 5,
    passThroughOf: ticket.passThroughOf,
    planRatePpm: 1_000_000n,
    keyRatePpm: 1_000_000n,
    accountLeaseIds: [],
    attempts: [attemptRecord(chargeMicroUsd, { accountId: request.accountId })],
    ...extra,
  };
}

/** Waits until `check` holds; throws after `timeoutMs`. */
export async function until(check: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > end) throw new Error("It did not come true in time.");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
