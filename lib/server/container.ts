import { createHmac } from "node:crypto";
import path from "node:path";
import { type DbClient, openDb } from "../db/client";
import { pingDb } from "../db/ping";
import { listAllowedHostPorts } from "../db/snapshots";
import { redisAttempts } from "../redis/attempts";
import { type Bus, openBus } from "../redis/bus";
import { openRedis, type RedisConnections } from "../redis/connections";
import { type KeyNames, keyNames } from "../redis/key-names";
import { signInStore } from "../redis/sign-ins";
import type { Actor, Context, Vault } from "../services/context";
import { createRelayWorld, type RelayWorld } from "../services/relay/relay-world";
import { type Clock, systemClock } from "../shared/clock";
import { newId } from "../shared/ids";
import { type Env, readEnv } from "./env";
import { createHealth, type Health } from "./health";
import { type Log, openLog } from "./log/log";
import { createMetrics, type Metrics } from "./metrics";
import { type OutboundClient, openOutbound } from "./outbound/client";
import { ownPlaces } from "./own-places";
import { processSlot } from "./process-slot";
import type { PlayExchange } from "./relay/node-adapter";
import { measuredPlay } from "./relay/play";
import { type RequestCount, requestCount } from "./request-count";
import { untilAnswered } from "./until-answered";
import { openVault } from "./vault";

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
  vault: Vault;
  outbound: OutboundClient;
  relay: { world: RelayWorld; play: PlayExchange };
  health: Health;
  metrics: Metrics;
  /** Requests that this process is answering. */
  requests: RequestCount;
  /** The world as a use case sees it, acted on by `actor`. */
  context(actor: Actor): Context;
  /** Waits for Postgres and Redis, loads the relay's snapshots and begins its beats. Once. */
  start(): Promise<void>;
  started(): boolean;
  /** For a process that serves no requests: waits as `start` does, and loads what calling out needs. */
  startOutbound(): Promise<void>;
  /** Settles what runs and closes what was opened, in the order in which it is safe. */
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
  const base = openBase(env);
  const { log, clock, db, redis, redisKeys, vault, outbound, world } = base;
  const requests = requestCount();
  const metrics = createMetrics(requests.open);
  const attempts = redisAttempts(redis.commands, env.redisPrefix);
  const ping = {
    postgres: () => pingDb(db),
    redis: () => redis.commands.ping(),
  };
  const answered = () => untilAnswered(ping, clock, log);
  const life = lifeOf(world, answered);
  return {
    ...base,
    relay: { world, play: measuredPlay(world.ports, metrics) },
    health: createHealth({ ...ping, relay: life.demandStarted }, clock),
    metrics,
    requests,
    context: (actor) => ({
      actor,
      db,
      clock,
      vault,
      outbound,
      attempts,
      live: world.live,
      tokens: world.renewer,
      signIns: signInStore(redis.commands, redisKeys),
      publicUrl: env.publicUrl,
      changed: (name, id) => base.bus.publish(base.redisKeys.channel(name), id ?? ""),
    }),
    start: life.start,
    started: life.started,
    async startOutbound() {
      await answered();
      await world.snapshots.start(["allowed-hosts"]);
    },
    async stop() {
      if (life.started()) await world.stop();
      else world.snapshots.stop();
      await outbound.close();
      await redis.close();
      await db.$disconnect();
      log.flush();
    },
  };
}

/** What the rest of the container is made of: connections that dial when they are first used. */
function openBase(env: Env) {
  const log = openLog(env.logLevel);
  const clock = systemClock;
  const processId = newId("process");
  const db = openDb(env.databaseUrl, env.dbPoolSize);
  const redis = openRedis({
    url: env.redisUrl,
    onError: (purpose, err) => log("warn", { event: "redis.connection", purpose, err }),
  });
  const redisKeys = keyNames(env.redisPrefix);
  const bus = openBus(redis.commands, redis.subscriber());
  const vault = openVault(env.encryptionKey);
  const outbound = openOutbound({
    allowedHosts: () => world.snapshots.allowedHosts(),
    storedHosts: async () => new Set(await listAllowedHostPorts(db)),
    own: ownPlaces(env),
    maxConnections: env.upstreamConnections,
  });
  const world: RelayWorld = createRelayWorld({
    db,
    redis: redis.commands,
    keys: redisKeys,
    bus,
    clock,
    vault,
    owner: processId,
    hopSecret: createHmac("sha256", env.sessionSecret).update("relay hop").digest("base64"),
    spoolFolder: path.join(env.dataDir, "spool"),
    publicUrl: env.publicUrl,
    overrides: env.limits,
    dispatch: outbound.dispatch,
    log,
  });
  return { processId, env, log, clock, db, redis, redisKeys, bus, vault, outbound, world };
}

function lifeOf(world: RelayWorld, servicesAnswer: () => Promise<void>) {
  let starting: Promise<void> | null = null;
  let started = false;
  const begin = async () => {
    await servicesAnswer();
    await world.start();
    started = true;
  };
  return {
    start: () => {
      starting ??= begin();
      return starting;
    },
    started: () => started,
    async demandStarted() {
      if (!started) throw new Error("the relay's snapshots are not loaded yet");
    },
  };
}
