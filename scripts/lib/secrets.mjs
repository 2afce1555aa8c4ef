import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { readJson, writePrivateJson } from "./private-file.mjs";

const MAKERS = {
  ENCRYPTION_KEY: () => randomBytes(32).toString("base64"),
  SESSION_SECRET: () => randomBytes(32).toString("base64"),
  POSTGRES_PASSWORD: () => randomBytes(24).toString("hex"),
  REDIS_PASSWORD: () => randomBytes(24).toString("hex"),
};

/**
 * The portal's secrets, made at the first start and never changed after it. Those given by the
 * environment win and are not written down.
 * @param {string} dataDir the file is `secrets.json` in it, readable by its owner only
 * @param {Record<string, string | undefined>} env
 * @throws {Failure} when the file is damaged, or missing beside data that needs it
 */
export function loadSecrets(dataDir, env = {}) {
  const file = join(dataDir, "secrets.json");
  const stored = readStored(file, dataDir);
  const made = Object.fromEntries(
    Object.entries(MAKERS)
      .filter(([name]) => !stored?.[name] && !env[name])
      .map(([name, make]) => [name, make()]),
  );
  const kept = { ...stored, ...made };
  if (Object.keys(made).length > 0) writePrivateJson(file, kept);
  if (existsSync(file)) onlyForOwner(file);
  const given = Object.keys(MAKERS).filter((name) => env[name]);
  return { ...kept, ...Object.fromEntries(given.map((name) => [name, env[name]])) };
}

function readStored(file, dataDir) {
  let stored;
  try {
    stored = readJson(file);
  } catch (cause) {
    throw new Failure(
      `${file} cannot be read as JSON.`,
      "Restore it from a backup. It holds the key that decrypts the stored account credentials.",
      { cause },
    );
  }
  if (stored === null && existsSync(join(dataDir, "postgres", "PG_VERSION"))) {
    throw new Failure(
      `${file} is missing although ${dataDir} holds a database.`,
      `Restore it from a backup: without it the stored account credentials cannot be decrypted.\nTo begin again with an empty portal instead, move ${dataDir} away.`,
    );
  }
  return stored;
}

function onlyForOwner(file) {
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
}
