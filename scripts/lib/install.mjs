import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { run } from "./command.mjs";
import { inRoot, ROOT } from "./paths.mjs";
import { readJson } from "./private-file.mjs";
import { hashTree, readStamp, whenChanged, writeStamp } from "./stamp.mjs";

const STAMP = inRoot("node_modules", ".portal-stamp");
const INSTALL_TIMEOUT_MS = 20 * 60_000;

/** Whether `node_modules` already is what `package-lock.json` describes. */
export function dependenciesReady() {
  const lock = readFileSync(inRoot("package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex");
  if (readStamp(STAMP) === hash) return true;
  const installed = readJson(inRoot("node_modules", ".package-lock.json"));
  if (!installed || !sameInstall(JSON.parse(lock.toString()), installed)) return false;
  writeStamp(STAMP, hash);
  return true;
}

/**
 * Whether npm's record of what it installed agrees with the lock file. Optional packages of other
 * platforms may be absent; nothing else may.
 * @see https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#hidden-lockfiles
 */
export function sameInstall(lock, installed) {
  const wanted = Object.entries(lock.packages ?? {}).filter(([path]) => path !== "");
  const complete = wanted.every(([path, { version, optional, devOptional }]) => {
    const found = installed.packages?.[path];
    return found ? found.version === version : Boolean(optional || devOptional);
  });
  const extra = Object.keys(installed.packages ?? {}).some((path) => !lock.packages?.[path]);
  return complete && !extra;
}

/** Installs exactly what the lock file says, unless that is already there. */
export async function ensureDependencies() {
  if (dependenciesReady()) return "unchanged";
  const npm = npmCommand();
  await run(
    "npm ci",
    npm.program,
    [...npm.args, "ci", "--include=dev", "--no-audit", "--no-fund"],
    { env: buildEnv(), timeoutMs: INSTALL_TIMEOUT_MS },
  );
  writeStamp(
    STAMP,
    createHash("sha256")
      .update(readFileSync(inRoot("package-lock.json")))
      .digest("hex"),
  );
  return "installed";
}

// Under `npm start`, npm says where it is; called directly, the one on PATH is used.
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.[cm]?js$/.test(script))
    return { program: process.execPath, args: [script] };
  return { program: "npm", args: [] };
}

/**
 * The environment for installing and building: as the caller's, without what would leave out
 * development packages, send telemetry or make Prisma download an engine it does not need to
 * generate a client (any executable passes for it).
 */
export function buildEnv(more = {}) {
  const { NODE_ENV: _mode, ...env } = process.env;
  return {
    ...env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    ...more,
  };
}

/** Generates the Prisma client, unless it is there for this schema and this Prisma. */
export async function ensureClient() {
  const version = readJson(inRoot("node_modules", "prisma", "package.json"))?.version;
  const inputs = ["prisma/schema.prisma", "prisma.config.ts"];
  const hash = `${hashTree(ROOT, inputs)} ${version}`;
  const stamp = inRoot("lib", "generated", ".stamp");
  if (!existsSync(inRoot("lib", "generated", "prisma", "client.ts")))
    rmSync(stamp, { force: true });
  const done = await whenChanged(stamp, hash, () =>
    run(
      "prisma generate",
      process.execPath,
      [inRoot("node_modules", "prisma", "build", "index.js"), "generate"],
      { env: buildEnv(), timeoutMs: 120_000 },
    ),
  );
  return done ? "generated" : "unchanged";
}
