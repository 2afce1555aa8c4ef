import { join } from "node:path";
import { readJson } from "./private-file.mjs";
import { processIdentity, signal, until } from "./processes.mjs";

/** How long requests of a portal whose supervisor was killed may still take. */
const GRACE_MS = 15_000;

/** Where a running portal notes its web and worker processes. */
export const processesFile = (dataDir) => join(dataDir, "processes.json");

/** Web and worker processes that outlived their supervisor: they drain, and hold the port. */
export function leftOvers(dataDir) {
  return Object.values(readJson(processesFile(dataDir)) ?? {})
    .map((identity) => ({ identity, pid: Number.parseInt(identity, 10) }))
    .filter(({ identity, pid }) => processIdentity(pid) === identity);
}

/** Ends them: in good order if they manage in time, at once if not. */
export async function endLeftOvers(dataDir) {
  for (const { pid } of leftOvers(dataDir)) signal(pid, "SIGTERM");
  if (await until(() => leftOvers(dataDir).length === 0, GRACE_MS)) return;
  for (const { pid } of leftOvers(dataDir)) signal(pid, "SIGKILL");
  await until(() => leftOvers(dataDir).length === 0, 5_000);
}
