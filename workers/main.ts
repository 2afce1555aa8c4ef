import { getContainer } from "../lib/server/container";
import { quickenStrings } from "../lib/server/engine";
import { EnvError } from "../lib/server/env";
import { openUpkeep } from "../lib/services/usage/upkeep";
import { deliverNotifications } from "./jobs/deliver-notifications";
import { deliverSpool } from "./jobs/deliver-spool";
import { findExpiringTokens } from "./jobs/find-expiring-tokens";
import { importPrices } from "./jobs/import-prices";
import { makePartitions } from "./jobs/make-partitions";
import { refreshToken } from "./jobs/refresh-token";
import { runDueProbes } from "./jobs/run-due-probes";
import { sweepIntents } from "./jobs/sweep-intents";
import { verifyBooks } from "./jobs/verify-books";
import { runWorker } from "./runtime/run-worker";
import { schedule } from "./schedules";

const HANDLERS = [
  sweepIntents, //
  deliverSpool,
  makePartitions,
  importPrices,
  verifyBooks,
  findExpiringTokens,
  refreshToken,
  deliverNotifications,
  runDueProbes,
];

try {
  quickenStrings();
  const container = getContainer();
  const { db, redis, clock, log, env, processId } = container;
  const system = container.context({ kind: "system" });
  await runWorker({
    container,
    upkeep: openUpkeep({
      db,
      redis,
      keys: container.redisKeys,
      clock,
      log,
      processId,
      spoolFolder: `${env.dataDir}/spool`,
      sweepAfterMs: env.limits.sweepAfterMs,
      changed: system.changed,
      system,
      tokens: container.relay.world.renewer,
    }),
    handlers: HANDLERS,
    schedule,
  });
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 78;
}
