import { type DbClient, openDb } from "../db/client";
import { redisAttempts } from "../redis/attempts";
import { type Bus, openBus } from "../redis/bus";
import { openRedis, type RedisConnections } from "../redis/connections";
import { type KeyNames, keyNames } from "../redis/key-names";
import type { Actor, Context } from "../services/context";
import { type Clock, systemClock } from "../shared/clock";
import { newId } from "../shared/ids";
import { type Env, readEnv } from "./env";
import { type Log, openLog } from "./log";
import { type OutboundClient, openOutbound } from "./outbound/client";
import { ownPlaces } from "./own-places";
import { processSlot } from "./process-slot";
import { openVault, type RotatingVault } from "./vault";

/** Everything of which a process has one. Nothing is dialled before it is used. */
export interface Container {
  /** Names this process in leases, intents and logs. */
  processId: string;
  env: Env;
  log: Log;
  clock: Clock;
  db: DbClient;
  redis: RedisConnections;
  redisKeys: KeyNames;
  bus: Bus;
  vault: RotatingVault;
  outbound: OutboundClient;
  /** The world as a use case sees it, acted on by `actor`. */
  context(actor: Actor): Context;
  /** Closes what was opened, in the order in which it is safe. */
  stop(): Promise<void>;
}

const slot = processSlot<Container>("container");

/**
 * The container of this process. The server's bundle and Next's both load this file; the slot on
 * `globalThis` is what makes them share one.
 * @throws {EnvError} when the environment does not allow a start
 */
export function getContainer(): Container {
  const made = slot.get() ?? makeContainer(readEnv());
  slot.set(made);
  return made;
}

/** A container of its own, for tests and for programs that read their environment elsewhere. */
export function makeContainer(env: Env): Container {
  const log = openLog(env.logLevel);
  const db = openDb(env.databaseUrl, env.dbPoolSize);
  const redis = openRedis({
    url: env.redisUrl,
    onError: (purpose, err) => log("warn", { event: "redis.connection", purpose, err }),
  });
  const redisKeys = keyNames(env.redisPrefix);
  const bus = openBus(redis.commands, redis.subscriber());
  const vault = openVault(env.encryptionKey);
  const outbound = openOutbound({
    allowedHosts: () => NOTHING_ALLOWED,
    own: ownPlaces(env),
    maxConnections: env.upstreamConnections,
  });
  const attempts = redisAttempts(redis.commands, env.redisPrefix);
  return {
    processId: newId("process"),
    env,
    log,
    clock: systemClock,
    db,
    redis,
    redisKeys,
    bus,
    vault,
    outbound,
    context: (actor) => ({
      actor,
      db,
      clock: systemClock,
      vault,
      outbound,
      attempts,
      publicUrl: env.publicUrl,
      changed: (name, id) => bus.publish(redisKeys.channel(name), id ?? ""),
    }),
    async stop() {
      await outbound.close();
      await redis.close();
      await db.$disconnect();
      log.flush();
    },
  };
}

const NOTHING_ALLOWED: ReadonlySet<string> = new Set();
