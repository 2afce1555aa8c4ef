import { existsSync, rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { run } from "./lib/command.mjs";
import { Failure } from "./lib/failure.mjs";
import { buildEnv, ensureClient, ensureDependencies } from "./lib/install.mjs";
import { takeLock } from "./lib/lock.mjs";
import { inRoot, ROOT } from "./lib/paths.mjs";
import { hashTree, whenChanged } from "./lib/stamp.mjs";
import { main, stepPrinter } from "./lib/steps.mjs";

const BUILD_TIMEOUT_MS = 15 * 60_000;
const WAIT_FOR_OTHERS_MS = 15 * 60_000;

/** Each bundle of `dist/` and the file it grows from. */
const BUNDLES = {
  "dist/server.js": "server.ts",
  "dist/worker.js": "workers/main.ts",
  "dist/portal.js": "lib/server/cli/main.ts",
};

const SOURCES = [
  "app",
  "lib",
  "workers",
  "public",
  "prisma/schema.prisma",
  "server.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "next.config.ts",
  "postcss.config.mjs",
  "scripts/build.mjs",
];

/** Whether a file can change what is built: tests and what is generated from other sources cannot. */
export function isBuildInput(name) {
  if (name === "lib/generated" || name === "lib/testing") return false;
  return !/\.test\.tsx?$|\/fixtures$|\.md$/.test(name);
}

const STAMPS = { bundles: inRoot("dist", ".stamp"), site: inRoot(".next", ".portal-stamp") };

const sourceHash = () => hashTree(ROOT, SOURCES, isBuildInput);

/** Bundles the three Node programs into `dist/` with esbuild; packages stay outside the bundles. */
async function buildBundles(hash) {
  const missing = Object.keys(BUNDLES).some((file) => !existsSync(inRoot(file)));
  if (missing) rmSync(STAMPS.bundles, { force: true });
  const done = await whenChanged(STAMPS.bundles, hash, async () => {
    const entries = Object.entries(BUNDLES).map(
      ([target, source]) => `${target.replace(/^dist\/|\.js$/g, "")}=${source}`,
    );
    await run("esbuild", inRoot("node_modules", ".bin", "esbuild"), [
      ...entries,
      "--bundle",
      "--outdir=dist",
      "--format=esm",
      "--platform=node",
      "--target=node20",
      "--packages=external",
      "--sourcemap",
      "--log-level=warning",
    ]);
  });
  return done ? "built" : "unchanged";
}

/** Builds the pages with Next, into `.next/`. */
async function buildSite(hash) {
  if (!existsSync(inRoot(".next", "BUILD_ID"))) rmSync(STAMPS.site, { force: true });
  const done = await whenChanged(STAMPS.site, hash, () =>
    run(
      "next build",
      process.execPath,
      [inRoot("node_modules", "next", "dist", "bin", "next"), "build"],
      {
        env: buildEnv({ NODE_ENV: "production" }),
        timeoutMs: BUILD_TIMEOUT_MS,
      },
    ),
  );
  return done ? "built" : "unchanged";
}

/**
 * Runs work that changes `node_modules`, `lib/generated`, `dist` or `.next`, one process at a time.
 */
export async function alone(work) {
  const lock = await takeLock(inRoot(".cache", "build.lock"), {
    waitMs: WAIT_FOR_OTHERS_MS,
    label: "build",
  });
  if (lock.heldBy) {
    throw new Failure(
      `Another build (process ${lock.heldBy.pid}) did not end.`,
      `Wait for it, or end it: kill ${lock.heldBy.pid}`,
    );
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/**
 * Makes the checkout ready to run: dependencies, Prisma client, and (unless `only` says less) the
 * bundles and the pages. Steps whose sources did not change take no time.
 * @param {(title: string, work: () => Promise<unknown>) => Promise<unknown>} step
 * @param {"client" | "bundles" | "all"} only how far to go
 */
export async function makeReady(step, only = "all") {
  await alone(async () => {
    await step("Installing dependencies", ensureDependencies);
    await step("Generating the database client", ensureClient);
    if (only === "client") return;
    const hash = sourceHash();
    await step("Bundling server, worker and command line", () => buildBundles(hash));
    if (only === "bundles") return;
    await step("Building the pages", () => buildSite(hash));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(() => makeReady(stepPrinter()));
}
