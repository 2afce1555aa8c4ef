import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Failure } from "./failure.mjs";
import { inRoot, ROOT } from "./paths.mjs";

/**
 * What the person who starts the portal may choose, with its defaults.
 * @param {Record<string, string | undefined>} env
 * @throws {Failure} for a port that is none, or an address that cannot be read
 */
export function readSettings(env) {
  const port = readPort(env.PORT);
  const host = env.HOST || "127.0.0.1";
  return {
    port,
    host,
    dataDir: resolve(ROOT, env.DATA_DIR || ".data"),
    databaseUrl: readUrl("DATABASE_URL", env.DATABASE_URL, ["postgres:", "postgresql:"]),
    redisUrl: readUrl("REDIS_URL", env.REDIS_URL, ["redis:", "rediss:"]),
    publicUrl:
      readUrl("PUBLIC_URL", env.PUBLIC_URL, ["http:", "https:"])?.replace(/\/+$/, "") ??
      localUrl(host, port),
  };
}

function readPort(text) {
  if (!text) return 3000;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Failure(
    `PORT is "${text}", which is not a port.`,
    "Use a number from 1 to 65535: PORT=3001 npm start",
  );
}

function readUrl(name, text, protocols) {
  if (!text) return null;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  // The value is not shown: it may hold a password.
  throw new Failure(
    `${name} is not an address that starts with ${protocols.map((p) => `${p}//`).join(" or ")}.`,
    `Correct ${name} in the environment, or unset it to use the default.`,
  );
}

/** The address under which this machine's own browser reaches the portal. */
export function localUrl(host, port) {
  return `http://${reachableHost(host)}:${port}`;
}

/** A host to connect to when the server listens on `host`: "any address" means this machine. */
export function reachableHost(host) {
  if (host === "0.0.0.0" || host === "127.0.0.1") return "localhost";
  if (host === "::" || host === "::1") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

/** Reads `.env` of the project into the environment, where it does not say otherwise already. */
export function loadEnvFile(file = inRoot(".env")) {
  if (existsSync(file)) process.loadEnvFile(file);
}
