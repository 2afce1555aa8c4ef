import { mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const MAX_BYTES = 20_000_000;

/**
 * Opens a log file for appending; one that has grown too long is set aside first, as `<file>.1`.
 * @returns {{ fd: number, since(): string }} `since` reads what was written after this call
 */
export function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  if (sizeOf(file) > MAX_BYTES) renameSync(file, `${file}.1`);
  const begin = sizeOf(file);
  return {
    fd: openSync(file, "a", 0o600),
    since: () => readFileSync(file).subarray(begin).toString("utf8"),
  };
}

function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
