import { join } from "node:path";
import { run } from "./command.mjs";
import { Failure } from "./failure.mjs";
import { lockHolder, takeLock } from "./lock.mjs";
import { inRoot } from "./paths.mjs";

/** Whoever holds this lock owns the databases in the data folder. */
const lockFile = (dataDir) => join(dataDir, "portal.lock");

/** Facts of the running portal, for commands beside it. */
export const runtimeFile = (dataDir) => join(dataDir, "runtime.json");

/** The process that runs a portal or a command on this data folder, or null. */
export const portalOwner = (dataDir) => lockHolder(lockFile(dataDir));

/** What holds the lock for seconds only: worth waiting for. */
export const COMMAND_LABEL = "npm run portal";
const WAIT_FOR_COMMAND_MS = 60_000;

/**
 * Makes this process the only one that works with the data folder, after waiting for a command
 * that ends by itself.
 * @param {string} label what it does: "npm start"
 * @throws {Failure} saying who has it
 */
export async function ownPortal(dataDir, label) {
  const waitMs = portalOwner(dataDir)?.label === COMMAND_LABEL ? WAIT_FOR_COMMAND_MS : 0;
  const lock = await takeLock(lockFile(dataDir), { waitMs, label });
  if (!lock.heldBy) return lock;
  const { pid, label: other } = lock.heldBy;
  throw new Failure(
    `The portal of ${dataDir} is already in use by "${other}" (process ${pid}).`,
    `Use it as it is, or stop it first: kill ${pid}\nA second portal needs its own folder and port: DATA_DIR=.data2 PORT=3001 npm start`,
  );
}

/** Applies the migrations; resolves with what was done, for the step's line. */
export async function migrate(env) {
  const output = await run(
    "Applying the database migrations",
    process.execPath,
    ["--enable-source-maps", inRoot("dist", "portal.js"), "migrate"],
    { env, timeoutMs: 10 * 60_000 },
  );
  return migrationNote(output);
}

/** "3 applied" or "up to date", from the command's JSON. */
export function migrationNote(output) {
  const applied = parseJson(output)?.applied;
  if (!Array.isArray(applied)) return undefined;
  return applied.length === 0 ? "up to date" : `${applied.length} applied`;
}

/** The one-time link that makes the first admin; null when there is one. */
export async function setupLink(env) {
  const output = await run(
    "Making the set-up link",
    process.execPath,
    ["--enable-source-maps", inRoot("dist", "portal.js"), "setup-link"],
    { env, timeoutMs: 60_000 },
  );
  return parseJson(output)?.url ?? null;
}

// The command line prints one JSON document.
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
