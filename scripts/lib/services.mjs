import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { postgresUrl, startPostgres, stopPostgres } from "./postgres.mjs";
import { readJson, writePrivateJson } from "./private-file.mjs";
import { isRunning } from "./processes.mjs";
import { redisUrl, startRedis, stopRedis } from "./redis.mjs";

const WATCH_EVERY_MS = 500;

/**
 * Starts the databases that were not given by address, on ports that stay the same from start to
 * start where possible, and remembers the ports in `ports.json`.
 * @param {{ dataDir: string, databaseUrl: string | null, redisUrl: string | null }} settings
 * @param {{ POSTGRES_PASSWORD: string, REDIS_PASSWORD: string }} secrets
 * @param {(title: string, work: () => Promise<unknown>) => Promise<unknown>} step
 * @param {{ forTests?: boolean }} [options] tests trade safety on power loss for speed
 */
export async function startServices(settings, secrets, step, { forTests = false } = {}) {
  const { dataDir } = settings;
  prepareFolder(dataDir);
  const portsFile = join(dataDir, "ports.json");
  const ports = { postgres: 0, redis: 0, ...readJson(portsFile) };
  const redis = { dataDir: join(dataDir, "redis"), password: secrets.REDIS_PASSWORD };
  const own = [
    {
      name: "Postgres",
      key: "postgres",
      given: settings.databaseUrl,
      start: () =>
        startPostgres({
          dataDir: join(dataDir, "postgres"),
          port: ports.postgres,
          password: secrets.POSTGRES_PASSWORD,
          logFile: join(dataDir, "logs", "postgres.log"),
          forTests,
        }),
      stop: stopPostgres,
    },
    {
      name: "Redis",
      key: "redis",
      given: settings.redisUrl,
      start: () =>
        startRedis({
          ...redis,
          port: ports.redis,
          logFile: join(dataDir, "logs", "redis.log"),
        }),
      stop: stopRedis,
    },
  ].filter(({ given }) => given === null);

  const servers = [];
  const stop = async () => {
    for (const server of servers.splice(0).reverse()) await server.stop(server.pid);
  };
  const launch = async (kind) => {
    const { pid, port, note } = await kind.start();
    ports[kind.key] = port;
    writePrivateJson(portsFile, ports);
    return { ...kind, pid, note };
  };
  try {
    for (const kind of own) {
      await step(`Starting ${kind.name}`, async () => {
        const server = await launch(kind);
        servers.push(server);
        return server.note;
      });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    databaseUrl:
      settings.databaseUrl ??
      postgresUrl({ port: ports.postgres, password: secrets.POSTGRES_PASSWORD }),
    redisUrl: settings.redisUrl ?? redisUrl({ ...redis, port: ports.redis }),
    watch: (say) => watchServers(servers, launch, say),
    stop,
  };
}

// Root's Postgres runs as another user, who must be able to pass through this folder; the files in
// it that hold secrets are private one by one.
function prepareFolder(dataDir) {
  if (existsSync(dataDir)) return;
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711);
}

/**
 * Starts a database again when it has ended by itself, on the same port.
 * @returns {() => Promise<void>} ends the watching, after a restart in progress
 */
function watchServers(servers, launch, say) {
  let busy = Promise.resolve();
  let repairing = false;
  const repair = async (server) => {
    say(`${server.name} has ended; starting it again`);
    try {
      const again = await launch(server);
      server.pid = again.pid;
      say(`${server.name} is back (${again.note})`);
    } catch (error) {
      say(`${server.name} did not come back: ${error.message}\n${error.detail ?? ""}`);
    }
  };
  const timer = setInterval(() => {
    const ended = servers.find(({ pid }) => !isRunning(pid));
    if (!ended || repairing) return;
    repairing = true;
    busy = repair(ended).finally(() => {
      repairing = false;
    });
  }, WATCH_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await busy;
  };
}
