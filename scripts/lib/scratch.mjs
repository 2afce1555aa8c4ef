import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresUrl } from "./postgres.mjs";
import { loadSecrets } from "./secrets.mjs";
import { startServices } from "./services.mjs";

/**
 * Databases for tests, measurements and pictures, in a folder that goes with them. Servers named by
 * TEST_DATABASE_URL or DATABASE_URL, and TEST_REDIS_URL or REDIS_URL, are used instead.
 * @returns {Promise<{ env: object, folder: string, stop(): Promise<void> }>} `env` holds
 *   TEST_DATABASE_URL, whose user may create databases, and TEST_REDIS_URL
 */
export async function scratchDatabases(step, env = process.env) {
  const given = {
    databaseUrl: env.TEST_DATABASE_URL || env.DATABASE_URL || null,
    redisUrl: env.TEST_REDIS_URL || env.REDIS_URL || null,
  };
  const folder = mkdtempSync(join(tmpdir(), "portal-test-"));
  // Root's Postgres runs as another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const secrets = loadSecrets(folder);
    const services = await startServices({ dataDir: folder, ...given }, secrets, step, {
      forTests: true,
    });
    return {
      folder,
      env: {
        TEST_DATABASE_URL: given.databaseUrl ?? adminUrl(services.databaseUrl),
        TEST_REDIS_URL: services.redisUrl,
      },
      async stop() {
        await services.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

// Test databases are made from the one that is always there.
function adminUrl(databaseUrl) {
  const { port, password } = new URL(databaseUrl);
  return postgresUrl({ port: Number(port), password, database: "postgres" });
}
