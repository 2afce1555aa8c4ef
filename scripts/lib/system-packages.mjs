import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./command.mjs";
import { Failure } from "./failure.mjs";

const INSTALL_TIMEOUT_MS = 15 * 60_000;

/** The first of these programs found on PATH, or null. */
export function findProgram(names, env = process.env) {
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const paths = names.flatMap((name) =>
    name.includes("/") ? [name] : folders.map((folder) => join(folder, name)),
  );
  return paths.find(isExecutable) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}

const isRoot = () => process.getuid?.() === 0;

// `may` says whether this process has the right to install without asking anybody.
const INSTALLERS = [
  {
    program: "apt-get",
    may: isRoot,
    names: {},
    commands: (packages) => [
      ["apt-get", "update"],
      ["apt-get", "install", "-y", "--no-install-recommends", ...packages],
    ],
  },
  {
    program: "brew",
    may: () => !isRoot(),
    names: { "redis-server": "redis", "fonts-noto-cjk": null },
    commands: (packages) => [["brew", "install", ...packages]],
  },
];

const installer = () => INSTALLERS.find(({ program }) => findProgram([program]));

/** The lines an administrator would paste to install these packages here. */
export function adminCommands(packages, found = installer()) {
  if (!found) return `Install with this system's package manager: ${packages.join(", ")}`;
  const prefix = found.program === "brew" ? "" : "sudo ";
  const lines = found.commands(namesFor(found, packages));
  return lines.map((command) => `${prefix}${command.join(" ")}`).join("\n");
}

// Packages are named as Debian names them; null means that this system needs none.
function namesFor(found, packages) {
  return packages
    .map((name) => (name in found.names ? found.names[name] : name))
    .filter((name) => name !== null);
}

/**
 * Installs system packages when this process may.
 * @throws {Failure} with the administrator's commands when it may not
 */
export async function installPackages(packages, missing) {
  const found = installer();
  if (!found?.may()) {
    throw new Failure(
      `${missing}, and this user may not install system packages.`,
      `An administrator runs this once, then start again:\n\n${adminCommands(packages, found)}`,
    );
  }
  for (const [program, ...args] of found.commands(namesFor(found, packages))) {
    await run(`${program} ${args[0]}`, program, args, {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeoutMs: INSTALL_TIMEOUT_MS,
      mend: `Run it by hand and see what it says:\n${adminCommands(packages, found)}`,
    });
  }
}

/** The Redis server program (Valkey is one too), or null. */
export const findRedis = () =>
  findProgram([
    "redis-server",
    "valkey-server",
    "/usr/sbin/redis-server",
    "/opt/homebrew/bin/redis-server",
  ]);

/** The browser for tests: `CHROMIUM_PATH`, else a Chromium or Chrome of this system, or null. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) return findProgram([env.CHROMIUM_PATH], env);
  return findProgram(
    [
      "chromium",
      "chromium-browser",
      "google-chrome-stable",
      "google-chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    env,
  );
}

const REDIS = {
  find: findRedis,
  packages: ["redis-server"],
  missing: "Redis is not installed",
};
const CHROMIUM = {
  find: findChromium,
  // The font is for Chinese pages: without it their pictures show empty boxes.
  packages: ["chromium", "fonts-noto-cjk"],
  missing: "Chromium, which the browser tests need, is not installed",
};

/**
 * Makes sure that the wanted programs of the system are there, installing them where this process
 * may. All that is missing is named at once, so that an administrator is asked only once.
 * @param {{ redis?: boolean, chromium?: boolean }} wanted
 * @returns {Promise<string>} what was done
 */
export async function ensurePrograms({ redis = false, chromium = false }) {
  const absent = [redis ? REDIS : null, chromium ? CHROMIUM : null].filter(
    (program) => program && program.find() === null,
  );
  if (absent.length === 0) return "found";
  const packages = absent.flatMap((program) => program.packages);
  await installPackages(packages, absent.map(({ missing }) => missing).join("; "));
  const still = absent.find((program) => program.find() === null);
  if (still) {
    throw new Failure(
      `${still.missing}, even after installing ${packages.join(" ")}.`,
      "Install it by hand so that it is on PATH (CHROMIUM_PATH may name the browser), then start again.",
    );
  }
  return `installed ${packages.join(" ")}`;
}
