import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { Failure } from "./failure.mjs";
import { inRoot } from "./paths.mjs";
import { portProblem } from "./ports.mjs";

/**
 * Whether this Node can run the portal.
 * @param {string} version as in `process.versions.node`
 * @param {string} range as in package.json: ">=20.19"
 * @throws {Failure} when it is too old
 */
export function checkNode(version = process.versions.node, range = engineRange()) {
  const wanted = range.replace(">=", "");
  if (compareVersions(version, wanted) >= 0) return version;
  throw new Failure(
    `Node ${version} is too old; the portal needs ${wanted} or newer.`,
    "Install Node 24 from https://nodejs.org/ (with nvm: nvm install 24), then start again.",
  );
}

const engineRange = () => JSON.parse(readFileSync(inRoot("package.json"), "utf8")).engines.node;

function compareVersions(a, b) {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  const at = right.findIndex((part, i) => part !== (left[i] ?? 0));
  return at === -1 ? 0 : (left[at] ?? 0) - right[at];
}

/**
 * Whether this user may write in these folders (made when absent).
 * @throws {Failure} naming the folder
 */
export function checkWritable(folders) {
  for (const folder of folders) {
    try {
      mkdirSync(existsSync(folder) ? folder : dirname(folder), { recursive: true });
      accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK);
    } catch (cause) {
      throw new Failure(`This user may not write in ${folder}.`, "", {
        cause,
        detail: cause.message,
      });
    }
  }
}

/** Room for packages and build, and for a database that only runs; in bytes. */
export const ROOM = { toInstall: 2.5e9, toRun: 0.3e9 };

/**
 * Whether there is room for what is about to be written.
 * @param {string} folder on the disk in question; it or one above it exists
 * @param {number} needed bytes
 * @throws {Failure} with the amounts
 */
export async function checkDisk(folder, needed) {
  const existing = existingAbove(folder);
  const { bavail, bsize } = await statfs(existing);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new Failure(
    `The disk of ${existing} is nearly full: ${gigabytes(free)} free, ${gigabytes(needed)} needed.`,
    `Free some space there (check with: df -h ${existing}), then start again.`,
  );
}

const existingAbove = (folder) => (existsSync(folder) ? folder : existingAbove(dirname(folder)));

const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * Whether the portal can listen on its port.
 * @throws {Failure} saying whether it is taken or not allowed
 */
export async function checkPort(port, host) {
  const problem = await portProblem(port, host);
  if (problem === null) return;
  const mends = {
    EADDRINUSE: [
      `Port ${port} on ${host} is taken by another program.`,
      `Stop that program (find it with: lsof -i :${port}), or use another port: PORT=${port + 1} npm start`,
    ],
    EACCES: [
      `This user may not listen on port ${port}.`,
      "Use a port from 1024 up (PORT=3000 npm start) with a reverse proxy in front of it.",
    ],
    EADDRNOTAVAIL: [
      `${host} is not an address of this machine.`,
      "Set HOST to an address of this machine; 0.0.0.0 serves all of them.",
    ],
  };
  const [message, mend] = mends[problem] ?? [`Cannot listen on ${host}:${port} (${problem}).`, ""];
  throw new Failure(message, mend);
}
